/// The blocks of tokens that a prompt consists of, as stretches of one origin each.
///
/// A block is known by the key of its origin and its position there. The two stand for its tokens
/// *and all tokens before it*: prompts whose chains begin with the same blocks begin with the same
/// text, and once two chains differ they stay different. A stretch is handled at once, however many
/// blocks it has.
package struct PrefixChain: Sendable {
  package struct Stretch: Equatable, Sendable {
    package var key: UInt64
    /// Position of its first block within its origin.
    package var first: Int32
    package var count: Int32
    /// Blocks of the chain up to its end.
    package var end: Int32

    package var start: Int { Int(end - count) }
  }

  package private(set) var stretches: [Stretch] = []
  /// Ids of a trace's prompt, before they are made a chain.
  var recorded: [IDRun] = []

  package init() {}

  /// Blocks of all stretches.
  package var count: Int { stretches.last.map { Int($0.end) } ?? 0 }

  /// One by one: there are few, and `Array.removeAll` takes as long as a dozen of them.
  package mutating func removeAll() { while stretches.popLast() != nil {} }

  mutating func removeRecorded() { while recorded.popLast() != nil {} }

  /// Adds blocks of one origin, where there are any.
  @inline(__always)
  package mutating func append(_ key: UInt64, _ positions: Range<Int>) {
    guard !positions.isEmpty else { return }
    let (first, count) = (Int32(positions.lowerBound), Int32(positions.count))
    stretches.append(Stretch(key: key, first: first, count: count, end: Int32(self.count) + count))
  }

  /// Adds the blocks of `recorded`, whose ids mean a block alone.
  ///
  /// A run is one stretch. How long it is does not decide its key: a prompt that goes on otherwise
  /// has the same blocks until then.
  ///
  /// - Parameter scope: within which the ids mean something, 0 for everywhere.
  mutating func appendRecorded(scope: UInt64) {
    var keys = IDChain(scope: scope)
    for run in recorded { append(run, &keys) }
  }

  /// Adds the blocks of one run behind those that `keys` has seen.
  @inline(__always)
  mutating func append(_ run: IDRun, _ keys: inout IDChain) {
    append(keys.append(run.first), 0..<run.count)
    _ = keys.append(UInt64(run.count))
  }

  /// The stretch that has a block of the chain, and the number of stretches where none has.
  @inline(__always)
  package func stretch(of block: Int) -> Int {
    guard block > 0, let last = stretches.last else { return 0 }
    var high = stretches.count
    if block >= last.start { return block < Int(last.end) ? high - 1 : high }
    var low = 0
    while low < high {
      let middle = (low + high) / 2
      if Int(stretches[middle].end) > block { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
