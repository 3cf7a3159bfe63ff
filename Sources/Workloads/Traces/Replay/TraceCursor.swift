internal import Diagnostics
internal import Statistics

/// A request of a trace at the time at which it is replayed.
struct RecordedRequest {
  /// Since the start of the run [ns].
  var nanoseconds: Int64
  var inputTokens: Int32
  var outputTokens: Int32
  /// -1 for none.
  var session: Int32
  /// Its number among the rows in memory, counted on through the rounds; -1 for a row that is read.
  var row: Int32 = -1
  /// The lower the more urgent; 0 where it has none.
  var priority: Int32 = 0
}

/// Goes through the requests of a trace that wait for nobody, in order, round after round.
final class TraceCursor {
  /// 127 years, as for arrivals that are drawn.
  private static let latest: Int64 = 4_000_000_000_000_000_000

  private let trace: Trace
  private let kept: KeptRows?
  private let period: Int64
  private let isEndless: Bool
  private(set) var round = 0
  /// Position among the heads in memory.
  private var position = 0
  private var window = ReorderWindow<Int>()
  private var jitter: RandomStream
  /// The rows that are read; nil where they are in memory.
  private var rows: OrderedRows?
  private(set) var streamed = StreamedRow()
  private var last: Int64 = 0
  /// Nil where each turn waits for one answer, alone.
  let branches: OpenBranches?
  /// Why there is no next request, where that is not the end of the trace.
  private(set) var failure: TraceFailure?

  /// - Parameter isEndless: whether the first round follows the last one.
  init(_ trace: Trace, seed: UInt64, isEndless: Bool) {
    self.trace = trace
    self.isEndless = isEndless
    kept = trace.recording.kept
    branches = OpenBranches(kept)
    period = trace.periodNanoseconds
    jitter = RandomStream(seed: seed, name: "jitter")
  }

  /// The next request; nil at the end.
  func next() -> RecordedRequest? {
    while failure == nil {
      if let request = kept == nil ? nextRead() : nextKept() { return request }
      guard failure == nil, isEndless || round + 1 < trace.rounds, trace.extent.heads > 0 else {
        return nil
      }
      round += 1
      rewind()
    }
    return nil
  }

  /// The turn that waits for the answer of a request in memory, its time that from the answer on.
  func next(after request: Request) -> RecordedRequest? {
    guard let kept, request.row >= 0 else { return nil }
    let row = Int(request.row) % kept.count
    guard let next = kept.next(after: row) else { return nil }
    let round = Int(request.row) / kept.count
    return self.request(next.row, at: next.delayNanoseconds, of: kept, round: round)
  }

  /// A turn whose answers are there, its time that from the last of them on.
  func request(_ turn: OpenBranches.Turn) -> RecordedRequest? {
    guard let kept else { return nil }
    let (round, row) = turn.row.quotientAndRemainder(dividingBy: kept.count)
    return request(row, at: kept.delay(of: row), of: kept, round: round)
  }

  /// Keeps the ids of the request that was read last.
  func keepText(of index: Int32, in open: OpenTexts) {
    open.add(index, scope: scopeOfRound(round, streamed.scope), streamed.ids)
  }

  private func rewind() {
    rows = nil
    position = 0
  }

  // MARK: Rows in memory

  private func nextKept() -> RecordedRequest? {
    guard let kept else { return nil }
    guard trace.jitterNanoseconds > 0 else {
      return nextHead(of: kept).map {
        request($0, at: placed(kept.times[$0]), of: kept, round: round)
      }
    }
    while true {
      let upcoming = upcomingTime(of: kept)
      if let (time, row) = window.take(before: upcoming ?? .max) {
        return request(row, at: placed(time), of: kept, round: round)
      }
      guard let row = nextHead(of: kept) else { return nil }
      let moved = Int64(jitter.uniform() * Double(trace.jitterNanoseconds))
      window.add(row, at: kept.times[row] + moved)
    }
  }

  private func upcomingTime(of kept: KeptRows) -> Int64? {
    guard position < kept.headCount else { return nil }
    return kept.times[kept.head(position)]
  }

  private func nextHead(of kept: KeptRows) -> Int? {
    guard upcomingTime(of: kept) != nil else { return nil }
    position += 1
    return kept.head(position - 1)
  }

  private func request(
    _ row: Int, at nanoseconds: Int64, of kept: KeptRows, round: Int
  ) -> RecordedRequest {
    // As many rounds as there are numbers for; then texts come again.
    let number = round % max(1, Int(Int32.max) / kept.count)
    return RecordedRequest(
      nanoseconds: nanoseconds, inputTokens: kept.inputs[row],
      outputTokens: trace.written(of: kept.outputs[row]),
      session: session(kept.session(of: row), number), row: Int32(row + number * kept.count),
      priority: kept.priorities.isEmpty ? 0 : kept.priorities[row])
  }

  /// Sessions of different rounds are different ones.
  private func session(_ number: Int32, _ round: Int) -> Int32 {
    guard number >= 0 else { return -1 }
    return Int32((Int(number) + round * trace.summary.sessions) & 0x7FFF_FFFF)
  }

  /// When a request of the trace's clock comes in the run.
  private func placed(_ nanoseconds: Int64) -> Int64 {
    let start = kept == nil ? trace.slice?.lowerBound ?? 0 : 0
    // Rounds without end, asked for by other arrivals, leave the range of simulated time.
    let (sum, isLate) = Int64(round).multipliedReportingOverflow(by: period)
    let (time, isLater) = sum.addingReportingOverflow(nanoseconds - start)
    let scaled =
      isLate || isLater
      ? Self.latest
      : trace.speed == 1
        ? min(time, Self.latest)
        : Int64(min(Double(Self.latest), (Double(time) * 1e-9 / trace.speed * 1e9).rounded()))
    // A round may begin before the last moved stamp of the one before.
    last = max(last, scaled)
    return last
  }

  // MARK: Rows that are read

  private func nextRead() -> RecordedRequest? {
    guard let rows = rows ?? opened() else { return nil }
    while rows.next(&streamed) {
      guard streamed.nanoseconds >= trace.slice?.lowerBound ?? 0 else { continue }
      guard streamed.nanoseconds < trace.slice?.upperBound ?? .max else {
        jitter = rows.jitterStream
        return nil
      }
      return RecordedRequest(
        nanoseconds: placed(streamed.nanoseconds), inputTokens: streamed.inputTokens,
        outputTokens: trace.written(of: streamed.outputTokens),
        session: streamed.session == 0
          ? -1 : Int32(truncatingIfNeeded: streamed.session & 0x7FFF_FFFF),
        priority: streamed.priority)
    }
    jitter = rows.jitterStream
    check(rows)
    return nil
  }

  private func opened() -> OrderedRows? {
    guard let source = trace.recording.source else { return nil }
    rows = OrderedRows(
      source, trace.summary, jitterNanoseconds: trace.jitterNanoseconds, jitter: jitter)
    return rows
  }

  /// What was looked at before it was replayed must be what was replayed.
  private func check(_ rows: OrderedRows) {
    if rows.count == trace.summary.requests, rows.problems.isEmpty, trace.recording.isUnchanged {
      return
    }
    failure = TraceFailure(path: trace.recording.source?.path ?? "")
  }
}

/// A trace that was another one when it was read again.
package struct TraceFailure: Error, Hashable, Sendable {
  package let path: String
}
