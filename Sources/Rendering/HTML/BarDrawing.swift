/// Bars of equal length as SVG.
struct BarDrawing {
  private let chart: BarChart
  private let id: String

  init(_ chart: BarChart, id: String) {
    self.chart = chart
    self.id = id
  }

  private static let rowHeight = 58
  private static let barHeight = 26
  /// A narrower part has no room for its value on a phone.
  private static let leastShare = 0.15

  var markup: Markup {
    // One bar has room for its values beside the names of its parts.
    let legend = chart.parts.enumerated().map { index, name in
      let value =
        chart.bars.count == 1 ? " \(Words.percent(chart.bars[0].shares[index]))" : ""
      return HTMLFigure.Key(name: name + value, look: look(index))
    }
    return HTMLFigure(id: id, chart: .bars(chart), legend: legend, plot: plot).markup
  }

  private func look(_ part: Int) -> SeriesLook {
    part == chart.idlePart ? .idle : SeriesLook(series: part)
  }

  private var plot: Markup {
    let rows = chart.bars.indices.map { row(chart.bars[$0], top: $0 * Self.rowHeight) }
    return """
      <svg class="bars" role="img" aria-labelledby="\(id)-t \(id)-d" width="100%" \
      height="\(chart.bars.count * Self.rowHeight)"><title id="\(id)-t">\(chart.title)</title>\
      <desc id="\(id)-d">\(chart.description)</desc>
      \(rows)</svg>
      """
  }

  private func row(_ bar: BarChart.Bar, top: Int) -> Markup {
    var start = 0.0
    var segments: [Markup] = []
    for (index, share) in bar.shares.enumerated() where share > 0.0005 {
      let words = Words.percent(share)
      let label: Markup =
        share < Self.leastShare
        ? ""
        : """
        <text class="inside" x="\(at: (start + share / 2) * 100)%" y="\(top + 41)" \
        text-anchor="middle">\(words)</text>
        """
      segments.append(
        """
        <g><title>\(bar.name): \(chart.parts[index]) \(words)</title><rect class="part \
        \(look(index).name)" x="\(at: start * 100)%" y="\(top + 23)" width="\(at: share * 100)%" \
        height="\(Self.barHeight)"/>\(label)</g>

        """)
      start += share
    }
    return "<text class=\"row\" x=\"0\" y=\"\(top + 16)\">\(bar.name)</text>\n\(segments)"
  }
}
