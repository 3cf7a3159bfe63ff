internal import Diagnostics
internal import Units

/// Reads the parts of one hardware profile and keeps what several of them share: the sources, which
/// of those were used, and every figure under its key path.
///
/// A reader returns nil after reporting why; `HardwareProfile.read` throws the reports before any
/// nil matters. Checks of one value against another therefore see only values that were read.
final class ProfileReader {
  let source: ConfigSource
  private var citations: [String: String]?
  private var usedSources: Set<String> = []
  private var record = ProfileRecord()
  /// Whether another profile takes something over from this one.
  let isRelative: Bool
  /// That sections inherit from, by name.
  var relatives: [String: HardwareProfile] = [:]
  /// What is odd and no error.
  private(set) var remarks: [Diagnostic] = []

  init(_ source: ConfigSource, isRelative: Bool = false) {
    self.source = source
    self.isRelative = isRelative
  }

  // MARK: Sources

  /// - Parameter node: `sources`, or nil when it is missing, which has been reported.
  func readCitations(_ node: ConfigNode?) {
    guard let node else { return }
    var citations: [String: String] = [:]
    for (id, value) in node.mapping().entries() { citations[id] = value.words() }
    self.citations = citations
  }

  /// A citation that no figure needs harms nobody.
  func noteUnusedSources(_ node: ConfigNode?) {
    guard let node, node.isMapping else { return }
    for (id, value) in node.mapping().entries() where !usedSources.contains(id) {
      remarks.append(
        Diagnostic(
          .note, code: "hardware/unused-source", "no figure has the source `\(id)`",
          at: value.location, path: value.path,
          hint: "give it as a figure's `source`, or remove it"))
    }
  }

  private func readSource(_ node: ConfigNode) -> (id: String, citation: String)? {
    guard let id = source.clean({ node.words() }), let citations else { return nil }
    usedSources.insert(id)
    if let citation = citations[id] { return (id, citation) }
    let listed = citations.keys.sorted()
    let nearest = Suggestion.nearest(to: id, in: listed)
    node.report(
      "unknown-source", "`\(node.path)` is not listed under `sources`: \(id)",
      notes: nearest == nil ? ["listed: " + listed.joined(separator: ", ")] : [],
      hint: nearest.map { "did you mean `\($0)`?" } ?? "add it under `sources` with its citation")
    return nil
  }

  // MARK: Figures

  func figure(_ node: ConfigNode?, _ dimension: Dimension) -> Figure? {
    guard let node else { return nil }
    let bounds = dimension.plausible
    let map = node.mapping()
    let value = map.required("value")
    let number = value.flatMap { value in
      source.clean { value.quantity(dimension, bounds) }
    }
    let provenance = provenance(map)
    let range = map.optional("range").map {
      readRange($0, around: number, value?.string() ?? "", dimension, bounds)
    }
    map.finish()
    guard let value, let number, let provenance else { return nil }
    let figure = Figure(
      value: number, dimension: dimension, text: value.string(), provenance: provenance,
      low: range??.lowerBound, high: range??.upperBound)
    note(figure, at: node.path)
    return figure
  }

  /// Reads `status`, `source`, `date` and `note` of a mapping that the caller finishes.
  func provenance(_ map: ConfigMapping) -> Provenance? {
    let status = map.required("status").flatMap { node in
      source.clean { node.choice(Status.self, default: .assumed) }
    }
    let cited = map.required("source").flatMap(readSource)
    let date = map.optional("date").flatMap(date)
    let note = map.optional("note")?.words()
    guard let status, let cited else { return nil }
    return Provenance(
      status: status, source: cited.id, citation: cited.citation, date: date, note: note)
  }

  func note(_ provenance: Provenance, of node: ConfigNode) {
    note(provenance, at: node.path)
  }

  func note(_ provenance: Provenance, at path: String) {
    record.provenances.append(.init(path: path, content: provenance))
  }

  func note(_ figure: Figure, at path: String) {
    record.figures.append(.init(path: path, content: figure))
    note(figure.provenance, at: path)
  }

  private func readRange(
    _ node: ConfigNode, around value: Double?, _ text: String, _ dimension: Dimension,
    _ bounds: Bounds
  ) -> ClosedRange<Double>? {
    let ends = node.sequence()
    guard ends.count == 2 else {
      if node.isSequence {
        node.report("range", "`\(node.path)` must be two values, [low, high]: \(ends.count)")
      }
      return nil
    }
    guard let read = source.clean({ ends.map { $0.quantity(dimension, bounds) } }) else {
      return nil
    }
    let written = "[\(ends[0].string()), \(ends[1].string())]"
    guard read[0] <= read[1] else {
      node.report("range", "`\(node.path)` must begin with its lower end: \(written)")
      return nil
    }
    let range = read[0]...read[1]
    if let value, !range.contains(value) {
      node.report("range", "`\(node.path)` must contain the value \(text): \(written)")
    }
    return range
  }

  // MARK: Plain values

  func words(_ node: ConfigNode?) -> String? {
    node.flatMap { node in source.clean { node.words() } }
  }

  func integer(_ node: ConfigNode?, in range: ClosedRange<Int>) -> Int? {
    node.flatMap { node in source.clean { node.integer(in: range) } }
  }

  func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ node: ConfigNode?, default fallback: Choice
  ) -> Choice? {
    node.flatMap { node in source.clean { node.choice(Choice.self, default: fallback) } }
  }

  func quantity(_ node: ConfigNode?, _ dimension: Dimension, _ bounds: Bounds) -> Double? {
    node.flatMap { node in source.clean { node.quantity(dimension, bounds) } }
  }

  /// A year, month or day: `2026`, `2026-07`, `2026-07-31`.
  func date(_ node: ConfigNode) -> String? {
    guard let text = source.clean({ node.words() }) else { return nil }
    guard CalendarMonth(text) != nil else {
      node.report(
        "date", "`\(node.path)` must be a year, month or day: \(text)",
        notes: CalendarMonth.note(on: text),
        hint: "write for example `2026-07`")
      return nil
    }
    return text
  }

  // MARK: The record

  /// Everything read, in the order of the file rather than of the reading.
  func orderedRecord(root: ConfigNode) -> ProfileRecord {
    var order: [String: Int] = [:]
    func visit(_ node: ConfigNode) {
      order[node.path] = order.count
      if node.isMapping {
        for entry in node.mapping().contents() { visit(entry.value) }
      } else if node.isSequence {
        for entry in node.sequence() { visit(entry) }
      }
    }
    visit(root)
    /// What is inherited stands where its section does.
    func place(_ path: String) -> Int {
      var path = path[...]
      while true {
        if let place = order[String(path)] { return place }
        guard let dot = path.lastIndex(of: ".") else { return .max }
        path = path[..<dot]
      }
    }
    func sorted<Content>(
      _ entries: [ProfileRecord.Entry<Content>]
    ) -> [ProfileRecord.Entry<Content>] {
      let placed = entries.enumerated().map { (place($0.element.path), $0.offset, $0.element) }
      return placed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }
    return ProfileRecord(
      figures: sorted(record.figures), provenances: sorted(record.provenances))
  }
}
