/// Rows of cells, each column as wide as its widest cell.
struct TextTable {
  enum Alignment { case left, right }

  private let alignments: [Alignment]
  private var rows: [(cells: [String], isHeading: Bool)] = []

  /// - Parameter alignments: of each column; further columns are aligned as the last one.
  init(_ alignments: [Alignment]) { self.alignments = alignments }

  mutating func add(heading cells: [String]) { rows.append((cells, true)) }
  mutating func add(_ cells: [String]) { rows.append((cells, false)) }

  func lines(_ style: TextStyle, indent: Int = 2) -> [String] {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.cells.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return rows.map { row in
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.cells.enumerated() {
        if column > 0 { line += "  " }
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line +=
          alignments[min(column, alignments.count - 1)] == .left
          ? cell + padding : padding + cell
      }
      while line.last == " " { line.removeLast() }
      return row.isHeading ? style.faint(line) : line
    }
  }
}
