/// One direction of a chart.
package struct ChartAxis: Equatable, Sendable {
  package enum Scale: Sendable { case linear, logarithmic }

  /// Title of the axis, with the unit where the values do not say it.
  package var title: String
  package var format: ValueFormat
  package var scale: Scale
  /// Ends of the axis; nil for what the values want, a linear one from zero.
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
