/// Amounts that add up, each bar beginning where the one before it ends: what a total is made of.
package struct WaterfallChart: Sendable {
  package struct Step: Equatable, Sendable {
    package var name: String
    package var value: Double
    /// How the amount comes about: `1.07 GPU-hours at 2.05 USD`.
    package var reason: String
    /// Time that nobody used, and the like: it has no color.
    package var isIdle: Bool

    package init(_ name: String, _ value: Double, reason: String = "", isIdle: Bool = false) {
      self.name = name
      self.value = value
      self.reason = reason
      self.isIdle = isIdle
    }
  }

  package var id: String
  package var title: String
  package var description: String
  package var steps: [Step]
  /// What the sum is called.
  package var totalName: String
  package var format: ValueFormat
  package var unit: String
  /// Where the scale ends, so that charts side by side can be compared; the total when nil.
  package var scaleEnd: Double?
  package var note: String

  package init(
    id: String, title: String, description: String, steps: [Step], totalName: String = "total",
    format: ValueFormat = .dollars, unit: String = "USD", scaleEnd: Double? = nil,
    note: String = ""
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.steps = steps
    self.totalName = totalName
    self.format = format
    self.unit = unit
    self.scaleEnd = scaleEnd
    self.note = note
  }

  private static let rowHeight = 48

  package var total: Double { steps.reduce(0) { $0 + $1.value } }

  package var markup: Markup {
    PageFigure(id: id, title: title, plot: plot, table: table, note: note).markup
  }

  private var table: PageTable {
    var sum = 0.0
    let rows = steps.map { step -> PageTable.Row in
      sum += step.value
      return PageTable.Row([step.name, step.reason, words(step.value), words(sum)])
    }
    let last = PageTable.Row([totalName, "", words(total), words(total)], isTotal: true)
    return PageTable(
      title, columns: ["", "made of", unit, "so far"], rows: rows + [last], wordColumns: 2)
  }

  private func words(_ value: Double) -> String { format.words(value) }

  private var plot: Markup {
    let end = max(scaleEnd ?? total, total)
    let scale = end > 0 ? 100 / end : 0
    var start = 0.0
    var rows: [Markup] = []
    for (index, step) in steps.enumerated() {
      rows.append(
        row(
          step.name, step.value, top: index * Self.rowHeight, from: start * scale,
          to: (start + step.value) * scale,
          kind: step.isIdle ? "c\(PageStyle.idleColor)" : "c\(index % PageStyle.colors)"))
      start += step.value
      rows.append(connector(at: start * scale, below: index * Self.rowHeight))
    }
    rows.append(
      row(
        totalName, total, top: steps.count * Self.rowHeight, from: 0, to: total * scale,
        kind: "sum"))
    return """
      <svg class="bars" role="img" aria-labelledby="\(id)-t \(id)-d" width="100%" \
      height="\((steps.count + 1) * Self.rowHeight)"><title id="\(id)-t">\(title)</title>\
      <desc id="\(id)-d">\(description)</desc>
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
    _ name: String, _ value: Double, top: Int, from start: Double, to end: Double, kind: String
  ) -> Markup {
    """
    <g><title>\(name): \(words(value)) \(unit)</title>\
    <text class="row" x="0" y="\(top + 16)">\(name)</text>\
    <text class="row" x="100%" y="\(top + 16)" text-anchor="end">\(words(value)) \(unit)</text>\
    <rect class="part \(kind)" x="\(at: start)%" y="\(top + 22)" \
    width="\(at: max(0.15, end - start))%" height="16"/></g>

    """
  }
}
