internal import ByteStreams
internal import Diagnostics

/// Rows of a table with a header.
final class DelimitedRows {
  private let lines: LineReader
  private let format: TraceFormat
  private let problems: TraceProblems
  private let defaults: RowDefaults
  private let header: TableHeader
  /// What each column says, as far as the last one that says something.
  private let columns: [RowField?]
  private let hasDelays: Bool
  /// Whether nothing stands behind the columns that say something.
  private let isWhole: Bool
  private var values = RowValues()
  private var memory = TurnMemory()

  init(
    _ lines: LineReader, _ header: TableHeader, _ schema: RowSchema, _ format: TraceFormat,
    _ defaults: RowDefaults, _ problems: TraceProblems
  ) {
    self.lines = lines
    self.format = format
    self.defaults = defaults
    self.problems = problems
    self.header = header
    columns = header.fields(of: schema)
    isWhole = columns.count == header.names.count
    hasDelays = columns.contains { if case .delay = $0 { true } else { false } }
  }

  var line: Int { lines.lastNumber }

  /// The next row that can be read; false at the end.
  func next(_ row: inout TraceRow) throws(ByteStreamFailure) -> Bool {
    while var line = try lines.next() {
      guard !line.isEmpty else { continue }
      swap(&values.row, &row)
      var isRead = read(line)
      // A field between quotes may hold line ends.
      while isRead == nil {
        guard let longer = try lines.extend() else {
          problems.report(
            "quote", "a quote that nothing closes", line: lines.number,
            hint: "close it, or write two for one that is part of the text")
          isRead = false
          break
        }
        line = longer
        isRead = read(line)
      }
      swap(&values.row, &row)
      if isRead == true { return true }
    }
    return false
  }

  /// Whether the line is a request; nil where it ends within quotes. Problems are reported.
  private func read(_ line: UnsafeBufferPointer<UInt8>) -> Bool? {
    values.clear()
    values.row.line = lines.number
    var scanner = ByteScanner(line)
    if header.isSpaced {
      if let count = header.miscounted(line) {
        problems.report(
          "columns", "line has \(count) columns, and the first one \(header.names.count)",
          line: lines.number, hint: "a value with a space in it stands between quotes")
        return false
      }
      scanner.skipSpaces()
    }
    var column = 0
    repeat {
      let field = scanner.field(header.delimiter)
      if case .unclosed = field { return nil }
      if let meaning = columns[column] {
        let text = field.text
        let isLeftOut = text.isEmpty && isOptional(meaning)
        guard isLeftOut || values.read(meaning, text) || readWithComma(meaning, text) else {
          let (code, message, hint) = RowValues.problem(meaning, header.names[column], text)
          problems.report(code, message, line: lines.number, hint: hint)
          return false
        }
        if scanner.isAtEnd, !lines.isTerminated, case .text = field, !PublishedTrace.isOne(lines) {
          reportCut(text)
          return false
        }
      }
      column += 1
    } while column < columns.count && scanner.takeDelimiter(header.delimiter)
    guard column == columns.count else {
      problems.report(
        "columns", "line has \(column) of \(columns.count) columns", line: lines.number,
        hint: "expected `\(header.text)`")
      return false
    }
    guard !isWhole || scanner.isAtEnd || isOnlyDelimiters(scanner.rest) else {
      problems.report(
        "columns", "line has more than \(column) columns", line: lines.number,
        hint: "a value with `\(Character(UnicodeScalar(header.delimiter)))` in it stands between "
          + "quotes")
      return false
    }
    guard hasTime() else { return false }
    finish()
    return true
  }

  private func isOnlyDelimiters(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.allSatisfy { $0 == header.delimiter || $0 == 0x20 || $0 == 0x0D }
  }

  /// Whether the row has its time, or a delay in the place of it.
  private func hasTime() -> Bool {
    guard hasDelays, values.row.nanoseconds == nil, values.row.delayNanoseconds == nil else {
      return true
    }
    for (index, field) in columns.enumerated() {
      guard case .time(let unit) = field else { continue }
      let (code, message, hint) = RowValues.problem(
        .time(unit), header.names[index], UnsafeBufferPointer(start: nil, count: 0))
      problems.report(code, message, line: lines.number, hint: hint)
      return false
    }
    return true
  }

  /// A number with a comma in it, as where the semicolon is the delimiter.
  private func readWithComma(_ field: RowField, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let comma = UInt8(ascii: ",")
    guard header.hasCommas, text.contains(comma), !text.contains(0x2E) else { return false }
    switch field {
    case .time(let unit) where unit != .date: break
    case .delay, .delayAfter, .duration: break
    default: return false
    }
    return text.map { $0 == comma ? 0x2E : $0 }.withUnsafeBufferPointer { values.read(field, $0) }
  }

  /// Whether a row need not say it.
  private func isOptional(_ field: RowField) -> Bool {
    switch field {
    // A turn that waits says how long; whether it does is seen when all of the row is read.
    case .time: hasDelays
    case .input, .output: defaults.have(field)
    default: true
    }
  }

  private func finish() {
    let own = values.input >= 0 ? values.input : defaults.input
    values.row.inputTokens = Int32(own)
    values.row.outputTokens = Int32(values.output >= 0 ? values.output : defaults.output)
    if defaults.addsUp, values.row.session != 0 {
      if !memory.addUp(&values.row) { TurnMemory.reportOrder(lines.number, problems) }
      return
    }
    guard values.prefix >= 0 || values.delayAfterNanoseconds > 0 || format == .tracelab else {
      return
    }
    // Counted apart: what the turn before had, and what is new.
    let total = min(own + max(values.prefix, 0), TraceRow.mostTokens)
    values.row.inputTokens = Int32(total)
    memory.complete(
      &values.row, prefix: values.prefix, delayAfterNanoseconds: values.delayAfterNanoseconds)
  }

  /// A number at the end of a file that does not end with a line end may be the beginning of one.
  private func reportCut(_ text: UnsafeBufferPointer<UInt8>) {
    problems.report(
      "cut",
      "the file ends without a line end, so that its last value may be cut off: \(shown(text))",
      line: lines.number,
      hint: "when it is whole, end the line: `echo >> \(ShellWord.quoted(lines.path))`")
  }
}

/// What a table's first line says.
struct TableHeader {
  let names: [String]
  let delimiter: UInt8
  /// The line as it is written.
  let text: String

  /// Whether columns are kept apart by any number of spaces.
  var isSpaced: Bool { delimiter == UInt8(ascii: " ") }

  /// Whether a comma may be the sign in front of decimals.
  var hasCommas: Bool { delimiter == UInt8(ascii: ";") }

  /// - Parameter delimiter: the one that makes the most columns where it is nil.
  init(_ line: UnsafeBufferPointer<UInt8>, delimiter: UInt8? = nil) {
    text = String(decoding: line, as: UTF8.self)
    let candidates = delimiter.map { [$0] } ?? [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
    var best: (names: [String], delimiter: UInt8) = ([], candidates[0])
    for candidate in candidates {
      let names = Self.names(line, candidate)
      if names.count > best.names.count { best = (names, candidate) }
    }
    // One column alone may have values with spaces in them.
    let space = UInt8(ascii: " ")
    if delimiter == nil, best.names.count < 2 {
      let names = Self.names(line, space)
      if names.count > 1 { best = (names, space) }
    }
    (names, self.delimiter) = best
  }

  private static func names(_ line: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8) -> [String] {
    var scanner = ByteScanner(line)
    if delimiter == 0x20 { scanner.skipSpaces() }
    var names: [String] = []
    repeat {
      let text = scanner.field(delimiter).words
      names.append(String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
    } while scanner.takeDelimiter(delimiter)
    return names
  }

  /// A field of a line; of one that ends before it, what there is.
  func field(_ index: Int, of line: UnsafeBufferPointer<UInt8>) -> ByteScanner.Field {
    var scanner = ByteScanner(line)
    if isSpaced { scanner.skipSpaces() }
    for _ in 0..<index {
      if case .unclosed = scanner.field(delimiter) { return .unclosed }
      guard scanner.takeDelimiter(delimiter) else { break }
    }
    return scanner.field(delimiter)
  }

  /// How many columns a line has; nil where there are as many as names, or a quote is not closed.
  func miscounted(_ line: UnsafeBufferPointer<UInt8>) -> Int? {
    var scanner = ByteScanner(line)
    scanner.skipSpaces()
    var count = 0
    repeat {
      if case .unclosed = scanner.field(delimiter) { return nil }
      count += 1
    } while scanner.takeDelimiter(delimiter)
    return count == names.count ? nil : count
  }

  /// The column of an entry, by the first of its names that is there.
  func column(of entry: RowSchema.Entry) -> Int? {
    for name in entry.names {
      if let index = names.firstIndex(of: name) { return index }
    }
    return nil
  }

  func missing(_ schema: RowSchema) -> [RowSchema.Entry] {
    schema.entries.filter { $0.isRequired && column(of: $0) == nil }
  }

  /// By column, as far as the last one that is needed.
  func fields(of schema: RowSchema) -> [RowField?] {
    var fields = [RowField?](repeating: nil, count: names.count)
    for entry in schema.entries {
      if let index = column(of: entry) { fields[index] = entry.field }
    }
    while fields.last == .some(nil) { fields.removeLast() }
    return fields
  }
}
