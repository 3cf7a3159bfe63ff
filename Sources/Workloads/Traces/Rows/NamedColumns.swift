internal import ByteStreams
internal import Diagnostics

/// The columns that somebody named, with the unit of the times found where nobody said it.
struct NamedColumns {
  let schema: RowSchema
  private(set) var notes: [Diagnostic] = []

  init(_ options: TraceOptions, in source: ByteSource, isTable: Bool) throws {
    func name(_ field: TraceOptions.ColumnField) -> String? {
      options.columns.last { $0.field == field }?.name
    }
    let keys = options.keys
    let isInputSaid = options.inputTokens != nil
    let isOutputSaid = options.outputTokens != nil
    let missing = [(TraceOptions.ColumnField.input, isInputSaid), (.output, isOutputSaid)]
      .filter { name($0.0) == nil && !$0.1 }.map(\.0)
    if let first = missing.first {
      throw InvalidInput(
        Diagnostic(
          code: "trace/columns",
          "`\(keys.name(.columns))` does not say which one is `\(first.rawValue)`",
          at: SourceLocation(file: source.path),
          hint: "add it, or say how long all are: "
            + (first == .input
              ? "`\(keys.typed(.input, "1000"))`" : "`\(keys.typed(.output, "200"))`")))
    }
    var unit = options.timeUnit
    if unit == nil, let column = name(.time) {
      let value = try Self.firstValue(of: column, in: source, isTable, options.delimiter)
      let (found, isCertain) = TimeUnit.found(in: value, of: column)
      unit = found
      if !isCertain {
        notes.append(
          Diagnostic(
            .note, code: "trace/time-unit", "the times in `\(column)` are taken for seconds",
            at: SourceLocation(file: source.path),
            hint: "say what they are in: `\(keys.typed(.timeUnit, "ms"))`"))
      }
    }
    schema = RowSchema(
      options.columns.map { column in
        RowSchema.Entry(
          [column.name], Self.field(column, unit ?? .seconds),
          // A table has the columns that somebody named; an object may lack a key.
          isRequired: isTable || column.field == .time || column.field == .input && !isInputSaid
            || column.field == .output && !isOutputSaid)
      })
  }

  private static func field(_ column: TraceOptions.Column, _ unit: TimeUnit) -> RowField {
    // A duration is no date.
    let own = TimeUnit.named(in: column.name) ?? (unit == .date ? .seconds : unit)
    return switch column.field {
    case .time: .time(unit)
    case .input: .input
    case .output: .output
    case .session: .session
    case .turn: .turn
    case .delay: .delay(own)
    case .duration: .duration(own)
    case .prefix: .prefix
    case .ids: .ids
    case .priority: .priority
    }
  }

  /// The value of a column, or at a path of keys, in the first row that has one; nil where there is
  /// none.
  private static func firstValue(
    of column: String, in source: ByteSource, _ isTable: Bool, _ delimiter: UInt8?
  ) throws(ByteStreamFailure) -> String? {
    let lines = try LineReader(source)
    guard isTable else { return try firstValue(at: column, lines) }
    var header: TableHeader?
    while var line = try lines.next() {
      guard !line.isEmpty else { continue }
      guard let header else {
        header = TableHeader(line, delimiter: delimiter)
        continue
      }
      guard let index = header.names.firstIndex(of: column) else { return nil }
      var field = header.field(index, of: line)
      // A field between quotes may hold line ends.
      while case .unclosed = field, let longer = try lines.extend() {
        line = longer
        field = header.field(index, of: line)
      }
      let value = String(decoding: field.text, as: UTF8.self)
      if !value.isEmpty { return header.hasCommas ? value.replacing(",", with: ".") : value }
    }
    return nil
  }

  private static func firstValue(
    at path: String, _ lines: LineReader
  ) throws(ByteStreamFailure) -> String? {
    var objects = ObjectReader(lines)
    while let object = try objects.next() {
      var scanner = ByteScanner(object)
      scanner.skipSpaces()
      let found = value(at: path.split(separator: ".")[...], &scanner)
      if let found, found != "null" { return found }
    }
    return nil
  }

  private static func value(
    at path: ArraySlice<Substring>, _ scanner: inout ByteScanner
  ) -> String? {
    guard let first = path.first else {
      let start = scanner.position
      if let text = scanner.string() { return String(decoding: text, as: UTF8.self) }
      guard scanner.skipValue() else { return nil }
      let text = scanner.text(start..<scanner.position)
      return String(decoding: text.prefix { $0 > 0x20 }, as: UTF8.self)
    }
    guard scanner.take("{") else { return nil }
    repeat {
      guard let name = scanner.string(), scanner.take(":") else { return nil }
      if name.elementsEqual(first.utf8) { return value(at: path.dropFirst(), &scanner) }
      guard scanner.skipValue() else { return nil }
    } while scanner.take(",")
    return nil
  }
}

extension TimeUnit {
  /// The unit that a name ends in: `arrival_ms`, `time_ns`, `tsSeconds`.
  static func named(in column: String) -> TimeUnit? {
    let last = column.split { "._ ()[]".contains($0) }.last.map { $0.lowercased() } ?? ""
    switch last {
    case "ns", "nanoseconds", "nanos": return .nanoseconds
    case "us", "microseconds", "micros": return .microseconds
    case "ms", "milliseconds", "millis": return .milliseconds
    case "s", "sec", "seconds", "secs": return .seconds
    default: return nil
    }
  }

  /// What a column's times are in, by its name and its first value: a date, seconds since 1970 or
  /// thousandths of them are known by their size. What is none of them are seconds.
  static func found(in value: String?, of column: String) -> (unit: TimeUnit, isCertain: Bool) {
    if let value,
      TimeText.isMeantAsDate(value.utf8)
        || Array(value.utf8).withUnsafeBufferPointer({ TimeText.date($0) }) != nil
    {
      return (.date, true)
    }
    if let unit = named(in: column) { return (unit, true) }
    guard let number = value.flatMap(Double.init), number >= 1e8 else { return (.seconds, false) }
    switch number {
    case 1e17...: return (.nanoseconds, true)
    case 1e14...: return (.microseconds, true)
    case 1e11...: return (.milliseconds, true)
    default: return (.seconds, true)
    }
  }
}
