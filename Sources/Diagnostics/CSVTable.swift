internal import ByteStreams
internal import Units

/// A table of comma-separated values with one header line, every field with its place.
///
///     system,note,latency_ms
///     h200_sxm,"one, two ""three""",0.0123
///
/// Fields may be quoted, as RFC 4180 has it: commas, line ends and doubled quotes stand for
/// themselves inside. Lines end in LF or CR LF; empty lines are skipped. Every row has as many
/// fields as the header, whose names are unique. A last line without a line end may be cut off, and
/// is refused unless its last field ends with a quote. A table is held whole, so one of more than
/// `mostFields` is refused. What the values mean is the business of `CSVReader`.
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

  /// Sixteen times those of the largest table that comes with the program, in 200 MB.
  package static let mostFields = 2_000_000

  /// - Throws: `InvalidInput` with all that is wrong with the shape of the table.
  package init(_ text: String, file: String, mostFields: Int = mostFields) throws {
    self.file = file
    var text = text
    var (lines, problems, endsInDoubt, all) = text.withUTF8 { bytes in
      var scanner = CSVScanner(bytes, file: file)
      return (scanner.scan(mostFields), scanner.problems, scanner.endsInDoubt, scanner.size)
    }
    guard all.fields <= mostFields else {
      throw InvalidInput(Self.tooLarge(all, lines.first?.fields.count, mostFields, file))
    }
    guard !lines.isEmpty else {
      try problems.check(file)
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
    try problems.check(file)
    rows = lines
  }

  package static func read(_ path: String) throws -> CSVTable {
    try CSVTable(try TextFile.read(path, limit: TextFile.longestTable), file: path)
  }

  private static func tooLarge(
    _ all: (rows: Int, fields: Int), _ columns: Int?, _ most: Int, _ file: String
  ) -> Diagnostic {
    let rows = columns.map { most / $0 - 1 } ?? 0
    return Diagnostic(
      code: "csv/too-large",
      "the table has \(NumberText.grouped(all.fields)) fields, and at most "
        + "\(NumberText.grouped(most)) are read",
      at: SourceLocation(file: file),
      notes: ["they stand in \(NumberText.grouped(all.rows)) lines, the header included"],
      hint: rows > 0
        ? "cut it into files of at most \(NumberText.grouped(rows)) rows, each with the header"
        : nil)
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
  private(set) var problems = ProblemList()
  /// The last line with a quote inside a plain field: one is said of each.
  private var lineOfQuote = 0
  /// Whether nothing says that the last field is whole: neither a line end nor a closing quote.
  private(set) var endsInDoubt = false
  /// Rows and fields that there are, also where there are more than are kept.
  private(set) var size = (rows: 0, fields: 0)

  private static let (comma, quote, newline, carriageReturn) = (
    UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")
  )

  init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) {
    scanner = ByteScanner(bytes)
    scanner.position = ByteOrderMark.length(bytes)
    lineStart = scanner.position
    self.file = file
  }

  /// - Parameter most: fields after which rows are counted and not kept.
  mutating func scan(_ most: Int) -> [CSVTable.Row] {
    var rows: [CSVTable.Row] = []
    while !scanner.isAtEnd {
      let first = line
      let before = size.fields
      let fields = scanLine(most)
      if fields.count > 1 || !fields[0].text.isEmpty {
        size.rows += 1
        if size.fields <= most { rows.append(CSVTable.Row(line: first, fields: fields)) }
      } else {
        size.fields = before
      }
    }
    return rows
  }

  private mutating func scanLine(_ most: Int) -> [CSVTable.Field] {
    var fields: [CSVTable.Field] = []
    repeat {
      let column = scanner.position - lineStart + 1
      let isQuoted = scanner.next == Self.quote
      let text = isQuoted ? quoted() : plain()
      endsInDoubt =
        scanner.isAtEnd && !isQuoted && scanner.bytes[scanner.end - 1] != Self.carriageReturn
      size.fields += 1
      if fields.count < 2 || size.fields <= most {
        fields.append(CSVTable.Field(text: text, column: column))
      }
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
      if scanner.next == Self.quote, lineOfQuote != line {
        lineOfQuote = line
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
