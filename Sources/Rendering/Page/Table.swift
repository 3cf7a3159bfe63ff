/// Rows of cells. The first column names its row; a column of numbers stands at the right.
package struct Table: Equatable, Sendable {
  package struct Row: Equatable, Sendable, ExpressibleByArrayLiteral {
    package var cells: [Cell]
    /// Where its value is in a chart, as shares of its width and of its height from the top: what
    /// pointing at the chart looks for.
    var place: Place?
    /// Whether the row is the sum of the others.
    package var isTotal = false

    struct Place: Equatable, Sendable {
      var x: Double?
      var y: Double?
    }

    package init(_ cells: [Cell], isTotal: Bool = false) {
      self.cells = cells
      self.isTotal = isTotal
    }

    package init(arrayLiteral cells: Cell...) { self.init(cells) }
  }

  /// What it has, for those who cannot see it.
  package var title: String
  /// Names of the columns; all empty where they need none.
  package var columns: [String]
  package var rows: [Row]

  package init(_ title: String, _ columns: [String], _ rows: [Row]) {
    self.title = title
    self.columns = columns
    self.rows = rows
  }

  package init(_ title: String, _ columns: [String], rows: [[Cell]]) {
    self.init(title, columns, rows.map { Row($0) })
  }

  /// Names and values without headings: lines whose value is not there are left out.
  package init(_ title: String, pairs: [(String, Cell?)]) {
    self.init(
      title, ["", ""], pairs.compactMap { name, cell in cell.map { [.words(name), $0] } })
  }

  var hasHeadings: Bool { columns.contains { !$0.isEmpty } }

  /// Whether a column stands at the right; one without any words or numbers does too.
  func isNumeric(_ column: Int) -> Bool {
    guard column > 0 else { return false }
    let cells = rows.compactMap { column < $0.cells.count ? $0.cells[column] : nil }
    return cells.allSatisfy { $0.isNumber != false } && cells.contains { !$0.text.isEmpty }
  }
}
