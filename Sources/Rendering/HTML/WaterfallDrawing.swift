/// Amounts that add up as SVG.
struct WaterfallDrawing {
  private let chart: WaterfallChart
  private let id: String

  init(_ chart: WaterfallChart, id: String) {
    self.chart = chart
    self.id = id
  }

  private static let rowHeight = 48

  var markup: Markup { HTMLFigure(id: id, chart: .waterfall(chart), plot: plot).markup }

  private var plot: Markup {
    let total = chart.total.value
    let end = max(chart.scaleEnd ?? total, total)
    let scale = end > 0 ? 100 / end : 0
    var start = 0.0
    var rows: [Markup] = []
    for (index, step) in chart.steps.enumerated() {
      let look = step.isIdle ? SeriesLook.idle : SeriesLook(series: index)
      rows.append(
        row(
          step, top: index * Self.rowHeight, from: start * scale, to: (start + step.value) * scale,
          kind: look.name))
      start += step.value
      rows.append(connector(at: start * scale, below: index * Self.rowHeight))
    }
    rows.append(
      row(
        chart.total, top: chart.steps.count * Self.rowHeight, from: 0, to: total * scale,
        kind: "sum"))
    return """
      <svg class="bars" role="img" aria-labelledby="\(id)-t \(id)-d" width="100%" \
      height="\((chart.steps.count + 1) * Self.rowHeight)"><title id="\(id)-t">\(chart.title)\
      </title><desc id="\(id)-d">\(chart.description)</desc>
      \(rows)</svg>
      """
  }

  /// From the end of a bar to the beginning of the next one.
  private func connector(at place: Double, below top: Int) -> Markup {
    """
    <line class="tick" x1="\(at: place)%" x2="\(at: place)%" y1="\(top + 38)" \
    y2="\(top + Self.rowHeight + 22)"/>

    """
  }

  private func row(
    _ step: WaterfallChart.Step, top: Int, from start: Double, to end: Double, kind: Markup
  ) -> Markup {
    let value = "\(chart.format.words(step.value)) \(chart.unit)"
    return """
      <g><title>\(step.name): \(value)</title>\
      <text class="row" x="0" y="\(top + 16)">\(step.name)</text>\
      <text class="row" x="100%" y="\(top + 16)" text-anchor="end">\(value)</text>\
      <rect class="part \(kind)" x="\(at: start)%" y="\(top + 22)" \
      width="\(at: max(0.15, end - start))%" height="16"/></g>

      """
  }
}
