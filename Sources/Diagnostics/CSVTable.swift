internal import ByteStreams

/// A table of comma-separated values with one header line, every field with its place.
///
///     system,note,latency_ms
///     h200_sxm,"one, two ""three""",0.0123
///
/// Fields may be quoted, as RFC 4180 has it: commas, line ends and doubled quotes stand for
/// themselves inside. Lines end in LF or CR LF; empty lines are skipped. Every row has as many
/// fields as the header, whose names are unique. A last line without a line end may be cut off, and
/// is refused unless its last field ends with a quote. What the values mean is the business of
/// `CSVReader`.
package struct CSVTable: Sendable {
  package struct Field: Sendable {
    package let text: String
    /// Column of the field's first character, its quote if it has one; counted from 1, in bytes.
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
    var text = text
    var (lines, problems, endsInDoubt) = text.withUTF8 { bytes in
      var scanner = CSVScanner(bytes, file: file)
      return (scanner.scan(), scanner.problems, scanner.endsInDoubt)
    }
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
    if problems.isEmpty, endsInDoubt, let last = lines.last {
      problems.append(Self.cut(last, file))
    }
    guard problems.isEmpty else { throw InvalidInput(Self.firstOf(problems, file)) }
    rows = lines
  }

  package static func read(_ path: String) throws -> CSVTable {
    try CSVTable(try TextFile.read(path, limit: TextFile.longestTable), file: path)
  }

  /// The problem of a last value that may be cut off: of `12.5` nobody can tell that it is whole
  /// while it may be the beginning of `12.57`.
  private static func cut(_ row: Row, _ file: String) -> Diagnostic {
    let field = row.fields.last
    let value = field.map { $0.text.isEmpty ? "(empty)" : $0.text } ?? "(empty)"
    return Diagnostic(
      code: "csv/cut",
      "the file ends without a line end, so that its last value may be cut off: \(value)",
      at: SourceLocation(file: file, line: row.line, column: field?.column),
      hint: "when it is whole, end the line: `echo >> \(ShellWord.quoted(file))`")
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
  private var scanner: ByteScanner
  private let file: String
  private var line = 1
  private var lineStart: Int
  private(set) var problems: [Diagnostic] = []
  /// Whether nothing says that the last field is whole: neither a line end nor a closing quote.
  private(set) var endsInDoubt = false

  private static let (comma, quote, newline, carriageReturn) = (
    UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")
  )

  init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) {
    scanner = ByteScanner(bytes)
    scanner.position = ByteOrderMark.length(bytes)
    lineStart = scanner.position
    self.file = file
  }

  mutating func scan() -> [CSVTable.Row] {
    var rows: [CSVTable.Row] = []
    while !scanner.isAtEnd {
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
    repeat {
      let column = scanner.position - lineStart + 1
      let isQuoted = scanner.next == Self.quote
      let text = isQuoted ? quoted() : plain()
      endsInDoubt =
        scanner.isAtEnd && !isQuoted && scanner.bytes[scanner.end - 1] != Self.carriageReturn
      fields.append(CSVTable.Field(text: text, column: column))
    } while scanner.takeDelimiter(Self.comma)
    if !scanner.isAtEnd { newLine() }
    return fields
  }

  private mutating func newLine() {
    scanner.position += 1
    line += 1
    lineStart = scanner.position
  }

  private mutating func plain() -> String {
    let start = scanner.position
    while !scanner.isAtEnd, scanner.next != Self.comma, scanner.next != Self.newline {
      if scanner.next == Self.quote, problems.last?.location?.line != line {
        report("quote", "a quote inside a field that does not begin with one", at: scanner.position)
      }
      scanner.position += 1
    }
    return text(start..<scanner.position)
  }

  private mutating func quoted() -> String {
    let (opening, openingLine, openingStart) = (scanner.position, line, lineStart)
    guard let close = scanner.closingQuote(from: opening + 1) else {
      problems.append(
        Diagnostic(
          code: "csv/quote", "a quote that nothing closes",
          at: SourceLocation(
            file: file, line: openingLine, column: opening - openingStart + 1)))
      scanner.position = scanner.end
      return ""
    }
    while scanner.position < close {
      if scanner.next == Self.newline { newLine() } else { scanner.position += 1 }
    }
    scanner.position = close + 1
    let rest = plain()
    if !rest.isEmpty {
      report(
        "quote", "text behind the closing quote: \(rest)",
        at: scanner.position - rest.utf8.count)
    }
    return String(decoding: scanner.text(opening + 1..<close), as: UTF8.self)
      .replacing("\"\"", with: "\"")
  }

  private func text(_ range: Range<Int>) -> String {
    var range = range
    let endsLine =
      range.upperBound == scanner.end || scanner.bytes[range.upperBound] == Self.newline
    if endsLine, let last = range.last, scanner.bytes[last] == Self.carriageReturn {
      range = range.lowerBound..<last
    }
    return String(decoding: scanner.text(range), as: UTF8.self)
  }

  private mutating func report(_ code: String, _ message: String, at position: Int) {
    problems.append(
      Diagnostic(
        code: "csv/\(code)", message,
        at: SourceLocation(file: file, line: line, column: position - lineStart + 1)))
  }
}
