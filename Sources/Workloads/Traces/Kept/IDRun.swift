internal import Statistics

/// Ids of blocks that follow each other by one.
///
/// Writers number the blocks of a new text as they come, so a prompt of hundreds of blocks is a few
/// runs.
struct IDRun: Equatable, Sendable {
  var first: UInt64
  var count: Int

  /// Adds an id to a list of runs, of which those from `start` on are of the same prompt.
  @inline(__always)
  static func append(_ id: UInt64, to runs: inout [IDRun], from start: Int) {
    append(IDRun(first: id, count: 1), to: &runs, from: start)
  }

  /// Adds a run, to the last one where it goes on with it.
  @inline(__always)
  static func append(_ run: IDRun, to runs: inout [IDRun], from start: Int) {
    if runs.count > start,
      runs[runs.count - 1].first &+ UInt64(runs[runs.count - 1].count) == run.first
    {
      runs[runs.count - 1].count += run.count
    } else {
      runs.append(run)
    }
  }

  var ids: some Collection<UInt64> { (0..<count).lazy.map { first &+ UInt64($0) } }
}

/// Ids that stand for a block and all before it.
///
/// A file may number blocks by their contents; what is kept of a prompt follows from the whole
/// chain up to it, so that equal ids mean equal beginnings.
struct IDChain {
  private var value: UInt64

  /// - Parameter scope: within which the file's ids mean something, 0 for everywhere.
  @inline(__always)
  init(scope: UInt64) { value = scope }

  @inline(__always)
  mutating func append(_ id: UInt64) -> UInt64 {
    value = scattered((value ^ id) &+ goldenStep)
    return value
  }
}
