/// Recorded requests in memory, in as little of it as goes.
///
/// A request takes sixteen bytes, a turn that waits for the one before it four more; ids are kept
/// as runs, and those of a turn only as far as they differ from the turn before.
///
/// A class, so that whoever goes through the rows does not hold on to each of the lists.
final class KeptRows: Equatable, Sendable {
  let times: [Int64]
  let inputs: [Int32]
  let outputs: [Int32]
  let sessions: [Int32]
  let following: [Int32]
  let stamps: [Int64]
  let heads: [Int32]?
  let priorities: [Int32]
  let branches: Branches
  let ids: KeptIDs

  init(_ table: KeptTable) {
    times = table.times
    inputs = table.inputs
    outputs = table.outputs
    sessions = table.sessions
    following = table.following
    stamps = table.stamps
    heads = table.heads
    priorities = table.priorities
    branches = table.branches
    ids = table.ids
  }

  static func == (left: KeptRows, right: KeptRows) -> Bool {
    left === right
      || left.times == right.times && left.inputs == right.inputs && left.outputs == right.outputs
        && left.sessions == right.sessions && left.following == right.following
        && left.stamps == right.stamps && left.heads == right.heads
        && left.priorities == right.priorities && left.branches == right.branches
        && left.ids == right.ids
  }

  var count: Int { times.count }
  var headCount: Int { heads?.count ?? count }

  @inline(__always)
  func head(_ position: Int) -> Int { heads.map { Int($0[position]) } ?? position }

  /// The turn that waits for the answer of a request, and how long after it it comes [ns]; the
  /// first of them where several do.
  func next(after row: Int) -> (row: Int, delayNanoseconds: Int64)? {
    guard !following.isEmpty, following[row] >= 0 else { return nil }
    let next = Int(following[row])
    return (next, delay(of: next))
  }

  /// How long after the answers that it waits for a row comes [ns].
  @inline(__always)
  func delay(of row: Int) -> Int64 { -1 - times[row] }

  /// All rows that wait for the answer of a request.
  func followers(of row: Int) -> [Int] {
    guard let next = next(after: row)?.row else { return [] }
    return [next] + (branches.further[Int32(row)] ?? []).map(Int.init)
  }

  func session(of row: Int) -> Int32 { sessions.isEmpty ? -1 : sessions[row] }

  /// Adds the blocks of a replayed prompt to a chain. In each further round texts are new ones.
  ///
  /// - Parameter replayed: the row and, times `count`, the round.
  func append(of replayed: Int, to chain: inout PrefixChain) {
    let (round, row) = replayed.quotientAndRemainder(dividingBy: count)
    let scope = scopeOfRound(round, ids.scope(of: row))
    if ids.appendOwn(of: row, scope: scope, to: &chain) { return }
    chain.removeRecorded()
    ids.append(of: row, to: &chain.recorded)
    chain.appendRecorded(scope: scope)
  }
}

/// The lists of kept rows while they are put together.
struct KeptTable {
  /// Since the first request [ns]; of a turn that waits, `-1 - delay`.
  var times: [Int64] = []
  var inputs: [Int32] = []
  var outputs: [Int32] = []
  /// By number of session; empty where there are none. -1 is a request without one.
  var sessions: [Int32] = []
  /// The first turn that waits for the answer of each, or -1; empty where none waits.
  var following: [Int32] = []
  /// Turns that wait for the same answer, or for several.
  var branches = Branches()
  /// When each came when it was recorded, since the first request [ns]; empty where none waits, or
  /// where nobody knows.
  var stamps: [Int64] = []
  /// Requests that wait for nobody, in the order of their times; nil where that is all of them, as
  /// they stand.
  var heads: [Int32]?
  var priorities: [Int32] = []
  var ids = KeptIDs()

  var count: Int { times.count }

  var bytes: Int {
    8 * (times.count + stamps.count) + 4
      * (inputs.count + outputs.count + sessions.count + following.count)
      + 4 * ((heads?.count ?? 0) + priorities.count) + branches.bytes + ids.bytes
  }
}

/// The ids of prompts' blocks, one prompt after the other.
struct KeptIDs: Equatable, Sendable {
  private var runs: [IDRun] = []
  /// Behind the own runs of each prompt; empty where none has ids.
  private var ends: [Int] = []
  /// How many ids a prompt has from the turn before, and which row that is; empty where none has.
  private var shared: [Int32] = []
  private var before: [Int32] = []
  /// Within which ids mean something; empty where they do everywhere.
  private var scopes: [UInt64] = []

  var isEmpty: Bool { runs.isEmpty }

  var bytes: Int {
    MemoryLayout<IDRun>.stride * runs.count + 8 * (ends.count + scopes.count)
      + 4 * (shared.count + before.count)
  }

  /// Adds the ids of the next prompt, as far as they are not those of another row.
  ///
  /// - Parameter row: how many prompts there are before it.
  mutating func append(_ ids: [UInt64], scope: UInt64, after previous: Int?, at row: Int) {
    guard let previous, !ids.isEmpty, self.scope(of: previous) == scope else {
      return append(ids, scope: scope, rows: row)
    }
    var before: [UInt64] = []
    append(of: previous, to: &before)
    var shared = 0
    while shared < before.count, shared < ids.count, before[shared] == ids[shared] { shared += 1 }
    append(ids, scope: scope, rows: row, previous: (previous, shared))
  }

  /// - Parameter previous: a row whose first ids these are, and how many.
  private mutating func append(
    _ ids: [UInt64], scope: UInt64, rows: Int, previous: (row: Int, shared: Int)? = nil
  ) {
    if ids.isEmpty, isEmpty { return }
    while ends.count < rows { ends.append(runs.count) }
    let start = runs.count
    for id in ids[(previous?.shared ?? 0)...] { IDRun.append(id, to: &runs, from: start) }
    ends.append(runs.count)
    if let previous, previous.shared > 0 {
      while shared.count < rows {
        shared.append(0)
        before.append(-1)
      }
      shared.append(Int32(previous.shared))
      before.append(Int32(previous.row))
    } else if !shared.isEmpty {
      shared.append(0)
      before.append(-1)
    }
    if scope != 0 || !scopes.isEmpty {
      while scopes.count < rows { scopes.append(0) }
      scopes.append(scope)
    }
  }

  /// Adds the ids of a prompt to a list, as they stand in the file.
  func append(of row: Int, to ids: inout [UInt64]) {
    var runs: [IDRun] = []
    append(of: row, to: &runs)
    for run in runs { ids += run.ids }
  }

  /// Adds the blocks of a prompt to a chain; false, and nothing is done, for a prompt that begins
  /// with ids of another.
  @inline(__always)
  func appendOwn(of row: Int, scope: UInt64, to chain: inout PrefixChain) -> Bool {
    guard row < ends.count else { return true }
    guard row >= shared.count || shared[row] == 0 else { return false }
    var keys = IDChain(scope: scope)
    for index in (row == 0 ? 0 : ends[row - 1])..<ends[row] { chain.append(runs[index], &keys) }
    return true
  }

  /// Adds the runs of a prompt's ids to a list.
  @inline(__always)
  func append(of row: Int, to found: inout [IDRun]) {
    guard row < ends.count else { return }
    guard row < shared.count, shared[row] > 0 else {
      for index in (row == 0 ? 0 : ends[row - 1])..<ends[row] { found.append(runs[index]) }
      return
    }
    appendShared(of: row, to: &found)
  }

  /// The runs of a prompt that begins with ids of another.
  private func appendShared(of row: Int, to found: inout [IDRun]) {
    // The rows whose ids it begins with, the latest first, with how many of each.
    var path: [(row: Int, until: Int)] = [(row, .max)]
    while let last = path.last, last.row < shared.count, shared[last.row] > 0 {
      path.append((Int(before[last.row]), min(last.until, Int(shared[last.row]))))
    }
    let start = found.count
    var count = 0
    for step in path.reversed() {
      let first = step.row == 0 ? 0 : ends[step.row - 1]
      for run in runs[first..<ends[step.row]] {
        let room = step.until - count
        guard room > 0 else { break }
        let part = IDRun(first: run.first, count: min(run.count, room))
        IDRun.append(part, to: &found, from: start)
        count += part.count
      }
    }
  }

  /// Whether a prompt has ids.
  func has(_ row: Int) -> Bool {
    guard row < ends.count else { return false }
    let isOwn = ends[row] > (row == 0 ? 0 : ends[row - 1])
    return isOwn || shared.indices.contains(row) && shared[row] > 0
  }

  func scope(of row: Int) -> UInt64 { row < scopes.count ? scopes[row] : 0 }
}
