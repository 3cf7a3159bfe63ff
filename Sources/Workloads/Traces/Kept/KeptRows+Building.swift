/// Puts rows into memory as they come.
struct KeptRowsBuilder {
  private(set) var rows = KeptTable()
  private(set) var plainTurns = 0
  private(set) var shorterTurns = 0
  private let waits: Bool
  private let isRecorded: Bool
  private var sessions: [UInt64: Session] = [:]
  private var isOrdered = true
  /// Whether each row says when it came.
  private var isStamped = true
  /// Nil where the order of the file is that of the conversations.
  private var order: TurnOrder?

  private struct Session {
    var number: Int32
    var lastRow: Int32
    /// When its last turn came, and how long its answer took [ns].
    var lastTime: Int64?
    var lastDuration: Int64
  }

  /// - Parameters:
  ///   - waits: whether turns wait that have no delay of their own.
  ///   - isRecorded: whether no turn waits that has a time.
  ///   - sorts: whether turns that wait may stand out of order.
  init(waits: Bool, isRecorded: Bool, sorts: Bool = false) {
    self.waits = waits
    self.isRecorded = isRecorded
    if sorts, waits { order = TurnOrder() }
  }

  var bytes: Int { rows.bytes + 64 * sessions.count + (order?.bytes ?? 0) }
  /// Whether a turn waits for another, or one may that comes.
  var hasFollowers: Bool { !rows.following.isEmpty || waits && !sessions.isEmpty }

  /// Where a row has its place.
  enum Place: Equatable {
    case itsTime, behindAnswer, nowhere
    /// Before turns of its conversation that were there already, by so much [ns].
    case before(Int64)
    /// Among them, and nobody can tell where.
    case unclear
  }

  mutating func append(_ row: TraceRow) -> Place {
    let index = rows.count
    var session = row.session == 0 ? nil : sessions[row.session]
    let previous = session.map { Int($0.lastRow) }
    let others = row.after.isEmpty ? [] : row.after.compactMap { sessions[$0] }
    var (wait, verdict) = (Int64?.none, TurnOrder.Verdict.inOrder)
    if !others.isEmpty {
      wait = isRecorded ? nil : row.delayNanoseconds
    } else if let session, let delay = delay(of: row, after: session) {
      wait = delay
    }
    if row.session != 0 {
      let number = session?.number ?? Int32(sessions.count)
      if session == nil { rows.branches.begin(number, calledBy: others.first?.number) }
      if order != nil { verdict = order!.add(row, at: index, of: number) }
      session = Session(
        number: number, lastRow: Int32(index),
        lastTime: row.nanoseconds, lastDuration: row.durationNanoseconds ?? 0)
      sessions[row.session] = session
    }
    let time = wait.map { -1 - $0 } ?? row.nanoseconds
    if wait == nil, let last = rows.times.last, last > time ?? 0 { isOrdered = false }
    rows.times.append(time ?? 0)
    if row.nanoseconds == nil { isStamped = false }
    if wait != nil, row.ids.isEmpty, let previous {
      plainTurns += 1
      if row.inputTokens < rows.inputs[previous] { shorterTurns += 1 }
    }
    rows.inputs.append(row.inputTokens)
    rows.outputs.append(row.outputTokens)
    note(session?.number, priority: row.priority, at: index)
    if wait != nil {
      if let previous { link(index, after: Int32(previous)) }
      for other in others { link(index, after: other.lastRow) }
      if !others.isEmpty {
        rows.branches.join(Int32(index), answers: others.count + (previous == nil ? 0 : 1))
      }
    } else if !rows.following.isEmpty {
      rows.following.append(-1)
    }
    if !rows.following.isEmpty { rows.stamps.append(row.nanoseconds ?? 0) }
    rows.ids.append(row.ids, scope: row.scope, after: previous, at: index)
    switch verdict {
    case .inOrder: return wait != nil ? .behindAnswer : time != nil ? .itsTime : .nowhere
    case .earlier(let nanoseconds): return .before(nanoseconds)
    case .unclear: return .unclear
    }
  }

  private func delay(of row: TraceRow, after session: Session) -> Int64? {
    if isRecorded, row.nanoseconds != nil { return nil }
    if let delay = row.delayNanoseconds { return delay }
    guard waits, let time = row.nanoseconds, let last = session.lastTime else { return nil }
    return max(0, time - last - session.lastDuration)
  }

  private mutating func note(_ session: Int32?, priority: Int32, at index: Int) {
    if session != nil || !rows.sessions.isEmpty {
      while rows.sessions.count < index { rows.sessions.append(-1) }
      rows.sessions.append(session ?? -1)
    }
    if priority != 0 || !rows.priorities.isEmpty {
      while rows.priorities.count < index { rows.priorities.append(0) }
      rows.priorities.append(priority)
    }
  }

  /// The last row waits for the answer of another.
  private mutating func link(_ index: Int, after answered: Int32) {
    if rows.following.isEmpty {
      // Until now each came when its time says.
      rows.stamps = rows.times.dropLast().map { max(0, $0) }
    }
    while rows.following.count <= index { rows.following.append(-1) }
    if rows.following[Int(answered)] < 0 {
      rows.following[Int(answered)] = Int32(index)
    } else {
      rows.branches.add(Int32(index), after: answered)
    }
  }

  /// The rows with their times from the first one on, in order.
  ///
  /// - Parameter start: from which times are counted; the first request's where it is nil.
  mutating func finish(from start: Int64? = nil) -> KeptRows {
    sessions = [:]
    for turns in order?.sorted(rows) ?? [] { relink(turns) }
    let first = start ?? firstTime ?? 0
    if isStamped {
      for index in rows.stamps.indices { rows.stamps[index] -= first }
    } else {
      rows.stamps = []
    }
    for index in rows.times.indices where rows.times[index] >= 0 { rows.times[index] -= first }
    if !rows.following.isEmpty || !isOrdered {
      let times = rows.times
      let heads = times.indices.filter { times[$0] >= 0 }
      // Requests of the same time stay in the order of the file.
      rows.heads = heads.sorted { (times[$0], $0) < (times[$1], $1) }.map(Int32.init)
    }
    return KeptRows(rows)
  }

  /// Turns of a conversation in order, which stand in another: the first comes at its time, each
  /// other one behind the answer before it.
  private mutating func relink(_ turns: [Int]) {
    count(turns.sorted(), by: -1)
    count(turns, by: 1)
    for (position, row) in turns.enumerated() {
      let isLast = position + 1 == turns.count
      rows.following[row] = isLast ? -1 : Int32(turns[position + 1])
      guard position > 0, let order else {
        rows.times[row] = rows.stamps[row]
        continue
      }
      let end = order.end(of: turns[position - 1], rows)
      rows.times[row] = -1 - max(0, rows.stamps[row] - end)
    }
  }

  /// Counts those that are shorter than the one before.
  private mutating func count(_ turns: [Int], by step: Int) {
    for (before, row) in zip(turns, turns.dropFirst()) where !rows.ids.has(row) {
      plainTurns += step
      if rows.inputs[row] < rows.inputs[before] { shorterTurns += step }
    }
  }

  private var firstTime: Int64? {
    rows.times.lazy.filter { $0 >= 0 }.min()
  }
}
