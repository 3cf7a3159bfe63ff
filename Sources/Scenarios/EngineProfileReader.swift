internal import Diagnostics
internal import Hardware
internal import OperatorCosts
internal import ServingSimulation
internal import Units

/// Reads an engine profile: each setting is `{value, status, source}` with an optional note.
struct EngineProfileReader {
  static let schema = "windtunnel/engine/1"

  private let source: ConfigSource
  private var citations: [String: String] = [:]
  private var used: Set<String> = []
  private var settings: [EngineProfile.Setting] = []

  init(source: ConfigSource) { self.source = source }

  mutating func read(_ root: ConfigNode) throws -> EngineProfile {
    let map = root.mapping()
    if let schema = map.required("schema"), schema.string() != Self.schema {
      schema.report(
        "schema", "unknown engine schema: \(schema.string())",
        hint: "this program reads `schema: \(Self.schema)`")
    }
    let name = map.required("name")?.words() ?? ""
    let title = map.required("title")?.words() ?? ""
    let release = map.required("release")?.words() ?? ""
    let sources = map.required("sources")
    for (key, value) in sources?.mapping().entries() ?? [] { citations[key] = value.words() }
    let scheduler = map.required("scheduler")?.mapping()
    let memory = map.required("memory")?.mapping()
    let host = map.required("host")?.mapping()
    let frontEnd = map.optional("front_end")?.mapping()
    let platforms = map.optional("platforms")?.mapping()
    let costs = readHost(host)
    let profile = EngineProfile(
      name: name, title: title, release: release,
      policy: value(scheduler, "policy")?.choice(SchedulingPolicy.self, default: .chunkedPrefill)
        ?? .chunkedPrefill,
      tokenBudget: value(scheduler, "token_budget")?.integer(in: 1...1_048_576) ?? 1,
      maximumSequences: value(scheduler, "maximum_sequences")?.integer(in: 1...65_536) ?? 1,
      reservedAnswerShare: value(scheduler, "reserved_answer_share")?.number(.within(0...1)) ?? 0,
      overlapsBatches: newer(scheduler, "overlap_batches")?.boolean() ?? false,
      memory: readMemory(memory),
      cachesPrefixes: newer(memory, "prefix_cache")?.boolean() ?? false,
      // Older profiles do not say it of engines that do.
      sharesPlannedPrefixes: newer(memory, "share_planned")?.boolean() ?? true, host: costs,
      frontEnd: readFrontEnd(frontEnd), platforms: readPlatforms(platforms),
      overlapsPrefillWorkers: newer(host, "overlaps_prefill_workers")?.boolean()
        ?? costs.overlapsAccelerator,
      retractsToHost: newer(memory, "retract_to_host")?.boolean() ?? false,
      settings: settings)
    for section in [scheduler, memory, host, frontEnd, platforms] { section?.finish() }
    map.finish()
    for unused in citations.keys.filter({ !used.contains($0) }).sorted() {
      sources?.report("unused-source", "no setting rests on source `\(unused)`")
    }
    try source.check()
    return profile
  }

  private mutating func readMemory(_ map: ConfigMapping?) -> MemoryPolicy {
    MemoryPolicy(
      usableFraction: value(map, "usable_fraction")?.number(.within(0.01...1)) ?? 1,
      basis: newer(map, "fraction_of")?.choice(MemoryPolicy.Basis.self, default: .all) ?? .all,
      reservedBytes: value(map, "reserved")?.quantity(.bytes, .nonNegative) ?? 0,
      blockTokens: value(map, "block_tokens")?.integer(in: 1...1_024) ?? 1)
  }

  private mutating func readHost(_ map: ConfigMapping?) -> HostCosts {
    HostCosts(
      secondsPerStep: value(map, "per_step")?.quantity(.seconds, .within(0...10)) ?? 0,
      secondsPerSequence: value(map, "per_sequence")?.quantity(.seconds, .within(0...1)) ?? 0,
      secondsPerPrefill: value(map, "per_prefill")?.quantity(.seconds, .within(0...10)) ?? 0,
      overlapsAccelerator: value(map, "overlaps_accelerator")?.boolean() ?? false,
      exposedElementwiseFloor: value(map, "exposed_elementwise_floor")?.number(.within(0...1))
        ?? 1,
      capturedBatches: (newer(map, "captured_batches")?.sequence() ?? [])
        .map { $0.integer(in: 1...65_536) }.sorted(),
      oneShotShare: newer(map, "one_shot_share")?.number(.within(0...10)) ?? 0,
      fusesExperts: newer(map, "fused_experts")?.boolean() ?? false)
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
    let items = node.sequence().map { $0.string() }
    guard let first = items.first, let last = items.last, items.count > 2 else {
      return items.joined(separator: ", ")
    }
    return "\(first) ... \(last), \(items.count) in all"
  }

  /// The value of a setting, its provenance noted.
  private mutating func value(_ section: ConfigMapping?, _ key: String) -> ConfigNode? {
    section?.required(key).flatMap { value(of: $0) }
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
