internal import BasicContainers
internal import Workloads

// Prompts that begin alike: what a rank finds in its prefix cache, and what it leaves there.
extension AttentionRank {
  /// What admitting a request would take of the cache.
  struct PrefixHit {
    /// Prompt tokens that need not be computed.
    var tokens = 0
    /// Hash blocks that it shares.
    var blocks = 0
    /// Engine blocks of them that nobody else holds at the moment.
    var newBlocks = 0
  }

  /// How much of a prompt is there.
  ///
  /// Hash blocks that are reused in part, at the end of a prompt that is there in full, are not
  /// shared: the request has a copy of its own.
  mutating func findPrefix(_ index: Int, _ table: inout SequenceTable) -> PrefixHit {
    guard let sizes = prefixSizes else {
      return PrefixHit(tokens: Int(table.states[index].request.cachedTokens))
    }
    table.findChain(index)
    let match = prefixCache!.match(table.chain)
    let target = Int(table.states[index].prefillTarget)
    let tokens = sizes.reusableTokens(matched: match.blocks, promptTokens: target)
    let shared = tokens / sizes.hashTokens
    return PrefixHit(
      tokens: tokens, blocks: shared,
      newBlocks: min(shared, match.idle + match.host) * sizes.engineBlocks)
  }

  /// Holds the shared blocks; the chain is that of `findPrefix`.
  mutating func holdPrefix(
    _ index: Int, _ hit: PrefixHit, _ table: inout SequenceTable, _ recorder: inout Recorder
  ) {
    guard let sizes = prefixSizes else { return }
    let acquired = prefixCache!.acquire(table.chain, hit.blocks)
    pool.take((acquired.woken + acquired.loaded) * sizes.engineBlocks)
    loadedBlocks += acquired.loaded
    if acquired.loaded > 0 { recorder.loaded(tokens: acquired.loaded * sizes.hashTokens) }
    table.states[index].heldBlocks = Int32(hit.blocks)
    table.states[index].duplicates = 0
  }

  /// Shares what a request has computed: its prompt, or at its end the answer too.
  mutating func sharePrefix(
    _ slot: Int32, includingAnswer: Bool, _ table: inout SequenceTable
  ) {
    guard let sizes = prefixSizes else { return }
    let index = Int(slot)
    let prompt = Int(table.states[index].request.inputTokens) / sizes.hashTokens
    if sharesPlanned, !includingAnswer, Int(table.states[index].heldBlocks) == prompt { return }
    table.findChain(index, includingAnswer: includingAnswer)
    share(index, until: fullBlocks(index, includingAnswer: includingAnswer, table), &table)
  }

  /// Shares the blocks that a chunk of a prompt will have filled at the end of the step, as vLLM
  /// does (`KVCacheManager.allocate_slots`): a prompt that is admitted after it into the same step
  /// finds them there.
  ///
  /// - Parameters:
  ///   - tokens: of the prompt that will be computed.
  ///   - isFound: whether the chain is that of `findPrefix`.
  mutating func sharePlanned(
    _ slot: Int32, tokens: Int, isFound: Bool = false, _ table: inout SequenceTable
  ) {
    guard sharesPlanned, let sizes = prefixSizes else { return }
    let index = Int(slot)
    let most = Int(table.states[index].request.inputTokens)
    let full = min(tokens, most) / sizes.hashTokens
    guard full > Int(table.states[index].heldBlocks) else { return }
    if !isFound { table.findChain(index) }
    share(index, until: min(full, table.chain.count), &table)
  }

  /// Shares the blocks of a request's chain from those on that it holds.
  private mutating func share(_ index: Int, until full: Int, _ table: inout SequenceTable) {
    let held = Int(table.states[index].heldBlocks)
    guard full > held else { return }
    let duplicates = prefixCache!.insert(table.chain, held..<full)
    table.states[index].heldBlocks = Int32(full)
    table.states[index].duplicates += Int32(duplicates)
  }

  /// Hash blocks that a request has filled.
  @inline(__always)
  func fullBlocks(
    _ index: Int, includingAnswer: Bool, _ table: borrowing SequenceTable
  ) -> Int {
    let request = table.states[index].request
    let tokens =
      Int(request.inputTokens) + (includingAnswer ? Int(request.outputTokens) - 1 : 0)
    return min(table.chain.count, tokens / prefixSizes!.hashTokens)
  }

  /// Gives up the shared blocks of a request.
  ///
  /// - Returns: engine blocks of its context that were shared and not its own.
  mutating func releasePrefix(_ slot: Int32, _ table: inout SequenceTable) -> Int {
    let index = Int(slot)
    guard let sizes = prefixSizes, table.states[index].heldBlocks > 0 else { return 0 }
    let held = Int(table.states[index].heldBlocks)
    // Of the prompt alone, unless the answer was shared as well.
    let prompt = Int(table.states[index].request.inputTokens) / sizes.hashTokens
    table.findChain(index, includingAnswer: held > prompt)
    let idle = prefixCache!.idleBlocks
    prefixCache!.release(table.chain, held)
    pool.release((prefixCache!.idleBlocks - idle) * sizes.engineBlocks)
    let shared = held - Int(table.states[index].duplicates)
    table.states[index].heldBlocks = 0
    table.states[index].duplicates = 0
    return shared * sizes.engineBlocks
  }

  /// Blocks that are in use or promised, shared ones that somebody holds, and idle ones for which
  /// there is no room: none when no request is left.
  var unreturnedBlocks: Int {
    var blocks = abs(pool.used) + abs(pool.reserved)
    if let prefixCache {
      let idle = prefixCache.idleBlocks * prefixSizes!.engineBlocks
      blocks += prefixCache.heldBlocks + max(0, pool.used + idle - pool.total)
    }
    return blocks
  }

  /// Drops idle blocks that running requests need the room of.
  @inline(__always)
  mutating func evictIdle() {
    guard let sizes = prefixSizes else { return }
    let excess = pool.used + prefixCache!.idleBlocks * sizes.engineBlocks - pool.total
    guard excess > 0 else { return }
    _ = prefixCache!.evict((excess + sizes.engineBlocks - 1) / sizes.engineBlocks)
  }
}
