internal import Diagnostics
internal import Hardware
internal import OperatorCosts
internal import ServingSimulation
internal import Units

/// Reads an engine profile: each setting is `{value, status, source}` with an optional note.
///
/// A profile that extends another one says what is different in it; all else is the other's.
struct EngineProfileReader {
  static let schema = "windtunnel/engine/1"

  private let source: ConfigSource
  /// What a setting is that the file leaves out; nil where it must have them all.
  private let base: EngineProfile?
  private var citations: [String: String] = [:]
  private var used: Set<String> = []
  private var settings: [EngineProfile.Setting] = []

  init(source: ConfigSource, extending base: EngineProfile? = nil) {
    self.source = source
    self.base = base
  }

  /// What a file extends, if it does.
  static func extended(_ root: ConfigNode) -> ConfigNode? { root.mapping().optional("extends") }

  mutating func read(_ root: ConfigNode) throws -> EngineProfile {
    let map = root.mapping()
    if let schema = map.required("schema"), schema.string() != Self.schema {
      schema.report(
        "schema", "unknown engine schema: \(schema.string())",
        hint: "this program reads `schema: \(Self.schema)`")
    }
    _ = map.optional("extends")
    let name = map.required("name")?.words() ?? ""
    let title = inherited(map, "title")?.words() ?? base?.title ?? ""
    let release = map.required("release")?.words() ?? ""
    let since = map.optional("since").map { EngineRelease($0) }
    let published = map.optional("published")?.words()
    let sources = map.required("sources")
    for (key, value) in sources?.mapping().entries() ?? [] { citations[key] = value.words() }
    let scheduler = inherited(map, "scheduler")?.mapping()
    let memory = inherited(map, "memory")?.mapping()
    let host = inherited(map, "host")?.mapping()
    let frontEnd = map.optional("front_end")?.mapping()
    let platforms = map.optional("platforms")?.mapping()
    let machines = map.optional("machines")
    let costs = readHost(host)
    let profile = EngineProfile(
      name: name, title: title, release: release, since: since ?? nil, published: published,
      policy: value(scheduler, "policy")?.choice(SchedulingPolicy.self, default: .chunkedPrefill)
        ?? base?.policy ?? .chunkedPrefill,
      tokenBudget: value(scheduler, "token_budget")?.integer(in: 1...1_048_576)
        ?? base?.tokenBudget ?? 1,
      maximumSequences: value(scheduler, "maximum_sequences")?.integer(in: 1...65_536)
        ?? base?.maximumSequences ?? 1,
      reservedAnswerShare: value(scheduler, "reserved_answer_share")?.number(.within(0...1))
        ?? base?.reservedAnswerShare ?? 0,
      overlapsBatches: newer(scheduler, "overlap_batches")?.boolean()
        ?? base?.overlapsBatches ?? false,
      memory: readMemory(memory), heldBack: readHeldBack(memory),
      cachesPrefixes: newer(memory, "prefix_cache")?.boolean() ?? base?.cachesPrefixes ?? false,
      // Older profiles do not say it of engines that do.
      sharesPlannedPrefixes: newer(memory, "share_planned")?.boolean()
        ?? base?.sharesPlannedPrefixes ?? true,
      host: costs,
      frontEnd: frontEnd.map { readFrontEnd($0) } ?? base?.frontEnd ?? .none,
      platforms: platforms.map { readPlatforms($0) } ?? base?.platforms ?? [:],
      machines: machines.map { readMachines($0) } ?? base?.machines ?? [],
      capturesTokens: newer(host, "captures_tokens")?.boolean() ?? base?.capturesTokens ?? false,
      speculativeBatches: batches(host, "speculative_batches") ?? base?.speculativeBatches ?? [],
      overlapsPrefillWorkers: newer(host, "overlaps_prefill_workers")?.boolean()
        ?? base?.overlapsPrefillWorkers ?? costs.overlapsAccelerator,
      retractsToHost: newer(memory, "retract_to_host")?.boolean()
        ?? base?.retractsToHost ?? false,
      settings: merged())
    for section in [scheduler, memory, host, frontEnd, platforms] { section?.finish() }
    map.finish()
    for unused in citations.keys.filter({ !used.contains($0) }).sorted() {
      sources?.report("unused-source", "no setting rests on source `\(unused)`")
    }
    try source.check()
    return profile
  }

  /// The other profile's settings with this one's in their places, new ones after them.
  private func merged() -> [EngineProfile.Setting] {
    var all = base?.settings ?? []
    for setting in settings {
      if let index = all.firstIndex(where: { $0.path == setting.path }) {
        all[index] = setting
      } else {
        all.append(setting)
      }
    }
    return all
  }

  private mutating func readMemory(_ map: ConfigMapping?) -> MemoryPolicy {
    let base = base?.memory
    return MemoryPolicy(
      usableFraction: value(map, "usable_fraction")?.number(.within(0.01...1))
        ?? base?.usableFraction ?? 1,
      basis: newer(map, "fraction_of")?.choice(MemoryPolicy.Basis.self, default: .all)
        ?? base?.basis ?? .all,
      reservedBytes: value(map, "reserved")?.quantity(.bytes, .nonNegative)
        ?? base?.reservedBytes ?? 0,
      communicationBytes: newer(map, "communication")?.quantity(.bytes, .nonNegative)
        ?? base?.communicationBytes ?? 0,
      graphBytes: newer(map, "graphs")?.quantity(.bytes, .nonNegative) ?? base?.graphBytes ?? 0,
      graphBytesPerLayer: newer(map, "graphs_per_layer")?.quantity(.bytes, .nonNegative)
        ?? base?.graphBytesPerLayer ?? 0,
      bytesPerLogit: newer(map, "per_logit")?.quantity(.bytes, .nonNegative)
        ?? base?.bytesPerLogit ?? 4,
      expertPadding: ExpertPadding(
        hidden: multiple(map, "expert_hidden_multiple") ?? base?.expertPadding.hidden ?? 1,
        inner: multiple(map, "expert_inner_multiple") ?? base?.expertPadding.inner ?? 1,
        innerWidened: multiple(map, "widened_inner_multiple")
          ?? base?.expertPadding.innerWidened ?? 1),
      blockTokens: value(map, "block_tokens")?.integer(in: 1...1_024) ?? base?.blockTokens ?? 1)
  }

  /// Numbers, and `{from: 16, to: 256, step: 8}` for the numbers in between, both ends included.
  private mutating func batches(_ map: ConfigMapping?, _ key: String) -> [Int]? {
    newer(map, key).map { list in
      list.sequence().flatMap { node -> [Int] in
        guard node.isMapping else { return [node.integer(in: 1...65_536)] }
        let row = node.mapping()
        func number(_ key: String) -> Int { row.required(key)?.integer(in: 1...65_536) ?? 1 }
        let (from, to, step) = (number("from"), number("to"), number("step"))
        row.finish()
        return Array(stride(from: from, through: to, by: step))
      }.sorted()
    }
  }

  private mutating func multiple(_ map: ConfigMapping?, _ key: String) -> Int? {
    newer(map, key)?.integer(in: 1...65_536)
  }

  private mutating func readHeldBack(_ map: ConfigMapping?) -> HeldBackMemory? {
    guard let row = map?.optional("held_back")?.mapping() else { return base?.heldBack }
    func bytes(_ key: String) -> Double {
      row.required(key)?.quantity(.bytes, .nonNegative) ?? 0
    }
    let held = HeldBackMemory(
      bytes: bytes("always"), perBudgetToken: bytes("per_budget_token"),
      perCapturedSequence: bytes("per_captured_sequence"), perRank: bytes("per_rank"))
    let text = ["always", "per_budget_token", "per_captured_sequence", "per_rank"]
      .compactMap { key in row.optional(key).map { "\(key) \($0.string())" } }
    note(row, path: "memory.held_back", text: text.joined(separator: ", "))
    row.finish()
    return held
  }

  /// Rows of defaults for machines of a kind, the first that fits counts.
  private mutating func readMachines(_ node: ConfigNode) -> [MachineDefaults] {
    node.sequence().enumerated().map { index, node in
      let row = node.mapping()
      let defaults = MachineDefaults(
        generation: row.optional("generation")?.words(),
        leastBytes: row.optional("memory_from")?.quantity(.bytes, .nonNegative),
        belowBytes: row.optional("memory_below")?.quantity(.bytes, .nonNegative),
        belowTensor: row.optional("tensor_below")?.integer(in: 1...65_536),
        tokenBudget: row.optional("token_budget")?.integer(in: 1...1_048_576),
        maximumSequences: row.optional("maximum_sequences")?.integer(in: 1...65_536),
        capturedTo: row.optional("captured_to")?.integer(in: 1...65_536))
      let text = [
        "generation", "memory_from", "memory_below", "tensor_below", "token_budget",
        "maximum_sequences", "captured_to",
      ].compactMap { key in row.optional(key).map { "\(key) \($0.string())" } }
      note(row, path: "machines.\(index)", text: text.joined(separator: ", "))
      row.finish()
      return defaults
    }
  }

  private mutating func readHost(_ map: ConfigMapping?) -> HostCosts {
    let base = base?.host
    return HostCosts(
      secondsPerStep: value(map, "per_step")?.quantity(.seconds, .within(0...10))
        ?? base?.secondsPerStep ?? 0,
      secondsPerSequence: value(map, "per_sequence")?.quantity(.seconds, .within(0...1))
        ?? base?.secondsPerSequence ?? 0,
      secondsPerPrefill: value(map, "per_prefill")?.quantity(.seconds, .within(0...10))
        ?? base?.secondsPerPrefill ?? 0,
      overlapsAccelerator: value(map, "overlaps_accelerator")?.boolean()
        ?? base?.overlapsAccelerator ?? false,
      exposedElementwiseFloor: value(map, "exposed_elementwise_floor")?.number(.within(0...1))
        ?? base?.exposedElementwiseFloor ?? 1,
      capturedBatches: batches(map, "captured_batches") ?? base?.capturedBatches ?? [],
      oneShotShare: newer(map, "one_shot_share")?.number(.within(0...10))
        ?? base?.oneShotShare ?? 0,
      fusesExperts: newer(map, "fused_experts")?.boolean() ?? base?.fusesExperts ?? false)
  }

  private mutating func readFrontEnd(_ map: ConfigMapping?) -> FrontEnd {
    FrontEnd(
      secondsPerRequest: newer(map, "per_request")?.quantity(.seconds, .within(0...1)) ?? 0,
      secondsPerPromptToken: newer(map, "per_prompt_token")?.quantity(.seconds, .within(0...1e-3))
        ?? 0,
      delaySeconds: newer(map, "delay")?.quantity(.seconds, .within(0...10)) ?? 0)
  }

  /// A row for each generation, `{status, source, gap_per_step, ...}`.
  private mutating func readPlatforms(_ map: ConfigMapping?) -> [String: StepGaps] {
    var platforms: [String: StepGaps] = [:]
    for (name, node) in map?.entries() ?? [] {
      let row = node.mapping()
      platforms[name] = StepGaps(
        secondsPerStep: seconds(row, "gap_per_step"),
        secondsPerSequence: seconds(row, "gap_per_sequence"),
        secondsPerLayer: seconds(row, "gap_per_layer"))
      let text = row.entries().filter { $0.key.hasPrefix("gap") }
        .map { "\($0.key) \($0.value.string())" }.joined(separator: ", ")
      note(row, path: node.path, text: text)
      row.finish()
    }
    return platforms
  }

  private func seconds(_ row: ConfigMapping, _ key: String) -> Double {
    row.required(key)?.quantity(.seconds, .within(0...1)) ?? 0
  }

  /// A setting as people read it; a list by its ends.
  private static func text(_ node: ConfigNode) -> String {
    guard node.isSequence else { return node.string() }
    // Of a range, its last number.
    let items = node.sequence().map { item in
      item.isMapping ? item.mapping().optional("to")?.string() ?? "" : item.string()
    }
    guard let first = items.first, let last = items.last, items.count > 2 else {
      return items.joined(separator: ", ")
    }
    return "\(first) ... \(last)"
  }

  /// The value of a setting, its provenance noted.
  private mutating func value(_ section: ConfigMapping?, _ key: String) -> ConfigNode? {
    (base == nil ? section?.required(key) : section?.optional(key)).flatMap { value(of: $0) }
  }

  /// A part that a profile must have unless another one has it.
  private func inherited(_ map: ConfigMapping, _ key: String) -> ConfigNode? {
    base == nil ? map.required(key) : map.optional(key)
  }

  /// The value of a setting that profiles may leave out: engines that do not say do not do it.
  private mutating func newer(_ section: ConfigMapping?, _ key: String) -> ConfigNode? {
    section?.optional(key).flatMap { value(of: $0) }
  }

  private mutating func value(of node: ConfigNode) -> ConfigNode? {
    let map = node.mapping()
    let value = map.required("value")
    note(map, path: node.path, text: value.map(Self.text) ?? "")
    map.finish()
    return value
  }

  /// Notes a setting with where it comes from.
  private mutating func note(_ map: ConfigMapping, path: String, text: String) {
    let status = map.required("status")?.choice(Status.self, default: .assumed) ?? .assumed
    let id = map.required("source")
    let note = map.optional("note")?.words()
    if let id {
      used.insert(id.string())
      if citations[id.string()] == nil {
        id.report(
          "unknown-source", "`\(id.path)` is not one of the file's sources: \(id.string())",
          hint: Suggestion.nearest(to: id.string(), in: citations.keys.sorted()).map {
            "did you mean `\($0)`?"
          })
      }
    }
    settings.append(
      EngineProfile.Setting(
        path: path, text: text,
        provenance: Provenance(
          status: status, source: id?.string() ?? "",
          citation: citations[id?.string() ?? ""] ?? "", date: nil, note: note)))
  }
}
