/// Strict reading of the values of a table: a reader asks for fields and goes on after a problem,
/// so that all problems of a file are reported at once.
///
///     let reader = CSVReader(try CSVTable.read("gemm.csv"), needing: ["m", "latency_ms"])
///     for row in reader.rows { shapes.append(reader.number("m", row, .positive)) }
///     try reader.check()
///
/// What is returned after a problem is a stand-in that `check()` keeps from being used.
package final class CSVReader {
  package let table: CSVTable
  private let positions: [String: Int]
  private var problems = ProblemList()

  /// - Parameter names: columns that must be there; others may be.
  /// - Throws: `InvalidInput` with every column that is missing.
  package init(_ table: CSVTable, needing names: [String]) throws {
    self.table = table
    positions = Dictionary(
      uniqueKeysWithValues: table.header.enumerated().map { ($0.element, $0.offset) })
    let missing = names.filter { positions[$0] == nil }
    // A column that is needed itself is not another one misspelt.
    let others = table.header.filter { !names.contains($0) }
    guard missing.isEmpty else {
      throw InvalidInput(
        missing.map { name in
          Diagnostic(
            code: "csv/missing-column", "missing column `\(name)`",
            at: SourceLocation(file: table.file, line: 1),
            hint: Suggestion.nearest(to: name, in: others).map { "is it `\($0)`?" })
        })
    }
  }

  package var rows: [CSVTable.Row] { table.rows }

  /// A column's text, or nil where the table has no such column.
  package func text(_ name: String, _ row: CSVTable.Row) -> String? {
    positions[name].map { row.fields[$0].text }
  }

  /// The cells of a row, in the order of the header.
  package func cells(_ row: CSVTable.Row) -> [String] { row.fields.map(\.text) }

  package func place(_ name: String, _ row: CSVTable.Row) -> SourceLocation {
    SourceLocation(
      file: table.file, line: row.line,
      column: positions[name].map { row.fields[$0].column })
  }

  package func number(_ name: String, _ row: CSVTable.Row, _ bounds: Bounds) -> Double {
    let text = text(name, row) ?? ""
    // What a pen may write and what a program does: `1e-3`, no `0x1p3`, no `nan`.
    let isPlain = text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
    guard isPlain, let value = Double(text), value.isFinite else {
      report("not-a-number", "`\(name)` must be a number: \(shown(text))", name, row)
      return bounds.standIn
    }
    guard bounds.contains(value) else {
      report("out-of-range", "`\(name)` must be \(bounds.words()): \(text)", name, row)
      return bounds.standIn
    }
    return value
  }

  package func integer(_ name: String, _ row: CSVTable.Row, in range: ClosedRange<Int>) -> Int {
    let text = text(name, row) ?? ""
    guard let value = Int(text) else {
      report("not-a-number", "`\(name)` must be a whole number: \(shown(text))", name, row)
      return range.lowerBound
    }
    guard range.contains(value) else {
      report(
        "out-of-range",
        "`\(name)` must be from \(range.lowerBound) to \(range.upperBound): \(text)",
        name, row)
      return range.lowerBound
    }
    return value
  }

  /// A word of a closed list, as what it stands for.
  package func choice<Value>(
    _ name: String, _ row: CSVTable.Row, _ words: [(word: String, value: Value)]
  ) -> Value {
    let text = text(name, row) ?? ""
    if let found = words.first(where: { $0.word == text }) { return found.value }
    let listed = words.map { "`\($0.word)`" }.joined(separator: ", ")
    report(
      "unknown-word", "`\(name)` must be one of \(listed): \(shown(text))", name, row,
      hint: Suggestion.nearest(to: text, in: words.map(\.word)).map { "did you mean `\($0)`?" })
    return words[0].value
  }

  package func report(
    _ code: String, _ message: String, _ name: String, _ row: CSVTable.Row, notes: [String] = [],
    hint: String? = nil
  ) {
    problems.append(
      Diagnostic(
        code: "csv/\(code)", message, at: place(name, row), notes: notes, hint: hint))
  }

  /// - Throws: `InvalidInput` with everything reported, in file order, if anything was.
  package func check() throws {
    try problems.check(table.file, isOrdered: false)
  }

  private func shown(_ text: String) -> String { text.isEmpty ? "(empty)" : text }
}
