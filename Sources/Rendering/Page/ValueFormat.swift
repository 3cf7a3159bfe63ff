package import Units

/// How a value is written.
package enum ValueFormat: Equatable, Sendable {
  case significant(Int)
  case fixed(Int)
  /// A whole number.
  case count
  /// A share of one, in percent.
  case share
  /// A change by a share of one, with its sign.
  case change
  case seconds
  case dollars
  case quantity(Dimension, digits: Int)
  /// Numbers beyond words, as FLOPs.
  case scientific
  /// `1.40 trillion`
  case large

  package static let number = ValueFormat.significant(3)

  /// A value for people who read one.
  package func words(_ value: Double) -> String {
    switch self {
    case .significant(let digits): NumberText.significant(value, digits)
    case .fixed(let decimals): NumberText.fixed(value, decimals)
    case .count: NumberText.fixed(value, 0)
    case .share: Words.percent(value)
    case .change: Words.signedPercent(value)
    case .seconds: value == 0 ? "0 s" : Words.duration(value)
    case .dollars: Words.dollars(value)
    case .quantity(let dimension, let digits):
      NumberText.quantity(value, dimension, digits: digits)
    case .scientific: CountText.scientific(value)
    case .large: CountText.large(value)
    }
  }

  /// `99.6 to 310 ms`: the unit once where it is the same.
  func words(from low: Double, to high: Double) -> String {
    let ends = [low, high].map(words)
    let units = ends.map { $0.split(separator: " ").dropFirst().joined(separator: " ") }
    guard units[0] == units[1], !units[0].isEmpty else { return "\(ends[0]) to \(ends[1])" }
    return "\(ends[0].dropLast(units[0].count + 1)) to \(ends[1])"
  }

  /// For the marks of an axis: no digit more than it takes.
  func tick(_ value: Double) -> String {
    switch self {
    case .share, .change: return "\(Self.short(value * 100)) %"
    case .seconds:
      guard value != 0 else { return "0" }
      // `100 s` on a logarithmic axis, `10 min` on another.
      if value >= 60, value.remainder(dividingBy: 60) == 0 { return Words.duration(value) }
      return Self.shortened(NumberText.quantity(value, .seconds, digits: 6))
    case .quantity(let dimension, _):
      guard value != 0 else { return "0" }
      return Self.shortened(NumberText.quantity(value, dimension, digits: 6))
    default: return Self.short(value)
    }
  }

  private static func short(_ value: Double) -> String {
    guard value.magnitude < 1e7 else {
      return CountText.scientific(value, digits: 2).mantissaShortened
    }
    return shortened(NumberText.significant(value, 6))
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

extension String {
  /// `1.0e24` becomes `1e24`.
  fileprivate var mantissaShortened: String { replacing(".0e", with: "e") }
}
