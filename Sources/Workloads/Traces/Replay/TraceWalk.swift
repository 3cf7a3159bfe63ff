internal import Units

/// Goes through all requests of a trace in the order in which they were recorded, those that wait
/// for answers among them: what statistics are made of, and what is written down again.
///
/// Turns whose own times nobody knows follow the turn that they wait for.
package final class TraceWalk {
  package struct Request: Sendable {
    /// Time since the first request, as it is replayed [ns]; nil where only the answer before it
    /// says when.
    package var nanoseconds: Int64?
    /// Time from the answer of the turn before it in its own conversation [ns]; nil where it waits
    /// for none of them.
    package var delayNanoseconds: Int64?
    package var inputTokens: Int32 = 0
    package var outputTokens: Int32 = 0
    /// -1 for none.
    package var session: Int32 = -1
    package var priority: Int32 = 0
    /// Ids of the prompt's blocks as the file has them.
    package var ids: [UInt64] = []
    /// What the ids mean something within; 0 for everywhere.
    package var scope: UInt64 = 0

    package init() {}
  }

  private let trace: Trace
  private let cursor: TraceCursor
  private let kept: KeptRows?
  /// Rows in memory by the times at which they came; nil where heads are in order and turns follow
  /// them.
  private var order: [Int32]?
  private var position = 0
  private var round = 0
  /// Turns that come next, the first one last, and the round of their head.
  private var waiting: [(row: Int, delayNanoseconds: Int64, round: Int)] = []
  private let branches: OpenBranches?
  /// By row that waits for answers of other conversations.
  private var ownDelays: [Int: Int64?] = [:]

  package init(_ trace: Trace, seed: UInt64 = 1) {
    self.trace = trace
    kept = trace.recording.kept
    branches = OpenBranches(kept)
    cursor = TraceCursor(trace, seed: seed, isEndless: false)
    guard let kept, !kept.stamps.isEmpty, trace.jitterNanoseconds == 0 else { return }
    let stamps = kept.stamps
    ownDelays = kept.ownDelays
    order = kept.times.indices.sorted { (stamps[$0], $0) < (stamps[$1], $1) }.map(Int32.init)
  }

  /// Reason why the walk ended, where that is not the end of the trace.
  package var failure: TraceFailure? { cursor.failure }

  /// Goes to the next request; false at the end.
  package func next(_ request: inout Request) -> Bool {
    if let order, let kept { return nextStamped(&request, order, kept) }
    if let kept, let turn = waiting.popLast() {
      fill(&request, turn.row, of: kept, round: turn.round)
      request.nanoseconds = nil
      request.delayNanoseconds = turn.delayNanoseconds
      follow(turn.row, of: kept, round: turn.round)
      return true
    }
    guard let next = cursor.next() else { return false }
    if let kept {
      let (round, row) = Int(next.row).quotientAndRemainder(dividingBy: kept.count)
      fill(&request, row, of: kept, round: round)
      follow(row, of: kept, round: round)
    } else {
      request.ids.removeAll(keepingCapacity: true)
      request.ids += cursor.streamed.ids
      request.scope = scopeOfRound(cursor.round, cursor.streamed.scope)
      request.priority = cursor.streamed.priority
      request.inputTokens = next.inputTokens
      request.outputTokens = next.outputTokens
      request.session = next.session
    }
    request.nanoseconds = trace.summary.isTimed ? next.nanoseconds : nil
    request.delayNanoseconds = nil
    return true
  }

  private func follow(_ row: Int, of kept: KeptRows, round: Int) {
    guard let branches else {
      if let next = kept.next(after: row) { waiting = [(next.row, next.delayNanoseconds, round)] }
      return
    }
    let ended = branches.end(row + round * kept.count, at: .zero, isAnswered: true)
    for turn in ended.turns.reversed() {
      let next = turn.row % kept.count
      waiting.append((next, kept.delay(of: next), round))
    }
  }

  private func nextStamped(
    _ request: inout Request, _ order: [Int32], _ kept: KeptRows
  ) -> Bool {
    if position == order.count {
      guard round + 1 < trace.rounds else { return false }
      round += 1
      position = 0
    }
    let row = Int(order[position])
    position += 1
    fill(&request, row, of: kept, round: round)
    let delay = kept.times[row] < 0 ? kept.delay(of: row) : nil
    request.delayNanoseconds = ownDelays[row] ?? delay
    request.nanoseconds = placed(kept.stamps[row])
    return true
  }

  private func placed(_ stamp: Int64) -> Int64 {
    let time = stamp + Int64(round) * trace.periodNanoseconds
    return trace.speed == 1 ? time : Int64((Double(time) / trace.speed).rounded())
  }

  private func fill(_ request: inout Request, _ row: Int, of kept: KeptRows, round: Int) {
    request.inputTokens = kept.inputs[row]
    request.outputTokens = trace.written(of: kept.outputs[row])
    request.session = kept.session(of: row)
    if request.session >= 0 {
      request.session = Int32(
        (Int(request.session) + round * trace.summary.sessions) & 0x7FFF_FFFF)
    }
    request.priority = kept.priorities.isEmpty ? 0 : kept.priorities[row]
    request.ids.removeAll(keepingCapacity: true)
    kept.ids.append(of: row, to: &request.ids)
    request.scope = scopeOfRound(round, kept.ids.scope(of: row))
  }
}
