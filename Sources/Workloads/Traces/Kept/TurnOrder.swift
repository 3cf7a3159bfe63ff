/// Conversations whose rows stand out of order, while rows are put into memory.
///
/// A turn waits as long as it came behind the answer to the turn before it, so it has to be known
/// which one that was. Rows are put into the order of their times, and those of one time into that
/// of the numbers that their turns have. Where a row has no time, or says itself how long it waits
/// for the one before it, its place in the file is the order, and one that is out of it is named.
struct TurnOrder {
  /// By row, how long its answer took [ns], and its number; empty where none says it.
  private var durations: [Int64] = []
  private var turns: [Int32] = []
  /// By number of session.
  private var known: [Known] = []
  /// Sessions by number.
  private var disordered: Set<Int32> = []

  /// What is known of the rows of a conversation so far.
  private struct Known {
    /// The latest of them.
    var nanoseconds: Int64
    var turn: Int32
    /// Whether the order is that of the file.
    var isFixed = false
  }

  enum Verdict: Equatable {
    case inOrder
    /// Earlier than another row of its conversation, by so much [ns].
    case earlier(by: Int64)
    /// Likewise, and nobody can tell which row it follows.
    case unclear
  }

  var bytes: Int {
    8 * durations.count + 4 * turns.count + MemoryLayout<Known>.stride * known.count
  }

  /// Takes the next row into account; sessions are numbered as they come.
  mutating func add(_ row: TraceRow, at index: Int, of session: Int32) -> Verdict {
    Self.put(row.durationNanoseconds ?? 0, at: index, in: &durations)
    Self.put(row.turn ?? 0, at: index, in: &turns)
    let turn = row.turn ?? 0
    guard session < known.count else {
      known.append(
        Known(nanoseconds: row.nanoseconds ?? 0, turn: turn, isFixed: row.nanoseconds == nil))
      return .inOrder
    }
    let before = known[Int(session)]
    let time = row.nanoseconds ?? before.nanoseconds
    let isEarlier =
      time < before.nanoseconds || time == before.nanoseconds && turn < before.turn
    if !isEarlier { (known[Int(session)].nanoseconds, known[Int(session)].turn) = (time, turn) }
    if row.delayNanoseconds != nil || row.nanoseconds == nil {
      known[Int(session)].isFixed = true
      return disordered.contains(session) || turn < before.turn ? .unclear : .inOrder
    }
    guard isEarlier else { return .inOrder }
    if before.isFixed { return .unclear }
    disordered.insert(session)
    return .earlier(by: before.nanoseconds - time)
  }

  private static func put<Value: FixedWidthInteger>(
    _ value: Value, at index: Int, in list: inout [Value]
  ) {
    guard value != 0 || !list.isEmpty else { return }
    while list.count < index { list.append(0) }
    list.append(value)
  }

  /// The rows of each conversation that is out of order, in order.
  func sorted(_ rows: KeptTable) -> [[Int]] {
    guard !disordered.isEmpty else { return [] }
    var found: [Int32: [Int]] = [:]
    for (row, session) in rows.sessions.enumerated() where disordered.contains(session) {
      found[session, default: []].append(row)
    }
    return found.keys.sorted().map { session in
      found[session]!.sorted {
        (rows.stamps[$0], turn(of: $0), $0) < (rows.stamps[$1], turn(of: $1), $1)
      }
    }
  }

  /// When the answer to a row was there, by its time [ns].
  func end(of row: Int, _ rows: KeptTable) -> Int64 {
    rows.stamps[row] + (durations.indices.contains(row) ? durations[row] : 0)
  }

  private func turn(of row: Int) -> Int32 { turns.indices.contains(row) ? turns[row] : 0 }
}
