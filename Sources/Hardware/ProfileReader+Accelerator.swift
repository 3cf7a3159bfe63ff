internal import Diagnostics
internal import Units

extension ProfileReader {
  func accelerator(_ node: ConfigNode, kind: HardwareProfile.Kind?) -> Accelerator? {
    let map = node.mapping()
    let peak = map.required("peak").flatMap { self.peak($0, kind: kind) }
    let memory = map.required("memory").flatMap(memory)
    let power = map.optional("power").map(power)
    let processors = integer(map.optional("processors"), in: 1...Int.max)
    map.finish()
    guard let peak, let memory else { return nil }
    return Accelerator(peak: peak, memory: memory, power: power, processors: processors)
  }

  private func peak(_ node: ConfigNode, kind: HardwareProfile.Kind?) -> [Arithmetic: Figure]? {
    let map = node.mapping()
    var peak: [Arithmetic: Figure] = [:]
    var given: Set<Arithmetic> = []
    for arithmetic in Arithmetic.allCases {
      guard let entry = map.optional(arithmetic.rawValue) else { continue }
      given.insert(arithmetic)
      peak[arithmetic] = figure(entry, .flopsPerSecond)
    }
    map.finish()
    guard node.isMapping else { return nil }
    if given.isEmpty {
      node.report(
        "no-peak", "`\(node.path)` must give at least one peak",
        notes: ["known: " + Arithmetic.allCases.map(\.rawValue).joined(separator: ", ")])
    } else if kind == .gpu, !given.contains(.bf16) {
      // Whatever a chip lacks, it can still multiply in 16 bits: the costs fall back on that.
      node.report(
        "missing-key", "missing key `\(node.path).bf16`", notes: ["every gpu needs it"])
    }
    return peak
  }

  private func memory(_ node: ConfigNode) -> [MemoryTier]? {
    let entries = node.sequence()
    if node.isSequence, entries.isEmpty {
      node.report("no-memory", "`\(node.path)` must list at least one memory")
    }
    let tiers = entries.compactMap(memoryTier)
    return tiers.isEmpty ? nil : tiers
  }

  private func memoryTier(_ node: ConfigNode) -> MemoryTier? {
    let map = node.mapping()
    let name = words(map.required("name"))
    let technology = words(map.required("technology"))
    let capacity = figure(map.required("capacity"), .bytes)
    let bandwidth = figure(map.required("bandwidth"), .bytesPerSecond)
    let reported = figure(map.optional("reported"), .bytes)
    map.finish()
    guard let name, let technology, let capacity, let bandwidth else { return nil }
    return MemoryTier(
      name: name, technology: technology, capacity: capacity, bandwidth: bandwidth,
      reported: reported)
  }

  private func power(_ node: ConfigNode) -> Accelerator.Power {
    let map = node.mapping()
    let limit = figure(map.optional("tdp"), .watts)
    let idleNode = map.optional("idle")
    let idle = figure(idleNode, .watts)
    let active = figure(map.optional("active"), .watts)
    let compute = figure(map.optional("compute"), .watts)
    let memory = figure(map.optional("memory"), .watts)
    map.finish()
    if let limit, let idle, idle.value >= limit.value {
      idleNode?.report(
        "idle-power", "`\(node.path).idle` must be below `tdp`, \(limit.text): \(idle.text)")
    }
    return Accelerator.Power(
      thermalDesignPower: limit, idle: idle, active: active, compute: compute, memory: memory)
  }
}
