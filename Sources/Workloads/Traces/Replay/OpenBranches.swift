internal import Units

/// Conversations of a replay that divide and join: which answers are still awaited, and which of
/// their requests are under way.
///
/// A turn that waits for several answers comes after the last of them. Whoever asked is done when
/// nothing of the conversation, or of those that it has called, is under way.
final class OpenBranches {
  private let kept: KeptRows
  /// By row that waits for several answers: how many have not come, and the last one that has.
  private var awaited: [Int: (count: Int, last: SimTime)] = [:]
  /// By session that calls others: requests under way.
  private var underWay: [Int: Int] = [:]
  /// By session that calls others: turns that have come of it and of those, as long as it lasts.
  private var turns: [Int: [Int32: Int16]] = [:]

  /// A turn whose answers are there.
  struct Turn: Equatable {
    /// Number of the row, counted on through the rounds.
    let row: Int
    /// When the last of the answers came.
    let answered: SimTime
    /// Position in its own conversation.
    let turn: Int16
  }

  /// Nil where each waits for one answer, alone.
  init?(_ kept: KeptRows?) {
    guard let kept, !kept.branches.isEmpty else { return nil }
    self.kept = kept
  }

  /// A request has ended.
  ///
  /// - Parameters:
  ///   - number: its row, counted on through the rounds.
  ///   - isAnswered: whether those that wait for it go on.
  /// - Returns: the turns that wait for nothing any more, and whether that was the last of all.
  func end(_ number: Int, at time: SimTime, isAnswered: Bool) -> (turns: [Turn], isOver: Bool) {
    let row = number % kept.count
    let start = number - row
    var ready: [Turn] = []
    if isAnswered {
      for next in kept.followers(of: row) {
        guard let last = answer(of: next, start, at: time) else { continue }
        ready.append(Turn(row: start + next, answered: last, turn: takeTurn(of: next, start)))
      }
    }
    let root = start + Int(kept.branches.root(of: kept.session(of: row)))
    // The first one of a conversation came by itself.
    let left = (underWay[root] ?? 1) - 1 + ready.count
    underWay[root] = left == 0 ? nil : left
    if left == 0 { turns[root] = nil }
    return (ready, left == 0)
  }

  /// When the last answer came that a row waits for; nil where one is missing.
  private func answer(of next: Int, _ start: Int, at time: SimTime) -> SimTime? {
    guard let count = kept.branches.answers[Int32(next)] else { return time }
    let known = awaited[start + next] ?? (count, time)
    let last = max(known.last, time)
    guard known.count > 1 else {
      awaited[start + next] = nil
      return last
    }
    awaited[start + next] = (known.count - 1, last)
    return nil
  }

  /// Counts from 0 in a conversation that is called, and from 1 in one that came by itself.
  private func takeTurn(of row: Int, _ start: Int) -> Int16 {
    let session = kept.session(of: row)
    let root = kept.branches.root(of: session)
    let turn = turns[start + Int(root)]?[session] ?? (root == session ? 1 : 0)
    turns[start + Int(root), default: [:]][session] = turn &+ 1
    return turn
  }
}
