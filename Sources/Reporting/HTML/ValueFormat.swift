package import Units

/// How the values of an axis, a table or a chart are written.
package enum ValueFormat: Equatable, Sendable {
  case number
  /// Whole.
  case count
  /// A share of one, in percent.
  case share
  case seconds
  case dollars
  case quantity(Dimension)

  /// For people who read one value.
  package func words(_ value: Double) -> String {
    switch self {
    case .number: NumberText.significant(value, 3)
    case .count: NumberText.fixed(value, 0)
    case .share: ReportWords.percent(value)
    case .seconds: value == 0 ? "0 s" : ReportWords.duration(value)
    case .dollars: ReportWords.dollars(value)
    case .quantity(let dimension): NumberText.quantity(value, dimension, digits: 3)
    }
  }

  /// For the marks of an axis: no digit more than it takes.
  func tick(_ value: Double) -> String {
    switch self {
    case .number, .count, .dollars: return Self.short(value)
    case .share: return "\(Self.short(value * 100)) %"
    case .seconds:
      guard value != 0 else { return "0" }
      // `100 s` on a logarithmic axis, `10 min` on another.
      if value >= 60, value.remainder(dividingBy: 60) == 0 { return ReportWords.duration(value) }
      return Self.shortened(NumberText.quantity(value, .seconds, digits: 6))
    case .quantity(let dimension):
      guard value != 0 else { return "0" }
      return Self.shortened(NumberText.quantity(value, dimension, digits: 6))
    }
  }

  private static func short(_ value: Double) -> String {
    shortened(NumberText.significant(value, 6))
  }

  /// `10.0000 ms` becomes `10 ms`.
  private static func shortened(_ text: String) -> String {
    var parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    if parts[0].contains(".") {
      while parts[0].last == "0" { parts[0].removeLast() }
      if parts[0].last == "." { parts[0].removeLast() }
    }
    return parts.joined(separator: " ")
  }
}
