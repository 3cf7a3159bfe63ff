/// Wholes and their parts as bars of equal length: where time goes, what memory holds.
package struct BarChart: Sendable {
  package struct Bar: Sendable {
    package var name: String
    /// Of the whole, which they add up to at most; in the order of the chart's parts.
    package var shares: [Double]

    package init(_ name: String, shares: [Double]) {
      self.name = name
      self.shares = shares
    }
  }

  package var id: String
  package var title: String
  package var description: String
  /// What the parts are called.
  package var parts: [String]
  /// Of them, the one in which nothing is done; it has no color.
  package var idlePart: Int?
  package var bars: [Bar]
  package var note: String

  package init(
    id: String, title: String, description: String, parts: [String], idlePart: Int? = nil,
    bars: [Bar], note: String = ""
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.parts = parts
    self.idlePart = idlePart
    self.bars = bars
    self.note = note
  }

  private static let rowHeight = 58
  private static let barHeight = 26

  package var markup: Markup {
    // One bar has room for its values beside the names of its parts.
    let legend = parts.enumerated().map { index, name in
      let value = bars.count == 1 ? " \(ReportWords.percent(bars[0].shares[index]))" : ""
      return PageFigure.Key(name: name + value, color: color(index))
    }
    return PageFigure(
      id: id, title: title, legend: legend, plot: plot, table: table, note: note
    ).markup
  }

  private func color(_ part: Int) -> Int { part == idlePart ? PageStyle.idleColor : part }

  private var table: PageTable {
    PageTable(
      title, columns: ["share of"] + parts,
      rows: bars.map { [$0.name] + $0.shares.map(ReportWords.percent) })
  }

  private var plot: Markup {
    let rows = bars.indices.map { row(bars[$0], top: $0 * Self.rowHeight) }
    return """
      <svg class="bars" role="img" aria-labelledby="\(id)-t \(id)-d" width="100%" \
      height="\(bars.count * Self.rowHeight)"><title id="\(id)-t">\(title)</title>\
      <desc id="\(id)-d">\(description)</desc>
      \(rows)</svg>
      """
  }

  private func row(_ bar: Bar, top: Int) -> Markup {
    var start = 0.0
    var segments: [Markup] = []
    for (index, share) in bar.shares.enumerated() where share > 0.0005 {
      let words = ReportWords.percent(share)
      // A narrow one has no room for its value, which stands in the table.
      let label: Markup =
        share < 0.13
        ? ""
        : """
        <text class="inside" x="\(at: (start + share / 2) * 100)%" y="\(top + 41)" \
        text-anchor="middle">\(words)</text>
        """
      segments.append(
        """
        <g><title>\(bar.name): \(parts[index]) \(words)</title><rect class="part \
        c\(color(index))" x="\(at: start * 100)%" y="\(top + 23)" width="\(at: share * 100)%" \
        height="\(Self.barHeight)"/>\(label)</g>

        """)
      start += share
    }
    return "<text class=\"row\" x=\"0\" y=\"\(top + 16)\">\(bar.name)</text>\n\(segments)"
  }
}
