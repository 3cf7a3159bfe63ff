internal import Units

/// The values a number may take, with words for messages.
package enum Bounds: Sendable {
  case any
  case positive
  case nonNegative
  /// A part of a whole or of a peak: above 0, at most 1.
  case fraction
  case within(ClosedRange<Double>)

  func contains(_ value: Double) -> Bool {
    switch self {
    case .any: true
    case .positive: value > 0
    case .nonNegative: value >= 0
    case .fraction: value > 0 && value <= 1
    case .within(let range): range.contains(value)
    }
  }

  var words: String {
    switch self {
    case .any: "any number"
    case .positive: "above zero"
    case .nonNegative: "zero or more"
    case .fraction: "above 0 and at most 1"
    case .within(let range):
      "from \(NumberText.plain(range.lowerBound)) to \(NumberText.plain(range.upperBound))"
    }
  }

  var standIn: Double {
    switch self {
    case .any, .nonNegative: 0
    case .positive, .fraction: 1
    case .within(let range): range.lowerBound
    }
  }
}
