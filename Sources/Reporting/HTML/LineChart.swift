/// Lines and points over two axes: frontiers, distributions, what happens over time.
///
///     LineChart(
///       id: "frontier", title: "Frontier", description: "Two machines ...",
///       x: ChartAxis("tokens per second for one user"), y: ChartAxis("tokens per second per GPU"),
///       series: [ChartSeries("h200-sxm", points, style: .markedLine)], reading: .points
///     ).markup
///
/// It is as wide as its place and its letters keep their size, because places along an axis are
/// percentages; only lines are stretched. What it shows stands in a table below it as well, and a
/// reader reaches its values with the pointer, a finger or the arrow keys.
package struct LineChart: Sendable {
  /// What a pointer asks for, and how the table is made.
  package enum Reading: String, Sendable {
    /// All series at one place along x, which they have in common.
    case columns = "x"
    /// All series at one height, which they have in common.
    case heights = "y"
    /// The nearest point of any series.
    case points = "xy"
  }

  /// Unique in its page; letters and hyphens.
  package var id: String
  package var title: String
  /// What there is to see, for those who do not see it.
  package var description: String
  package var x: ChartAxis
  package var y: ChartAxis
  package var series: [ChartSeries]
  package var rules: [ChartRule]
  package var reading: Reading
  /// Of the plot itself [px].
  package var height: Int
  /// The color of its first series: charts side by side tell themselves apart.
  package var firstColor: Int
  /// Below the chart, in a sentence.
  package var note: String

  package init(
    id: String, title: String, description: String, x: ChartAxis, y: ChartAxis,
    series: [ChartSeries], rules: [ChartRule] = [], reading: Reading = .columns,
    height: Int = 240, firstColor: Int = 0, note: String = ""
  ) {
    self.id = id
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

  /// Above the plot: half a line of letters, and room for the name of the axis.
  static let top = 28
  /// Below it: the marks and the name of the axis.
  static let bottom = 44

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

  package var markup: Markup {
    PageFigure(
      id: id, title: title, legend: legend, plot: plot, table: table, reading: reading.rawValue,
      note: note
    ).markup
  }

  private var legend: [PageFigure.Key] {
    guard series.count > 1 || series.contains(where: \.hasBand) else { return [] }
    return series.enumerated().flatMap { index, item in
      [PageFigure.Key(name: item.name, color: color(index))]
        + (item.hasBand
          ? [PageFigure.Key(name: item.bandName, color: color(index), isBand: true)] : [])
    }
  }

  func color(_ index: Int) -> Int { (index + firstColor) % PageStyle.colors }

  // MARK: Drawing

  private var plot: Markup {
    let layout = layout
    return """
      <svg class="plot" role="img" aria-labelledby="\(id)-t \(id)-d" width="100%" \
      height="\(height + Self.top + Self.bottom)"><title id="\(id)-t">\(title)</title>\
      <desc id="\(id)-d">\(description)</desc>
      \(grid(layout))<svg class="lines" y="\(Self.top)" width="100%" height="\(height)" \
      viewBox="0 0 1000 \(height)" preserveAspectRatio="none">
      \(series.indices.map { line($0, layout) })</svg>
      \(rules.map { rule($0, layout) })\(series.indices.map { dots($0, layout) })</svg>
      """
  }

  private func across(_ value: Double, _ layout: (x: AxisLayout, y: AxisLayout)) -> Double {
    layout.x.position(value) * 100
  }

  private func down(_ value: Double, _ layout: (x: AxisLayout, y: AxisLayout)) -> Double {
    (1 - layout.y.position(value)) * Double(height)
  }

  private func grid(_ layout: (x: AxisLayout, y: AxisLayout)) -> Markup {
    let top = Double(Self.top)
    let foot = Double(height + Self.top)
    let rows = layout.y.marks.map { mark -> Markup in
      let place = down(mark, layout) + top
      return """
        <line class="grid" x2="100%" y1="\(at: place)" y2="\(at: place)"/>\
        <text class="mark" x="-8" y="\(at: place + 4)" \
        text-anchor="end">\(y.format.tick(mark))</text>

        """
    }
    let columns = layout.x.marks.map { mark -> Markup in
      let place = across(mark, layout)
      return """
        <line class="tick" x1="\(at: place)%" x2="\(at: place)%" y1="\(at: foot)" \
        y2="\(at: foot + 5)"/><text class="mark" x="\(at: place)%" y="\(at: foot + 19)" \
        text-anchor="middle">\(x.format.tick(mark))</text>

        """
    }
    return """
      <text class="axis" x="-44" y="12">\(y.title)</text>
      <text class="axis" x="100%" y="\(at: foot + 38)" text-anchor="end">\(x.title)</text>
      \(rows)\(columns)
      """
  }

  private func line(_ index: Int, _ layout: (x: AxisLayout, y: AxisLayout)) -> Markup {
    let item = series[index]
    guard item.style != .points, item.points.count > 1 else { return .empty }
    func path(_ points: [(x: Double, y: Double)], _ first: Markup) -> Markup {
      points.enumerated().reduce(Markup.empty) { path, point in
        let letter: Markup = point.offset == 0 ? first : "L"
        let x = across(point.element.x, layout) * 10
        return path + "\(letter)\(at: x) \(at: down(point.element.y, layout))"
      }
    }
    let stroke = path(item.points.map { ($0.x, $0.y) }, "M")
    var band = Markup.empty
    if item.hasBand {
      let back = item.points.reversed().map { ($0.x, $0.high ?? $0.y) }
      band = "<path class=\"band c\(color(index))\" d=\"\(stroke)\(path(back, "L"))Z\"/>\n"
    }
    return band + "<path class=\"line c\(color(index))\" d=\"\(stroke)\"/>\n"
  }

  private func dots(_ index: Int, _ layout: (x: AxisLayout, y: AxisLayout)) -> Markup {
    let item = series[index]
    guard item.style != .line || item.points.count == 1 else { return .empty }
    let radius = item.style == .points ? 5.5 : 3
    let dots = item.points.enumerated().map { position, point -> Markup in
      let (x, y) = (across(point.x, layout), down(point.y, layout) + Double(Self.top))
      // The ends of a line, and each of a few points that stand alone.
      let isNamed =
        item.style == .points
        ? item.points.count <= 4 : position == 0 || position == item.points.count - 1
      let isRight = x > 70
      let label: Markup =
        isNamed && !point.name.isEmpty
        ? """
        <text class="label" x="\(at: x)%" dx="\(isRight ? 6 : 9)" \
        y="\(at: isRight ? y - 14 : y - 7)" \
        text-anchor="\(isRight ? "middle" : "start")">\(point.name)</text>
        """ : ""
      return """
        <circle class="dot c\(color(index))" cx="\(at: x)%" cy="\(at: y)" r="\(at: radius)"/>\
        \(label)

        """
    }
    return "\(dots)"
  }

  private func rule(_ rule: ChartRule, _ layout: (x: AxisLayout, y: AxisLayout)) -> Markup {
    let kind: Markup = rule.series.map { "rule c\(color($0))" } ?? "rule"
    switch rule.direction {
    case .vertical:
      let place = across(rule.value, layout)
      let isRight = place > 60
      return """
        <line class="\(kind)" x1="\(at: place)%" x2="\(at: place)%" y1="\(Self.top)" \
        y2="\(Self.top + height)"/><text class="label" x="\(at: place)%" \
        dx="\(isRight ? -5 : 5)" y="\(Self.top + height - 8 - 16 * (rule.series ?? 0))" \
        text-anchor="\(isRight ? "end" : "start")">\(rule.name)</text>

        """
    case .horizontal:
      let place = down(rule.value, layout) + Double(Self.top)
      return """
        <line class="\(kind)" x2="100%" y1="\(at: place)" y2="\(at: place)"/>\
        <text class="label" x="100%" y="\(at: place - 5)" text-anchor="end">\(rule.name)</text>

        """
    }
  }
}
