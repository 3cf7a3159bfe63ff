package import Units
package import Yams

/// A value in a file, with its place. Readers return a harmless stand-in after reporting a problem;
/// `ConfigSource.check()` throws before the stand-in can be used.
package struct ConfigNode {
  package let node: Node
  /// Key path from the root: `workload.input.mean`.
  package let path: String
  package let source: ConfigSource
  /// Where it stands, for who watches the reading; empty when nobody does.
  let pattern: String

  init(node: Node, path: String, source: ConfigSource, pattern: String = "") {
    self.node = node
    self.path = path
    self.source = source
    self.pattern = pattern
  }

  package var location: SourceLocation {
    if let override = source.override(of: path) { return SourceLocation(file: override) }
    return SourceLocation(file: source.file, line: node.mark?.line, column: node.mark?.column)
  }

  /// Whether it was said on the command line, in the place of what the file has or has not.
  package var isOverridden: Bool { source.override(of: path) != nil }

  /// - Parameter step: in the pattern of who watches; the key if left out.
  package func child(_ key: String, _ node: Node, step: String? = nil) -> ConfigNode {
    ConfigNode(
      node: node, path: path.isEmpty ? key : "\(path).\(key)", source: source,
      pattern: source.observer == nil ? "" : "\(pattern)/\(step ?? key)")
  }

  private func take(as kind: @autoclosure () -> ConfigObserver.Kind) {
    source.observer?.takes(pattern, as: kind())
  }

  private func fork() { source.observer?.forks(pattern) }

  /// Reports a problem with this value, at its place.
  package func report(_ code: String, _ message: String, notes: [String] = [], hint: String? = nil)
  {
    let shown = path.isEmpty ? nil : path
    source.report(code, message, at: location, path: shown, notes: notes, hint: hint)
  }

  // MARK: Shapes

  package func mapping() -> ConfigMapping {
    take(as: .mapping)
    if case .mapping(let mapping) = node { return ConfigMapping(mapping, of: self) }
    report("wrong-type", "\(name) must be a mapping of keys: \(shown)")
    return ConfigMapping(Node.Mapping([]), of: self, isStandIn: true)
  }

  package var isMapping: Bool {
    fork()
    return node.mapping != nil
  }
  /// The text of a value as it is written; nil of a mapping and of a sequence.
  package var scalarText: String? {
    fork()
    return node.scalar?.string
  }
  package var isSequence: Bool {
    fork()
    return node.sequence != nil
  }
  /// `~`, `null` or nothing after the colon, unquoted.
  package var isNull: Bool { node.null != nil }

  package func sequence() -> [ConfigNode] {
    take(as: .list)
    guard case .sequence(let sequence) = node else {
      report("wrong-type", "\(name) must be a list: \(shown)")
      return []
    }
    return sequence.enumerated().map {
      child(String($0.offset), $0.element, step: ProbeDocument.element)
    }
  }

  // MARK: Scalars

  package func string() -> String {
    take(as: .text)
    guard let text = node.scalar?.string else {
      report("wrong-type", "\(name) must be text: \(shown)")
      return ""
    }
    return text
  }

  /// Text for a person or a name: something must stand there.
  package func words() -> String {
    let text = string()
    if isNull || node.scalar != nil && text.allSatisfy(\.isWhitespace) {
      report("empty-text", "\(name) must not be empty")
    }
    return text
  }

  package func boolean() -> Bool {
    take(as: .boolean)
    switch node.scalar?.string {
    case "true": return true
    case "false": return false
    default:
      report("wrong-type", "\(name) must be `true` or `false`: \(shown)")
      return false
    }
  }

  package func integer(in range: ClosedRange<Int> = 0...Int.max) -> Int {
    take(as: .integer(range))
    guard let number = node.scalar.flatMap({ Quantity.plainNumber($0.string) }),
      number == number.rounded()
    else {
      report("wrong-type", "\(name) must be a whole number: \(shown)")
      return range.lowerBound
    }
    // Beyond, not every whole number is a number of its own.
    let value = number.magnitude < 0x1p53 ? Int(number) : nil
    guard let value, range.contains(value) else {
      let isOpen = range.upperBound == .max && number < 0x1p53
      let most = range.upperBound == .max ? (1 << 53) - 1 : range.upperBound
      let bound = isOpen ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(most)"
      let nearest = number < Double(range.lowerBound) ? range.lowerBound : most
      report(
        "out-of-range", "\(name) must be \(bound): \(value.map(String.init) ?? shown)",
        hint: setting(to: "\(nearest)"))
      return range.lowerBound
    }
    return value
  }

  package func number(_ bounds: Bounds = .any) -> Double {
    take(as: .number(bounds))
    guard let value = node.scalar.flatMap({ Quantity.plainNumber($0.string) }) else {
      report("not-a-number", "\(name) must be a finite number: \(shown)")
      return bounds.standIn
    }
    return checked(value, bounds)
  }

  /// A number with its unit, in the dimension's base unit.
  package func quantity(_ dimension: Dimension, _ bounds: Bounds = .positive) -> Double {
    take(as: .quantity(dimension))
    guard let text = node.scalar?.string else {
      report("wrong-type", "\(name) must be \(dimension.rawValue) with its unit: \(shown)")
      return bounds.standIn
    }
    switch Quantity.parse(text, as: dimension) {
    case .success(let value): return checked(value, bounds, in: dimension)
    case .failure(.notANumber):
      report(
        "not-a-number", "\(name) must be a finite number with a unit: \(shown)",
        hint: "accepted units: \(dimension.acceptedUnits)")
    case .failure(.missingUnit):
      report(
        "missing-unit", "\(name) needs a unit: \(shown)",
        hint: "write for example `\(text) \(dimension.units[0].symbol)`; accepted units: "
          + dimension.acceptedUnits)
    case .failure(.wrongUnit(let unit, let owner)):
      report(
        "wrong-unit", "\(name) has the wrong unit: `\(unit)`",
        notes: owner.map { ["`\(unit)` is a unit of \($0.rawValue)"] } ?? [],
        hint: "accepted units: \(dimension.acceptedUnits)")
    }
    return bounds.standIn
  }

  /// The value as one of a closed set of words.
  ///
  /// - Parameter otherNames: what others call them, in lower case; they are not read, but answered.
  package func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ type: Choice.Type, default fallback: Choice, otherNames: [String: Choice] = [:]
  ) -> Choice {
    take(as: .choice(Choice.allCases.map(\.rawValue)))
    let word = node.scalar?.string ?? ""
    if let match = Choice(rawValue: word) { return match }
    let known = Choice.allCases.map(\.rawValue)
    report(
      "unknown-value", "\(name) is not one of the known values: \(shown)",
      notes: ["known: " + known.joined(separator: ", ")],
      hint: (otherNames[word.lowercased()]?.rawValue ?? Suggestion.nearest(to: word, in: known))
        .map { "did you mean `\($0)`?" }
        ?? setting(to: "`\(fallback.rawValue)`", ", for example"))
    return fallback
  }

  // MARK: Wording

  /// Nil in a model's config, which nobody writes by hand.
  private func setting(to value: String, _ end: String = "") -> String? {
    path.isEmpty || source.kind == "model" ? nil : "set `\(path)` to \(value)\(end)"
  }

  private var name: String { path.isEmpty ? "the file" : "`\(path)`" }

  private var shown: String {
    switch node {
    case .scalar(let scalar): Self.oneLine(scalar.string)
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  private static func oneLine(_ text: String) -> String {
    guard !text.isEmpty else { return "(empty)" }
    let line = String(text.map { $0.isNewline ? " " : $0 })
    return line.count > 60 ? line.prefix(60) + "..." : line
  }

  private func checked(
    _ value: Double, _ bounds: Bounds, in dimension: Dimension? = nil
  ) -> Double {
    if bounds.contains(value) { return value }
    report("out-of-range", "\(name) must be \(bounds.words(in: dimension)): \(shown)")
    return bounds.standIn
  }
}
