internal import Units

/// Rows of cells, each column as wide as its widest cell.
struct TextTable {
  enum Alignment { case left, right }

  private let alignments: [Alignment]
  private var rows: [(cells: [String], isHeading: Bool)] = []

  /// - Parameter alignments: of each column; further columns are aligned as the last one.
  init(_ alignments: [Alignment]) { self.alignments = alignments }

  init(_ table: Table) {
    let columns = table.rows.reduce(table.columns.count) { max($0, $1.cells.count) }
    self.init((0..<columns).map { table.isNumeric($0) ? .right : .left })
    if table.hasHeadings { add(heading: table.columns) }
    for row in table.rows { add(row.cells.map(\.text)) }
  }

  mutating func add(heading cells: [String]) { rows.append((cells.map(InertText.words), true)) }
  mutating func add(_ cells: [String]) { rows.append((cells.map(InertText.words), false)) }

  private var widths: [Int] {
    rows.reduce(into: []) { widths, row in
      for (column, cell) in row.cells.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
  }

  private static let gap = 2

  func lines(_ style: TextStyle, indent: Int = 2) -> [String] {
    let widths = widths
    return lines(style, indent, widths, Array(widths.indices))
  }

  /// One below the other as many blocks of columns as it takes, each with the first column.
  func lines(_ style: TextStyle, indent: Int, within width: Int) -> [String] {
    let widths = widths
    var blocks: [[Int]] = []
    var used = 0
    for column in widths.indices.dropFirst() {
      let needed = Self.gap + widths[column]
      if blocks.isEmpty || used + needed > width {
        blocks.append([0])
        used = indent + widths[0]
      }
      blocks[blocks.count - 1].append(column)
      used += needed
    }
    guard blocks.count > 1 else { return lines(style, indent: indent) }
    return Array(blocks.map { lines(style, indent, widths, $0) }.joined(separator: [""]))
  }

  private func lines(
    _ style: TextStyle, _ indent: Int, _ widths: [Int], _ columns: [Int]
  ) -> [String] {
    rows.map { row in
      var line = String(repeating: " ", count: indent)
      for (position, column) in columns.enumerated() where column < row.cells.count {
        let cell = row.cells[column]
        if position > 0 { line += String(repeating: " ", count: Self.gap) }
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
