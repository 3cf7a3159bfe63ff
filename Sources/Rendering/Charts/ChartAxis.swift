/// One direction of a chart.
package struct ChartAxis: Equatable, Sendable {
  package enum Scale: Sendable { case linear, logarithmic }

  /// With the unit, where the values do not say it.
  package var title: String
  package var format: ValueFormat
  package var scale: Scale
  /// Nil: as the values want it, a linear one from zero.
  package var range: ClosedRange<Double>?

  package init(
    _ title: String, _ format: ValueFormat = .number, scale: Scale = .linear,
    range: ClosedRange<Double>? = nil
  ) {
    self.title = title
    self.format = format
    self.scale = scale
    self.range = range
  }
}
