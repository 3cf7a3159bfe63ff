/// A chart of lines and points as SVG.
///
/// It is as wide as its place and its letters keep their size, because places along an axis are
/// percentages; only lines are stretched.
struct LineDrawing {
  private let chart: LineChart
  private let id: String
  private let layout: (x: AxisLayout, y: AxisLayout)

  init(_ chart: LineChart, id: String) {
    self.chart = chart
    self.id = id
    layout = chart.layout
  }

  /// Above the plot: half a line of letters, and room for the name of the axis.
  private static let top = 28
  /// Below it: the marks and the name of the axis.
  private static let bottom = 44

  var markup: Markup {
    HTMLFigure(
      id: id, chart: .lines(chart), legend: legend, plot: plot, reading: chart.reading.rawValue
    ).markup
  }

  private var legend: [HTMLFigure.Key] {
    guard chart.series.count > 1 || chart.series.contains(where: \.hasBand) else { return [] }
    return chart.series.enumerated().flatMap { index, item in
      [HTMLFigure.Key(name: item.name, look: look(index))]
        + (item.hasBand
          ? [HTMLFigure.Key(name: item.bandName, look: look(index), isBand: true)] : [])
    }
  }

  private func look(_ index: Int) -> SeriesLook { SeriesLook(series: index + chart.firstColor) }

  private var plot: Markup {
    var labels = LabelPlacement(height: Double(chart.height + Self.top))
    let rules = chart.rules.enumerated().map { rule($1, number: $0, &labels) }
    let marks = chart.series.indices.map { dots($0, &labels) }
    return """
      <svg class="plot" role="img" aria-labelledby="\(id)-t \(id)-d" width="100%" \
      height="\(chart.height + Self.top + Self.bottom)"><title id="\(id)-t">\(chart.title)</title>\
      <desc id="\(id)-d">\(chart.description)</desc>
      \(grid)<svg class="lines" y="\(Self.top)" width="100%" height="\(chart.height)" \
      viewBox="0 0 1000 \(chart.height)" preserveAspectRatio="none">
      \(chart.series.indices.map(line))</svg>
      \(rules)\(marks)</svg>
      """
  }

  private func across(_ value: Double) -> Double { layout.x.position(value) * 100 }
  private func down(_ value: Double) -> Double {
    (1 - layout.y.position(value)) * Double(chart.height)
  }

  private var grid: Markup {
    let top = Double(Self.top)
    let foot = Double(chart.height + Self.top)
    let rows = layout.y.marks.map { mark -> Markup in
      let place = down(mark) + top
      return """
        <line class="grid" x2="100%" y1="\(at: place)" y2="\(at: place)"/>\
        <text class="mark" x="-8" y="\(at: place + 4)" \
        text-anchor="end">\(chart.y.format.tick(mark))</text>

        """
    }
    let columns = layout.x.marks.map { mark -> Markup in
      let place = across(mark)
      return """
        <line class="tick" x1="\(at: place)%" x2="\(at: place)%" y1="\(at: foot)" \
        y2="\(at: foot + 5)"/><text class="mark" x="\(at: place)%" y="\(at: foot + 19)" \
        text-anchor="middle">\(chart.x.format.tick(mark))</text>

        """
    }
    return """
      <text class="axis" x="-44" y="12">\(chart.y.title)</text>
      <text class="axis" x="100%" y="\(at: foot + 38)" text-anchor="end">\(chart.x.title)</text>
      \(rows)\(columns)
      """
  }

  private func line(_ index: Int) -> Markup {
    let item = chart.series[index]
    guard item.style != .points, item.points.count > 1 else { return .empty }
    func path(_ points: [(x: Double, y: Double)], _ first: Markup) -> Markup {
      points.enumerated().reduce(Markup.empty) { path, point in
        let letter: Markup = point.offset == 0 ? first : "L"
        let x = across(point.element.x) * 10
        return path + "\(letter)\(at: x) \(at: down(point.element.y))"
      }
    }
    let stroke = path(item.points.map { ($0.x, $0.y) }, "M")
    var band = Markup.empty
    if item.hasBand {
      let back = item.points.reversed().map { ($0.x, $0.high ?? $0.y) }
      band = "<path class=\"band \(look(index).name)\" d=\"\(stroke)\(path(back, "L"))Z\"/>\n"
    }
    return band + "<path class=\"line \(look(index).name)\" d=\"\(stroke)\"/>\n"
  }

  private func dots(_ index: Int, _ labels: inout LabelPlacement) -> Markup {
    let item = chart.series[index]
    guard item.style != .line || item.points.count == 1 else { return .empty }
    let size = item.style == .points ? 5.5 : 3
    var dots = Markup.empty
    for (position, point) in item.points.enumerated() {
      let (x, y) = (across(point.x), down(point.y) + Double(Self.top))
      // The ends of a line, and each of a few points that stand alone.
      let isNamed =
        item.style == .points
        ? item.points.count <= 4 : position == 0 || position == item.points.count - 1
      let label = isNamed ? labels.beside(point.name, x: x, y: y) : nil
      dots =
        dots + """
          <svg x="\(at: x)%" y="\(at: y)" overflow="visible">\
          \(look(index).mark(size: size))</svg>\(label?.markup ?? .empty)

          """
    }
    return dots
  }

  private func rule(
    _ rule: ChartRule, number: Int, _ labels: inout LabelPlacement
  ) -> Markup {
    let kind: Markup = rule.series.map { "rule \(look($0).name)" } ?? "rule"
    switch rule.direction {
    case .vertical:
      let place = across(rule.value)
      let foot = Double(Self.top + chart.height - 8 - 16 * number)
      let label = labels.along(rule.name, x: place, y: foot)
      return """
        <line class="\(kind)" x1="\(at: place)%" x2="\(at: place)%" y1="\(Self.top)" \
        y2="\(Self.top + chart.height)"/>\(label.markup)

        """
    case .horizontal:
      let place = down(rule.value) + Double(Self.top)
      let label = labels.along(rule.name, x: 100, y: place - 5)
      return """
        <line class="\(kind)" x2="100%" y1="\(at: place)" y2="\(at: place)"/>\(label.markup)

        """
    }
  }
}
