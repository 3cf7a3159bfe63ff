package import Units

/// A figure of a report that is asked for by its name, as `ttft.p99`.
package struct Figure: Hashable, Sendable {
  package enum Preference: String, Codable, Sendable { case less, more }

  package let path: String
  /// Dimension of the figure; nil for a number without a unit: a count, or a share of 1.
  package let dimension: Dimension?
  /// Whether it is a part of a whole, which people read in percent.
  package let isShare: Bool
  /// What a user wants of it.
  package let prefers: Preference

  package init(
    _ path: String, _ dimension: Dimension?, _ prefers: Preference, isShare: Bool = false
  ) {
    self.path = path
    self.dimension = dimension
    self.prefers = prefers
    self.isShare = isShare
  }

  /// The figure of one of several: of a machine, of a class of requests.
  package func renamed(_ path: String) -> Figure {
    Figure(path, dimension, prefers, isShare: isShare)
  }

  /// A value as people read it: `0.5812` of `ttft.p99` is `581.2 ms`.
  package func words(_ value: Double, digits: Int = 4) -> String {
    if isShare { return "\(Self.number(value * 100, digits)) %" }
    guard let dimension else { return Self.number(value, digits) }
    return NumberText.quantity(value, dimension, digits: digits)
  }

  /// A count has no decimals.
  private static func number(_ value: Double, _ digits: Int) -> String {
    value == value.rounded() ? NumberText.plain(value) : NumberText.significant(value, digits)
  }

  /// A value as it would be typed, with no more digits than it needs: `500 ms`, `2.5 USD/Mtok`,
  /// `8 h`.
  package func typed(_ value: Double) -> String {
    if dimension == .seconds, value >= 3600, value.remainder(dividingBy: 1800) == 0 {
      return "\(NumberText.typed(value / 3600)) h"
    }
    // Nine digits hide what the way through the base unit and back does to the last ones.
    let parts = words(value, digits: 9).split(separator: " ", maxSplits: 1)
    var number = parts[0].filter { $0 != "," }
    if number.contains("."), !number.contains("e") {
      while number.last == "0" { number.removeLast() }
      if number.last == "." { number.removeLast() }
    }
    return ([number] + parts.dropFirst().map(String.init)).joined(separator: " ")
  }

  /// A value in as many digits as tell it from another one, up to nine.
  package func words(_ value: Double, apartFrom other: Double) -> String {
    func rounded(_ value: Double, _ digits: Int) -> String {
      // A whole number has no decimals, and would be told from its nearest ones by that alone.
      dimension == nil
        ? NumberText.significant(isShare ? value * 100 : value, digits)
        : words(value, digits: digits)
    }
    let digits = [4, 6, 9].first { rounded(value, $0) != rounded(other, $0) }
    return words(value, digits: digits ?? 4)
  }
}

/// A figure with its value, in the base unit of its dimension; nil when nobody can know it.
package struct FigureValue: Hashable, Sendable {
  /// Why there is no value.
  package struct Unknown: Hashable, Sendable {
    package let reason: String
    /// What would give it one.
    package let remedy: String?

    package init(_ reason: String, remedy: String? = nil) {
      self.reason = reason
      self.remedy = remedy
    }
  }

  package let figure: Figure
  package let value: Double?
  package let unknown: Unknown?

  package init(_ figure: Figure, _ value: Double?, unknown: Unknown? = nil) {
    self.figure = figure
    self.value = value
    self.unknown = value == nil ? unknown : nil
  }

  package var words: String { value.map { figure.words($0) } ?? "unknown" }
}
