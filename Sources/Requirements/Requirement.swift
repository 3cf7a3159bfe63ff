package import Diagnostics
internal import Units

/// What a figure must be: a threshold of a build, or a budget.
///
///     try Requirement("ttft.p99 < 500 ms", of: RunFigures.figures, at: place)
///
/// Grammar:
///
///     requirement = figure comparison bound
///     comparison  = "<" | "<=" | ">" | ">="
///     bound       = number unit             for a figure with a unit
///                 | number | number "%"     for one without
package struct Requirement: Hashable, Sendable {
  package enum Comparison: String, CaseIterable, Sendable {
    // The longer ones first: they begin like the shorter ones.
    case atMost = "<="
    case atLeast = ">="
    case less = "<"
    case more = ">"
  }

  package let figure: Figure
  package let comparison: Comparison
  /// In the base unit of the figure's dimension.
  package let bound: Double
  /// Where it stands, for messages: a file or an option, and the key path there.
  package let location: SourceLocation?
  package let path: String?

  package init(
    _ figure: Figure, _ comparison: Comparison, _ bound: Double, at location: SourceLocation? = nil,
    path: String? = nil
  ) {
    self.figure = figure
    self.comparison = comparison
    self.bound = bound
    self.location = location
    self.path = path
  }

  /// The requirement as it would be typed: `ttft.p99 < 500 ms`.
  package var text: String { "\(figure.path) \(comparison.rawValue) \(figure.typed(bound))" }

  /// Whether a value is as it must be. One that nobody knows is not.
  package func isMet(by value: Double?) -> Bool {
    guard let value else { return false }
    // The way through units leaves its mark on the last digits, and nobody means those.
    let isEqual = (value - bound).magnitude <= 1e-9 * bound.magnitude
    return switch comparison {
    case .atMost: isEqual || value < bound
    case .atLeast: isEqual || value > bound
    case .less: !isEqual && value < bound
    case .more: !isEqual && value > bound
    }
  }
}

extension Requirement.Comparison {
  /// `must be below 500 ms`
  var words: String {
    switch self {
    case .atMost: "at most"
    case .atLeast: "at least"
    case .less: "below"
    case .more: "above"
    }
  }
}

extension Requirement {
  /// - Parameter place: where the text stands, for messages.
  /// - Throws: `InvalidInput` when it is no requirement of one of the figures.
  package init(
    _ text: String, of figures: [Figure], at location: SourceLocation?, path: String? = nil
  ) throws(InvalidInput) {
    try self.init(text, of: FigureNames(figures), at: location, path: path)
  }

  package init(
    _ text: String, of names: FigureNames, at location: SourceLocation?, path: String? = nil
  ) throws(InvalidInput) {
    // A message has one line for it.
    let text = String(text.map { $0.isNewline ? " " : $0 }).trimmed
    func refuse(
      _ code: String, _ message: String, notes: [String] = [], hint: String? = nil
    ) -> InvalidInput {
      InvalidInput(
        Diagnostic(
          code: "requirement/\(code)", message, at: location, path: path, notes: notes, hint: hint))
    }
    guard let start = text.firstIndex(where: { "<>=!".contains($0) }) else {
      throw refuse(
        "no-comparison", "a requirement compares a figure with a bound: \(text)",
        hint: "write it as `ttft.p99 < 500 ms`")
    }
    let name = text[..<start].trimmed
    let rest = text[start...]
    guard let comparison = Comparison.allCases.first(where: { rest.hasPrefix($0.rawValue) }),
      !"=<>!".contains(rest.dropFirst(comparison.rawValue.count).first ?? " ")
    else {
      throw refuse(
        "comparison", "unknown comparison: \(rest.prefix { "<>=!".contains($0) })",
        hint: "use one of `<`, `<=`, `>` and `>=`")
    }
    guard let figure = names.find(name) else {
      throw refuse(
        "unknown-figure", "unknown figure: \(name)",
        notes: ["known are " + names.known.map { "`\($0)`" }.joined(separator: ", ")],
        hint: Suggestion.nearest(to: name, in: names.known).map { "did you mean `\($0)`?" })
    }
    let bound = rest.dropFirst(comparison.rawValue.count).trimmed
    guard let value = Self.value(bound, figure.dimension) else {
      let accepted = figure.dimension.map { "a number with \($0.acceptedUnits)" }
      throw refuse(
        "bound",
        "the bound of `\(name)` must be \(accepted ?? "a number, or a percentage"): \(bound)")
    }
    self.init(figure, comparison, value, at: location, path: path)
  }

  private static func value(_ text: String, _ dimension: Dimension?) -> Double? {
    if let dimension { return try? Quantity.parse(text, as: dimension).get() }
    if text.hasSuffix("%") {
      return Quantity.plainNumber(text.dropLast().trimmed).map { $0 / 100 }
    }
    return Quantity.plainNumber(text)
  }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    let start = drop { $0 == " " }
    return String(
      start.prefix(upTo: start.lastIndex { $0 != " " }.map(start.index(after:)) ?? start.startIndex)
    )
  }
}
