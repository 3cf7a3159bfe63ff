internal import Diagnostics
internal import Hardware
internal import OperatorCosts
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
    var profile = EngineProfile(
      name: map.required("name")?.words() ?? "", title: map.required("title")?.words() ?? "",
      release: map.required("release")?.words() ?? "")
    let sources = map.required("sources")
    for (key, value) in sources?.mapping().entries() ?? [] { citations[key] = value.words() }
    readSettings(of: map, into: &profile)
    let platforms = map.optional("platforms")?.mapping()
    profile.platforms = readPlatforms(platforms)
    platforms?.finish()
    profile.settings = settings
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
      let isNeeded = rows.contains { $0.isRequired }
      guard let section = (isNeeded ? map.required(name) : map.optional(name))?.mapping()
      else { continue }
      for row in rows {
        let node = row.isRequired ? section.required(row.key) : section.optional(row.key)
        if let value = node.flatMap({ value(of: $0) }) { row.read(value, &profile) }
      }
      section.finish()
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
