/// What of a trace's prompts a cache of each size would have held, when every request is there at
/// once and evictions take what was used longest ago.
///
/// It is a ceiling: answers, requests that overlap and what else an engine keeps come on top when
/// the trace is simulated. The last tokens of a prompt are used before the first, as engines free
/// blocks: a cache never holds the end of a beginning that it has lost.
package struct CacheReach: Sendable {
  package struct Size: Equatable, Sendable {
    /// Blocks of the cache; nil for one without end.
    package var blocks: Int?
    package fileprivate(set) var heldBlocks = 0
    package fileprivate(set) var heldTokens = 0.0
    /// Sum over requests of the share of their tokens.
    package fileprivate(set) var shares = 0.0
  }

  package let blockTokens: Int
  package private(set) var sizes: [Size]
  /// Blocks of all prompts, and their tokens.
  package private(set) var blocks = 0
  package private(set) var tokens = 0.0
  package private(set) var requests = 0
  private var stack = RecencyStack()
  private var slots: [Int32] = []
  private var depths: [Int] = []

  /// - Parameter sizes: in blocks, rising.
  package init(blockTokens: Int, sizes: [Int]) {
    self.blockTokens = blockTokens
    self.sizes = sizes.map { Size(blocks: $0) } + [Size(blocks: nil)]
  }

  /// Different blocks so far.
  package var uniqueBlocks: Int { stack.count }

  /// Takes the next prompt into account.
  package mutating func add(ids: [UInt64], scope: UInt64, inputTokens: Int32) {
    var chain = IDChain(scope: scope)
    slots.removeAll(keepingCapacity: true)
    depths.removeAll(keepingCapacity: true)
    var isKnown = true
    for id in ids {
      let key = chain.append(id)
      guard isKnown, let slot = stack.slot(of: key) else {
        isKnown = false
        slots.append(stack.add(key))
        continue
      }
      if let last = slots.last, stack.lies(slot, rightUnder: last) {
        depths.append(depths[depths.count - 1] + 1)
      } else {
        depths.append(stack.depth(of: slot))
      }
      slots.append(slot)
    }
    for slot in slots.reversed() { stack.use(slot) }
    requests += 1
    blocks += ids.count
    tokens += Double(inputTokens)
    note(inputTokens)
  }

  private mutating func note(_ inputTokens: Int32) {
    var held = 0
    for index in sizes.indices {
      let most = sizes[index].blocks ?? .max
      // A block lies deeper than those before it in its chain.
      while held < depths.count, depths[held] <= most { held += 1 }
      let tokens = min(Double(held * blockTokens), Double(inputTokens))
      sizes[index].heldBlocks += held
      sizes[index].heldTokens += tokens
      sizes[index].shares += tokens / Double(inputTokens)
    }
  }
}
