internal import Diagnostics
internal import Statistics
internal import Units

/// A request that is read from a file as it is replayed.
struct StreamedRow: Sendable {
  var nanoseconds: Int64 = 0
  var inputTokens: Int32 = 0
  var outputTokens: Int32 = 0
  var session: UInt64 = 0
  var priority: Int32 = 0
  var scope: UInt64 = 0
  var ids: [UInt64] = []
}

/// The rows of a trace in the order of their times, read from its files.
final class OrderedRows {
  /// That may be in memory at a time.
  static let mostWaiting = 1_000_000

  private let reader: RowReader
  private let format: TraceFormat
  let problems: TraceProblems
  private let first: Int64
  private let lateness: Int64
  private let jitterNanoseconds: Int64
  private var jitter: RandomStream
  private let isSorted: Bool
  private var window = ReorderWindow<StreamedRow>()
  private var row = TraceRow()
  private var latest: Int64 = 0
  private var hasEnded = false
  /// Rows that ask for something, so far.
  private(set) var count = 0
  private(set) var mostWaiting = 0

  /// - Parameter jitter: draws by how much each row is moved, up to `jitterNanoseconds`.
  init(
    _ source: RowSource, _ summary: TraceSummary, jitterNanoseconds: Int64 = 0,
    jitter: RandomStream = RandomStream(seed: 0, name: "")
  ) {
    problems = TraceProblems(file: source.path)
    reader = source.reader(problems)
    format = source.format
    first = summary.firstNanoseconds
    lateness = summary.latenessNanoseconds
    self.jitterNanoseconds = jitterNanoseconds
    self.jitter = jitter
    isSorted = lateness == 0 && jitterNanoseconds == 0
  }

  /// The stream that moves rows, as it is now, to go on with.
  var jitterStream: RandomStream { jitter }

  /// Goes to the next row, its time counted from the first one; false at the end.
  func next(_ result: inout StreamedRow) -> Bool {
    if isSorted { return read(&result) }
    while true {
      let horizon = hasEnded ? Int64.max : latest - lateness
      if let (time, row) = window.take(before: horizon) {
        result = row
        result.nanoseconds = time
        return true
      }
      guard !hasEnded else { return false }
      var row = StreamedRow()
      guard read(&row) else {
        hasEnded = true
        continue
      }
      latest = max(latest, row.nanoseconds)
      var time = row.nanoseconds
      if jitterNanoseconds > 0 {
        time += Int64(jitter.uniform() * Double(jitterNanoseconds))
      }
      window.add(row, at: time)
      mostWaiting = max(mostWaiting, window.count)
      // What has so many is refused before it is replayed.
      if mostWaiting > Self.mostWaiting { return false }
    }
  }

  private func read(_ result: inout StreamedRow) -> Bool {
    repeat {
      guard reader.next(&row) else { return false }
    } while !format.isRequest(row)
    count += 1
    result.nanoseconds = (row.nanoseconds ?? first) - first
    result.inputTokens = row.inputTokens
    result.outputTokens = row.outputTokens
    result.session = row.session
    result.priority = row.priority
    result.scope = row.scope
    swap(&result.ids, &row.ids)
    return true
  }

  /// - Throws: `InvalidInput` where too many rows are out of order to be put into it.
  static func checkWindow(
    _ source: RowSource, _ summary: TraceSummary, jitterNanoseconds: Int64 = 0
  ) throws(InvalidInput) {
    let rows = OrderedRows(
      source, summary, jitterNanoseconds: jitterNanoseconds,
      jitter: RandomStream(seed: 1, name: "jitter"))
    var row = StreamedRow()
    while rows.next(&row) {}
    guard rows.mostWaiting > mostWaiting else { return }
    let seconds = Double(summary.latenessNanoseconds + jitterNanoseconds) * 1e-9
    throw InvalidInput(
      Diagnostic(
        code: "trace/order",
        "rows are out of order by up to \(NumberText.quantity(seconds, .seconds)), in which more "
          + "than \(NumberText.grouped(mostWaiting)) rows come",
        at: SourceLocation(
          file: source.path,
          line: summary.firstEarlierLine > 0 ? summary.firstEarlierLine : nil),
        hint: "sort the file by its times, or replay a part of it"))
  }
}
