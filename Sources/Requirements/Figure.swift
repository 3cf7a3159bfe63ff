package import Units

/// A figure of a report that is asked for by its name, as `ttft.p99`.
package struct Figure: Hashable, Sendable {
  package enum Preference: String, Codable, Sendable { case less, more }

  package let path: String
  /// Nil for a number without a unit: a count, or a share of 1.
  package let dimension: Dimension?
  /// What a user wants of it.
  package let prefers: Preference

  package init(_ path: String, _ dimension: Dimension?, _ prefers: Preference) {
    self.path = path
    self.dimension = dimension
    self.prefers = prefers
  }

  /// A value as it would be typed: `0.5` of `ttft.p99` is `500 ms`.
  package func words(_ value: Double) -> String {
    guard let dimension else { return NumberText.significant(value, 4) }
    return NumberText.quantity(value, dimension, digits: 4)
  }
}

/// A figure with its value, in the base unit of its dimension; nil when nobody can know it.
package struct FigureValue: Hashable, Sendable {
  package let figure: Figure
  package let value: Double?

  package init(_ figure: Figure, _ value: Double?) {
    self.figure = figure
    self.value = value
  }
}
