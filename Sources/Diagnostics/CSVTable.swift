/// A table of comma-separated values with one header line, every field with its place.
///
///     system,note,latency_ms
///     h200_sxm,"one, two ""three""",0.0123
///
/// Fields may be quoted, as RFC 4180 has it: commas, line ends and doubled quotes stand for
/// themselves inside. Lines end in LF or CR LF; empty lines are skipped. Every row has as many
/// fields as the header, whose names are unique. What the values mean is the business of
/// `CSVReader`.
package struct CSVTable: Sendable {
  package struct Field: Sendable {
    package let text: String
    /// Of its first character, its quote if it has one; counted from 1, in bytes.
    package let column: Int
  }

  package struct Row: Sendable {
    package let line: Int
    let fields: [Field]
  }

  package let file: String
  package let header: [String]
  package let rows: [Row]

  /// - Throws: `InvalidInput` with all that is wrong with the shape of the table.
  package init(_ text: String, file: String) throws {
    self.file = file
    var scanner = CSVScanner(text, file: file)
    var lines = scanner.scan()
    var problems = scanner.problems
    guard !lines.isEmpty else {
      guard problems.isEmpty else { throw InvalidInput(problems) }
      throw InvalidInput(
        Diagnostic(code: "csv/empty", "the file is empty", at: SourceLocation(file: file)))
    }
    let head = lines.removeFirst()
    header = head.fields.map(\.text)
    problems += Self.problems(ofHeader: head, file)
    if lines.isEmpty, problems.isEmpty {
      problems.append(
        Diagnostic(
          code: "csv/no-rows", "the file has a header and no rows",
          at: SourceLocation(file: file, line: head.line)))
    }
    for row in lines where row.fields.count != header.count {
      problems.append(
        Diagnostic(
          code: "csv/field-count",
          "the row must have \(header.count) fields, as the header: \(row.fields.count)",
          at: SourceLocation(file: file, line: row.line)))
    }
    guard problems.isEmpty else { throw InvalidInput(Self.firstOf(problems, file)) }
    rows = lines
  }

  package static func read(_ path: String) throws -> CSVTable {
    try CSVTable(try TextFile.read(path), file: path)
  }

  /// More problems than anyone reads are counted instead.
  static func firstOf(_ problems: [Diagnostic], _ file: String) -> [Diagnostic] {
    guard problems.count > mostProblems else { return problems }
    let rest = problems.count - mostProblems
    return problems.prefix(mostProblems) + [
      Diagnostic(
        code: "csv/more", "and \(rest) more", at: SourceLocation(file: file))
    ]
  }

  private static let mostProblems = 20

  private static func problems(ofHeader head: Row, _ file: String) -> [Diagnostic] {
    var seen: Set<String> = []
    return head.fields.compactMap { field in
      let place = SourceLocation(file: file, line: head.line, column: field.column)
      if field.text.isEmpty {
        return Diagnostic(code: "csv/nameless-column", "a column has no name", at: place)
      }
      guard !seen.insert(field.text).inserted else { return nil }
      return Diagnostic(
        code: "csv/duplicate-column", "two columns have the same name: \(field.text)", at: place)
    }
  }
}

/// Cuts the bytes of a table into fields.
private struct CSVScanner {
  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var line = 1
  private var lineStart = 0
  private(set) var problems: [Diagnostic] = []

  private static let (comma, quote, newline, carriageReturn) = (
    UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")
  )

  init(_ text: String, file: String) {
    var bytes = Array(text.utf8)
    // Spreadsheets begin UTF-8 with a byte order mark.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    self.bytes = bytes
    self.file = file
  }

  mutating func scan() -> [CSVTable.Row] {
    var rows: [CSVTable.Row] = []
    while position < bytes.count {
      let first = line
      let fields = scanLine()
      if fields.count > 1 || !fields[0].text.isEmpty {
        rows.append(CSVTable.Row(line: first, fields: fields))
      }
    }
    return rows
  }

  private mutating func scanLine() -> [CSVTable.Field] {
    var fields: [CSVTable.Field] = []
    while true {
      let column = position - lineStart + 1
      let text = position < bytes.count && bytes[position] == Self.quote ? quoted() : plain()
      fields.append(CSVTable.Field(text: text, column: column))
      guard position < bytes.count, bytes[position] == Self.comma else { break }
      position += 1
    }
    if position < bytes.count { newLine() }
    return fields
  }

  private mutating func newLine() {
    position += 1
    line += 1
    lineStart = position
  }

  private mutating func plain() -> String {
    let start = position
    while position < bytes.count, bytes[position] != Self.comma, bytes[position] != Self.newline {
      if bytes[position] == Self.quote, problems.last?.location?.line != line {
        report("quote", "a quote inside a field that does not begin with one", at: position)
      }
      position += 1
    }
    return text(start..<position)
  }

  private mutating func quoted() -> String {
    let (opening, openingLine, openingStart) = (position, line, lineStart)
    var text: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Self.quote {
        position += 1
        guard position < bytes.count, bytes[position] == Self.quote else {
          let rest = plain()
          if !rest.isEmpty {
            report(
              "quote", "text behind the closing quote: \(rest)", at: position - rest.utf8.count)
          }
          return String(decoding: text, as: UTF8.self)
        }
      }
      text.append(byte)
      if byte == Self.newline { newLine() } else { position += 1 }
    }
    problems.append(
      Diagnostic(
        code: "csv/quote", "a quote that nothing closes",
        at: SourceLocation(
          file: file, line: openingLine, column: opening - openingStart + 1)))
    return String(decoding: text, as: UTF8.self)
  }

  private func text(_ range: Range<Int>) -> String {
    var range = range
    let endsLine = range.upperBound == bytes.count || bytes[range.upperBound] == Self.newline
    if endsLine, let last = range.last, bytes[last] == Self.carriageReturn {
      range = range.lowerBound..<last
    }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  private mutating func report(_ code: String, _ message: String, at position: Int) {
    problems.append(
      Diagnostic(
        code: "csv/\(code)", message,
        at: SourceLocation(file: file, line: line, column: position - lineStart + 1)))
  }
}
