/// Rows of cells. Numbers stand at the right, and the first column names its row.
package struct PageTable: Sendable {
  package struct Row: Sendable {
    package var cells: [String]
    /// Where its value is in the chart above, as shares of its width and of its height from the
    /// top: what pointing at the chart looks for.
    var place: (x: Double?, y: Double?)?
    /// Of the sum of the others.
    package var isTotal = false

    package init(_ cells: [String], isTotal: Bool = false) {
      self.cells = cells
      self.isTotal = isTotal
    }
  }

  package var caption: String
  package var columns: [String]
  package var rows: [Row]
  /// How many columns from the first one on hold words.
  package var wordColumns: Int

  package init(_ caption: String, columns: [String], rows: [Row], wordColumns: Int = 1) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.wordColumns = wordColumns
  }

  package init(_ caption: String, columns: [String], rows: [[String]], wordColumns: Int = 1) {
    self.init(caption, columns: columns, rows: rows.map { Row($0) }, wordColumns: wordColumns)
  }

  /// Wide ones move within their own box, so that the page never does.
  package var markup: Markup {
    let head = columns.enumerated().map { index, name -> Markup in
      "<th scope=\"col\"\(kind(index))>\(name)</th>"
    }
    let width: Markup = columns.count <= 3 ? " class=\"narrow\"" : ""
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(caption)"><table\(width)>\
      <caption>\(caption)</caption><thead><tr>\(head)</tr></thead><tbody>
      \(rows.map(markup))</tbody></table></div>

      """
  }

  private func markup(_ row: Row) -> Markup {
    let cells = row.cells.enumerated().map { index, text -> Markup in
      index == 0 ? "<th scope=\"row\">\(text)</th>" : "<td\(kind(index))>\(text)</td>"
    }
    let total: Markup = row.isTotal ? " class=\"total\"" : ""
    let x: Markup = row.place?.x.map { " data-x=\"\(at: $0 * 100)\"" } ?? ""
    let y: Markup = row.place?.y.map { " data-y=\"\(at: $0 * 100)\"" } ?? ""
    return "<tr\(total)\(x)\(y)>\(cells)</tr>\n"
  }

  private func kind(_ column: Int) -> Markup {
    column > 0 && column < wordColumns ? " class=\"word\"" : ""
  }
}
