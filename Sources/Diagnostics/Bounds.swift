internal import Units

/// The values a number may take, with words for messages.
package enum Bounds: Sendable, Hashable {
  case any
  case positive
  case nonNegative
  /// A part of a whole or of a peak: above 0, at most 1.
  case fraction
  /// Above zero, up to an end.
  case upTo(Double)
  case within(ClosedRange<Double>)

  func contains(_ value: Double) -> Bool {
    switch self {
    case .any: true
    case .positive: value > 0
    case .nonNegative: value >= 0
    case .fraction: value > 0 && value <= 1
    case .upTo(let end): value > 0 && value <= end
    case .within(let range): range.contains(value)
    }
  }

  /// - Parameter dimension: of the number, when it has one: ends are then said with its units.
  func words(in dimension: Dimension? = nil) -> String {
    func shown(_ end: Double) -> String {
      dimension.map { NumberText.plain(end, $0) } ?? NumberText.plain(end)
    }
    return switch self {
    case .any: "any number"
    case .positive: "above zero"
    case .nonNegative: "zero or more"
    case .fraction: "above 0 and at most 1"
    case .upTo(let end): "above zero and at most \(shown(end))"
    case .within(let range): "from \(shown(range.lowerBound)) to \(shown(range.upperBound))"
    }
  }

  var standIn: Double {
    switch self {
    case .any, .nonNegative: 0
    case .positive, .fraction: 1
    case .upTo(let end): end
    case .within(let range): range.lowerBound
    }
  }
}
