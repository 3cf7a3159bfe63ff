internal import ByteStreams
internal import Diagnostics

/// The rows of a trace, one at a time, in the order of its files.
///
///     let reader = try rows.reader(problems)
///     var row = TraceRow()
///     while reader.next(&row) { ... }
///     try problems.check()
///
/// What is wrong is reported, and the reader goes on behind it.
package final class RowReader {
  private enum Rows {
    case table(DelimitedRows)
    case objects(ObjectRows)
    case weka(WekaSessions)
    case servingSim(ServingSimRows)
    case traceLab(TraceLabRounds)
    case serveGen(ServeGenRows)
  }

  private let source: RowSource
  private let problems: TraceProblems
  private var files: ArraySlice<ByteSource>
  private var rows: Rows?
  private let sessions = WekaMemory()
  /// Rows that have no place in time.
  private var undated = 0

  init(_ source: RowSource, _ problems: TraceProblems) {
    self.source = source
    self.problems = problems
    files = source.files[...]
    if let clients = source.clients {
      rows = .serveGen(ServeGenRows(clients, seed: source.options.seed))
    }
  }

  /// Sessions that were passed over, for they repeat another.
  var repeatedSessions: Int { sessions.repeated }

  var undatedRows: Int {
    if case .traceLab(let rows) = rows { undated + rows.undated } else { undated }
  }

  /// Tokens of a block, where the trace says so itself.
  var blockTokens: Int? {
    if case .objects(let rows) = rows { rows.blockTokens } else { sessions.blockTokens }
  }

  /// Goes to the next row that can be read; false at the end.
  package func next(_ row: inout TraceRow) -> Bool {
    while true {
      do throws(ByteStreamFailure) {
        if try advance(&row) { return true }
      } catch {
        problems.report(error, line: line)
        files = []
      }
      undated = undatedRows
      rows = nil
      guard let file = files.popFirst() else { return false }
      problems.file = file.path
      do throws(ByteStreamFailure) {
        rows = try open(file)
      } catch {
        problems.report(error, line: 0)
        files = []
      }
    }
  }

  private func advance(_ row: inout TraceRow) throws(ByteStreamFailure) -> Bool {
    switch rows {
    case .table(let rows): try rows.next(&row)
    case .objects(let rows): try rows.next(&row)
    case .weka(let rows): try rows.next(&row)
    case .servingSim(let rows): try rows.next(&row)
    case .traceLab(let rows): try rows.next(&row)
    case .serveGen(let rows): rows.next(&row)
    case nil: false
    }
  }

  /// The last whole line of the file at hand.
  private var line: Int {
    switch rows {
    case .table(let rows): rows.line
    case .objects(let rows): rows.line
    case .weka(let rows): rows.line
    case .servingSim(let rows): rows.line
    case .traceLab(let rows): rows.line
    case .serveGen, nil: 0
    }
  }

  private func open(_ file: ByteSource) throws(ByteStreamFailure) -> Rows? {
    if source.format == .weka { return .weka(try WekaSessions(file, sessions, problems)) }
    if let schema = source.tableSchema { return try openTable(file, schema) }
    let lines = try LineReader(file)
    switch source.format {
    case .llmservingsim: return .servingSim(ServingSimRows(lines, problems))
    case .tracelab: return .traceLab(TraceLabRounds(lines, problems))
    default:
      guard let schema = source.objectSchema else { return nil }
      return .objects(
        ObjectRows(lines, schema, source.format, source.defaults, problems))
    }
  }

  private func openTable(
    _ file: ByteSource, _ schema: RowSchema
  ) throws(ByteStreamFailure) -> Rows? {
    let lines = try LineReader(file, checks: PublishedTrace.mayBe(file))
    var first = try lines.next()
    while let line = first, line.isEmpty { first = try lines.next() }
    // A file without anything has no rows, which is said in the end.
    guard let first else { return nil }
    let header = TableHeader(first, delimiter: source.options.delimiter)
    let missing = header.missing(schema)
    guard missing.isEmpty else {
      source.report(missing, in: header, line: lines.number, to: problems)
      return nil
    }
    return .table(
      DelimitedRows(lines, header, schema, source.format, source.defaults, problems))
  }
}
