/// A point of a chart.
package struct ChartPoint: Equatable, Sendable {
  package var x: Double
  package var y: Double
  /// The upper end of a band that begins at `y`.
  package var high: Double?
  /// What it is, where points have names: a layout, a batch.
  package var name: String

  package init(_ x: Double, _ y: Double, high: Double? = nil, name: String = "") {
    self.x = x
    self.y = y
    self.high = high
    self.name = name
  }
}

/// Points that belong together: a machine, a percentile, a pool.
package struct ChartSeries: Equatable, Sendable {
  package enum Style: Equatable, Sendable {
    case line
    /// A line with a mark at each point.
    case markedLine
    case points
  }

  package var name: String
  package var points: [ChartPoint]
  package var style: Style
  /// What the upper ends of its bands are, as `maximum`.
  package var bandName: String

  package init(
    _ name: String, _ points: [ChartPoint], style: Style = .line, bandName: String = "maximum"
  ) {
    self.name = name
    self.points = points
    self.style = style
    self.bandName = bandName
  }

  var hasBand: Bool { points.contains { $0.high != nil } }
}

/// A limit drawn across a chart, as an objective or a capacity.
package struct ChartRule: Equatable, Sendable {
  package enum Direction: Sendable { case vertical, horizontal }

  package var name: String
  package var value: Double
  package var direction: Direction
  /// The series that it is for, if for one.
  package var series: Int?

  package init(_ name: String, at value: Double, _ direction: Direction, series: Int? = nil) {
    self.name = name
    self.value = value
    self.direction = direction
    self.series = series
  }
}
