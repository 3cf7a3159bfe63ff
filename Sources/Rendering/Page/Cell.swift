package import Units

/// A value of a page with how it is written, or words.
package enum Cell: Equatable, Sendable {
  case words(String)
  /// A name of something in a file or on a command line.
  case code(String)
  case value(Double, ValueFormat)
  /// A value that is in words already.
  case amount(String)
  /// The ends of what a value lies between.
  case spread(low: Double, high: Double, ValueFormat)
  /// How a figure is known: `measured`.
  case status(String)
  /// What became of something that had to be.
  case verdict(String, isGood: Bool)
  /// Nobody can know it.
  case unknown
  /// There is no such thing here.
  case none

  package var text: String {
    switch self {
    case .words(let words), .code(let words), .amount(let words), .status(let words),
      .verdict(let words, _):
      words
    case .value(let value, let format): format.words(value)
    case .spread(let low, let high, let format): format.words(from: low, to: high)
    case .unknown: "unknown"
    case .none: "-"
    }
  }

  /// Nil where it may stand in a column of either.
  var isNumber: Bool? {
    switch self {
    case .words(let words): words.isEmpty ? nil : false
    case .code, .status, .verdict: false
    case .value, .amount, .spread: true
    case .unknown, .none: nil
    }
  }
}

// Values that may be missing are a dash.
extension Cell {
  package static func optional(_ value: Double?, _ format: ValueFormat) -> Cell {
    value.map { .value($0, format) } ?? .none
  }

  package static func count(_ value: (some BinaryInteger)?) -> Cell {
    .optional(value.map { Double($0) }, .count)
  }
  package static func share(_ value: Double?) -> Cell { .optional(value, .share) }
  package static func dollars(_ value: Double?) -> Cell { .optional(value, .dollars) }
  package static func seconds(_ value: Double?) -> Cell { .optional(value, .seconds) }
  package static func number(_ value: Double?, _ digits: Int = 3) -> Cell {
    .optional(value, .significant(digits))
  }
  package static func quantity(_ value: Double?, _ dimension: Dimension, _ digits: Int = 3) -> Cell
  {
    .optional(value, .quantity(dimension, digits: digits))
  }

  /// What a profile does not say is unknown, and not nothing.
  package func orUnknown() -> Cell { self == .none ? .unknown : self }
}

extension Cell: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self = .words(value) }
}
