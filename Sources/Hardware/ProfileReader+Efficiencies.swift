internal import Diagnostics
internal import Units

extension ProfileReader {
  /// What every GPU must have: without these no transformer layer has a time.
  private static let neededByGPU: [OperatorClass] = [
    .gemm, .attentionPrefill, .attentionDecode, .elementwise,
  ]

  /// Attention is exempt: its arithmetic is that of the KV cache, which a kernel may widen before
  /// it multiplies.
  private static let boundByPeak: [OperatorClass] = [.gemm, .moe, .moeFused, .elementwise]

  func efficiencies(
    _ node: ConfigNode?, kind: HardwareProfile.Kind?, peak: [Arithmetic: Figure]?,
    in profile: ConfigMapping
  ) -> Efficiencies? {
    guard let node else {
      if kind == .gpu {
        let needed = Self.neededByGPU.map { "`\($0.rawValue).bf16`" }.joined(separator: ", ")
        profile.report(
          "missing-key", "missing key `efficiencies`", notes: ["a gpu needs at least \(needed)"])
      }
      return Efficiencies()
    }
    let map = node.mapping()
    let inherits = map.optional("inherit") != nil
    let inherited = inheritance(map)
    var entries: [Efficiencies.Entry] = []
    for operation in OperatorClass.allCases {
      let block = map.optional(operation.rawValue)
      let blockMap = block?.mapping()
      for arithmetic in operation.arithmetics {
        guard let entry = blockMap?.optional(arithmetic.rawValue) else {
          if let inherited,
            let efficiency = efficiency(of: operation, arithmetic, from: inherited, peak: peak)
          {
            note(
              efficiency.provenance, at: "\(node.path).\(operation.rawValue).\(arithmetic.rawValue)"
            )
            entries.append(
              .init(operation: operation, arithmetic: arithmetic, efficiency: efficiency))
          }
          continue
        }
        guard let efficiency = efficiency(entry) else { continue }
        if efficiency.compute != nil { check(entry, arithmetic, of: operation, against: peak) }
        entries.append(
          .init(operation: operation, arithmetic: arithmetic, efficiency: efficiency))
      }
      blockMap?.finish()
      if kind == .gpu, Self.neededByGPU.contains(operation), !inherits {
        reportMissing(operation, of: block ?? node, blockMap)
      }
    }
    map.finish()
    return Efficiencies(entries: entries)
  }

  /// A relative's share of a peak that this chip has too.
  private func efficiency(
    of operation: OperatorClass, _ arithmetic: KernelArithmetic, from inherited: Inheritance,
    peak: [Arithmetic: Figure]?
  ) -> Efficiency? {
    let needsPeak = Self.boundByPeak.contains(operation)
    guard !needsPeak || peak?[arithmetic.peak] != nil else { return nil }
    return inherited.relative.efficiency(of: operation, arithmetic).map(inherited.efficiency)
  }

  private func reportMissing(
    _ operation: OperatorClass, of node: ConfigNode, _ block: ConfigMapping?
  ) {
    if let block, !node.isMapping || block.optional("bf16") != nil { return }
    node.report(
      "missing-key", "missing key `efficiencies.\(operation.rawValue).bf16`",
      notes: ["every gpu needs it"])
  }

  private func efficiency(_ node: ConfigNode) -> Efficiency? {
    let map = node.mapping()
    let provenance = provenance(map)
    let compute = map.optional("compute")
    let memory = map.optional("memory")
    let computeShare = compute.flatMap { node in source.clean { node.number(.fraction) } }
    let memoryShare = memory.flatMap { node in source.clean { node.number(.fraction) } }
    let floor = quantity(map.required("floor"), .seconds, FitLimits.latencies)
    let depthLatency = map.optional("depth_latency")?.quantity(.seconds, FitLimits.depthLatencies)
    let serialTraffic = map.optional("serial_traffic")?.number(FitLimits.serialTraffic)
    let residual = residual(map)
    map.finish()
    if node.isMapping, compute == nil, memory == nil {
      node.report("no-efficiency", "`\(node.path)` must give `compute`, `memory` or both")
    }
    guard let provenance, let floor else { return nil }
    note(provenance, of: node)
    return Efficiency(
      compute: computeShare, memory: memoryShare, floorSeconds: floor,
      depthLatencySeconds: depthLatency ?? 0, serialTraffic: serialTraffic ?? 0,
      residual: residual, provenance: provenance)
  }

  func residual(_ map: ConfigMapping) -> Double? {
    map.optional("residual").map { $0.number(.nonNegative) }
  }

  /// A share of a peak that the chip does not have is a slip of the pen.
  private func check(
    _ node: ConfigNode, _ arithmetic: KernelArithmetic, of operation: OperatorClass,
    against peak: [Arithmetic: Figure]?
  ) {
    guard let peak, Self.boundByPeak.contains(operation) else { return }
    // A peak that was given and could not be read has been reported already.
    if peak[arithmetic.peak] != nil || source.hasProblems { return }
    node.report(
      "no-such-peak",
      "`\(node.path).compute` is a share of a peak that is not given: "
        + "`accelerator.peak.\(arithmetic.peak.rawValue)`")
  }
}
