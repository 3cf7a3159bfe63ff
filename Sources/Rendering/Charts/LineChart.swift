/// Lines and points over two axes: frontiers, distributions, what happens over time.
///
///     LineChart(
///       "Frontier", "Two machines ...", x: ChartAxis("tokens per second for one user"),
///       y: ChartAxis("tokens per second per GPU"),
///       [ChartSeries("h200-sxm", points, style: .markedLine)], reading: .points)
package struct LineChart: Equatable, Sendable {
  /// What a pointer asks for, and how the table is made.
  package enum Reading: String, Sendable {
    /// All series at one place along x, which they have in common.
    case columns = "x"
    /// All series at one height, which they have in common.
    case heights = "y"
    /// The nearest point of any series.
    case points = "xy"
  }

  package var title: String
  /// What there is to see, for those who do not see it.
  package var description: String
  package var x: ChartAxis
  package var y: ChartAxis
  package var series: [ChartSeries]
  package var rules: [ChartRule]
  package var reading: Reading
  /// The plot's own height [px].
  package var height: Int
  /// The color of its first series: charts side by side tell themselves apart.
  package var firstColor: Int
  package var note: String

  package init(
    _ title: String, _ description: String, x: ChartAxis, y: ChartAxis, _ series: [ChartSeries],
    rules: [ChartRule] = [], reading: Reading = .columns, height: Int = 240, firstColor: Int = 0,
    note: String = ""
  ) {
    self.title = title
    self.description = description
    self.x = x
    self.y = y
    self.series = series
    self.rules = rules
    self.reading = reading
    self.height = height
    self.firstColor = firstColor
    self.note = note
  }

  var layout: (x: AxisLayout, y: AxisLayout) {
    let points = series.flatMap(\.points)
    let rulesAcross = rules.filter { $0.direction == .horizontal }.map(\.value)
    let rulesUp = rules.filter { $0.direction == .vertical }.map(\.value)
    let heights = points.map(\.y) + points.compactMap(\.high) + rulesAcross
    return (
      AxisLayout(x, values: points.map(\.x) + rulesUp, isRounded: reading == .points),
      AxisLayout(y, values: heights, isRounded: true)
    )
  }

  // MARK: In figures

  var table: Table {
    switch reading {
    case .columns: columnTable
    case .heights: heightTable
    case .points: pointTable
    }
  }

  private var longest: [ChartPoint] {
    series.map(\.points).max { $0.count < $1.count } ?? []
  }

  /// A row for each place along x.
  private var columnTable: Table {
    let layout = layout
    let rows = longest.enumerated().map { index, place in
      var row = Table.Row(
        [.value(place.x, x.format)]
          + series.flatMap { item -> [Cell] in
            let point = index < item.points.count ? item.points[index] : nil
            let cells: [Cell] = [
              .optional(point?.y, y.format), .optional(point?.high, y.format),
            ]
            return Array(cells.prefix(item.hasBand ? 2 : 1))
          })
      row.place = Table.Row.Place(x: layout.x.position(place.x))
      return row
    }
    let names = series.flatMap { $0.hasBand ? [$0.name, $0.bandName] : [$0.name] }
    return Table(title, [x.title] + names, rows)
  }

  /// A row for each height, and where each series reaches it.
  private var heightTable: Table {
    let layout = layout
    let rows = longest.enumerated().map { index, place in
      var row = Table.Row(
        [.value(place.y, y.format)]
          + series.map { $0.points.count > index ? .value($0.points[index].x, x.format) : .none })
      row.place = Table.Row.Place(y: 1 - layout.y.position(place.y))
      return row
    }
    return Table(title, [y.title] + series.map(\.name), rows)
  }

  /// A row for each point.
  private var pointTable: Table {
    let layout = layout
    let hasNames = series.contains { $0.points.contains { !$0.name.isEmpty } }
    let rows = series.flatMap { item in
      item.points.map { point in
        var row = Table.Row(
          [.words(item.name)] + (hasNames ? [.words(point.name)] : [])
            + [.value(point.x, x.format), .value(point.y, y.format)])
        row.place = Table.Row.Place(
          x: layout.x.position(point.x), y: 1 - layout.y.position(point.y))
        return row
      }
    }
    return Table(title, ["series"] + (hasNames ? ["point"] : []) + [x.title, y.title], rows)
  }
}
