/// What a row of a conversation says of the next one: how long until it comes, and how much of its
/// prompt was there before.
///
/// Rows that count what is new and what was there before have no ids; they are given some that say
/// the same: as many whole blocks of the turn before as `prefix` has, and new ones.
struct TurnMemory {
  static let blockTokens = Int64(TraceFormat.tracelab.blockTokens ?? 64)

  fileprivate struct Turn {
    var delayNanoseconds: Int64 = -1
    var ids: [IDRun] = []
    var blocks = 0
    var fresh: UInt64 = 0
    /// Tokens of its prompt and its answer.
    var said: Int64 = 0
    /// When it came [ns].
    var nanoseconds = Int64.min
  }

  private var turns: [UInt64: Turn] = [:]

  /// - Parameter prefix: tokens of the prompt that the turn before had, -1 where nobody says.
  mutating func complete(_ row: inout TraceRow, prefix: Int64, delayAfterNanoseconds: Int64) {
    guard row.session != 0 else { return }
    var turn = turns[row.session] ?? Turn()
    if turn.delayNanoseconds >= 0 { row.delayNanoseconds = turn.delayNanoseconds }
    turn.delayNanoseconds = delayAfterNanoseconds
    if prefix >= 0 { turn.identify(&row, prefix: prefix) }
    turns[row.session] = turn
  }

  /// Puts what its conversation has said before in front of a row's own input.
  ///
  /// - Returns: whether the row comes behind those before it.
  mutating func addUp(_ row: inout TraceRow) -> Bool {
    var turn = turns[row.session] ?? Turn()
    let prompt = min(turn.said + Int64(row.inputTokens), TraceRow.mostTokens)
    row.inputTokens = Int32(prompt)
    turn.identify(&row, prefix: turn.said)
    turn.said = prompt + Int64(row.outputTokens)
    let isBehind = row.nanoseconds.map { $0 >= turn.nanoseconds } ?? true
    turn.nanoseconds = row.nanoseconds ?? turn.nanoseconds
    turns[row.session] = turn
    return isBehind
  }

  /// A row whose prompt goes on with one that comes behind it.
  static func reportOrder(_ line: Int, _ problems: TraceProblems) {
    problems.report(
      "order",
      "the row comes earlier than the one before it in its conversation, whose prompt it goes on "
        + "with",
      line: line, hint: "put the rows of each conversation into order")
  }
}

extension TurnMemory.Turn {
  /// Gives a row ids of its blocks, as many of them as before as `prefix` has.
  fileprivate mutating func identify(_ row: inout TraceRow, prefix: Int64) {
    let size = TurnMemory.blockTokens
    let whole = Int(Int64(row.inputTokens) / size)
    keep(min(Int(prefix / size), blocks, whole))
    grow(to: whole)
    for run in ids { row.ids += run.ids }
    row.scope = row.session
  }

  fileprivate mutating func keep(_ count: Int) {
    while blocks > count {
      let last = ids.count - 1
      let dropped = min(blocks - count, ids[last].count)
      ids[last].count -= dropped
      blocks -= dropped
      if ids[last].count == 0 { ids.removeLast() }
    }
  }

  fileprivate mutating func grow(to count: Int) {
    guard count > blocks else { return }
    for _ in blocks..<count {
      IDRun.append(fresh, to: &ids, from: 0)
      fresh += 1
    }
    blocks = count
  }
}
