internal import Diagnostics
internal import Hardware
internal import OperatorCosts
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
    let title = base == nil ? map.required("title") : map.optional("title")
    var profile = base ?? EngineProfile(name: "", title: "", release: "")
    profile.name = map.required("name")?.words() ?? ""
    profile.title = title?.words() ?? profile.title
    profile.release = map.required("release")?.words() ?? ""
    profile.since = map.optional("since").flatMap { EngineRelease($0) }
    profile.published = map.optional("published")?.words()
    let sources = map.required("sources")
    for (key, value) in sources?.mapping().entries() ?? [] { citations[key] = value.words() }
    readSettings(of: map, into: &profile)
    if let platforms = map.optional("platforms")?.mapping() {
      // Generations of a release that are not its own are those of the profile it extends.
      profile.platforms.merge(readPlatforms(platforms)) { $1 }
      platforms.finish()
    }
    if let machines = map.optional("machines") {
      profile.settings.removeAll { $0.path.hasPrefix("machines.") }
      profile.machines = readMachines(machines)
    }
    profile.settings = merged(into: profile.settings)
    map.finish()
    for unused in citations.keys.filter({ !used.contains($0) }).sorted() {
      sources?.report("unused-source", "no setting rests on source `\(unused)`")
    }
    try source.check()
    return profile
  }

  /// Section by section; one is there when a setting of it is needed.
  private mutating func readSettings(of map: ConfigMapping, into profile: inout EngineProfile) {
    for name in EngineSetting.rows.map(\.section).uniqued {
      let rows = EngineSetting.rows.filter { $0.section == name }
      let isNeeded = base == nil && rows.contains { $0.isRequired }
      guard let section = (isNeeded ? map.required(name) : map.optional(name))?.mapping()
      else { continue }
      for row in rows {
        let node =
          row.isRequired && base == nil ? section.required(row.key) : section.optional(row.key)
        if let value = node.flatMap({ value(of: $0) }) { row.read(value, &profile) }
      }
      if name == "memory", let held = section.optional("held_back")?.mapping() {
        profile.heldBack = readHeldBack(held)
      }
      section.finish()
    }
  }

  /// The other profile's settings with this one's in their places, new ones after them.
  private func merged(into old: [EngineProfile.Setting]) -> [EngineProfile.Setting] {
    settings.reduce(into: old) { all, setting in
      if let index = all.firstIndex(where: { $0.path == setting.path }) {
        all[index] = setting
      } else {
        all.append(setting)
      }
    }
  }

  private static let heldBackKeys = [
    "always", "per_budget_token", "per_captured_sequence", "per_rank",
  ]

  private mutating func readHeldBack(_ row: ConfigMapping) -> HeldBackMemory {
    let nodes = Self.heldBackKeys.map { row.required($0) }
    let bytes = nodes.map { $0?.quantity(.bytes, .nonNegative) ?? 0 }
    let text = zip(Self.heldBackKeys, nodes).compactMap { key, node in
      node.map { "\(key) \($0.string())" }
    }
    note(row, path: "memory.held_back", text: text.joined(separator: ", "))
    row.finish()
    return HeldBackMemory(
      bytes: bytes[0], perBudgetToken: bytes[1], perCapturedSequence: bytes[2], perRank: bytes[3])
  }

  /// Rows of defaults for machines of a kind, the first that fits counts.
  private mutating func readMachines(_ node: ConfigNode) -> [MachineDefaults] {
    node.sequence().enumerated().map { index, node in
      let row = node.mapping()
      let counts = 1...1_048_576
      let defaults = MachineDefaults(
        generation: row.optional("generation")?.words(),
        leastBytes: row.optional("memory_from")?.quantity(.bytes, .nonNegative),
        belowBytes: row.optional("memory_below")?.quantity(.bytes, .nonNegative),
        belowTensor: row.optional("tensor_below")?.integer(in: counts),
        tokenBudget: row.optional("token_budget")?.integer(in: counts),
        maximumSequences: row.optional("maximum_sequences")?.integer(in: counts),
        capturedTo: row.optional("captured_to")?.integer(in: counts))
      let text = row.contents().filter { !["status", "source", "note"].contains($0.key) }
        .map { "\($0.key) \($0.value.string())" }
      note(row, path: "machines.\(index)", text: text.joined(separator: ", "))
      row.finish()
      return defaults
    }
  }

  /// A row for each generation, `{status, source, gap_per_step, ...}`.
  private mutating func readPlatforms(_ map: ConfigMapping?) -> [String: StepGaps] {
    var platforms: [String: StepGaps] = [:]
    for (name, node) in map?.entries() ?? [] {
      let row = node.mapping()
      platforms[name] = StepGaps(
        secondsPerStep: seconds(row, "gap_per_step"),
        secondsPerSequence: seconds(row, "gap_per_sequence"),
        secondsPerLayer: seconds(row, "gap_per_layer"),
        secondsPerRecurrentLayer: row.optional("gap_per_recurrent_layer")?
          .quantity(.seconds, .within(0...1)) ?? 0)
      let text = row.contents().filter { $0.key.hasPrefix("gap") }
        .map { "\($0.key) \($0.value.string())" }.joined(separator: ", ")
      note(row, path: node.path, text: text)
      row.finish()
    }
    return platforms
  }

  private func seconds(_ row: ConfigMapping, _ key: String) -> Double {
    row.required(key)?.quantity(.seconds, .within(0...1)) ?? 0
  }

  /// A setting as people read it; a list of numbers by its ends.
  private static func text(_ node: ConfigNode) -> String {
    guard node.isSequence else { return node.string() }
    // Of a range, its last number.
    let items = node.sequence().map { item in
      item.isMapping ? item.mapping().optional("to")?.string() ?? "" : item.string()
    }
    guard let first = items.first, let last = items.last else { return "none" }
    guard items.count > 2, Double(first) != nil else { return items.joined(separator: ", ") }
    return "\(first) ... \(last)"
  }

  /// The value of a setting, its provenance noted.
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
