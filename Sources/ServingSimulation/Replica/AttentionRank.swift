internal import BasicContainers
internal import DequeModule
internal import OperatorCosts
internal import Workloads

/// One attention rank of a replica: its queue, its running sequences and its part of the cache.
///
/// Ranks batch on their own and step together. Methods take the table of what they share.
struct AttentionRank: ~Copyable {
  /// Requests that it has in any state.
  var requests = 0
  var waiting = UniqueDeque<Int32>()
  /// Requests behind those that wait, which have no state yet: none unless there are many.
  var backlog = Backlog()
  /// How many may be waiting before others are put behind them.
  let longestQueue: Int
  private let rank: Int
  private let limit: ContextLimit
  /// The one request whose prompt is partly computed, or -1.
  var prefilling: Int32 = -1
  var decoding = UniqueArray<Int32>()
  var admitted = AdmissionOrder()
  var pool: BlockPool
  /// What the next decode step reads.
  var views = ContextViews()
  private let viewCount: Int
  /// What the decode steps ahead take from the pool.
  var demand: BlockDemand
  /// What its own part of the step being planned takes.
  var ownTime = DecodeTime()
  /// Prompt chunks of the run in progress.
  var chunks = UniqueArray<Chunk>()

  /// Requests prefilled elsewhere that wait for blocks, and those whose cache has come.
  var incoming = UniqueDeque<Int32>()
  var arrived: [Int32] = []
  /// Requests prefilled elsewhere that hold blocks here and do not decode yet.
  var reserved = 0

  struct Chunk {
    var slot: Int32
    var tokens: Int32
  }

  /// What prompts have in common, where that is kept.
  var prefixCache: PrefixCache?
  let prefixSizes: PrefixBlockSizes?
  let sharesPlanned: Bool
  /// Hash blocks that come from the host's memory for the next step.
  var loadedBlocks = 0
  /// Tokens whose cache goes to the host's memory or comes back in the next step, of sequences
  /// that lost their blocks.
  var movedTokens = 0
  private let hostBlocks: Int
  /// What is held for conversations between their turns, by when it runs out.
  var leases: [Lease] = []
  /// Position of its pool in the recorder's list.
  let poolIndex: Int

  /// - Parameters:
  ///   - poolIndex: of its pool.   - rank: its number in the replica.
  ///   - longestQueue: requests that wait with a state.
  init(
    _ configuration: PoolConfiguration, poolIndex: Int = 0, rank: Int = 0,
    longestQueue: Int = .max
  ) {
    self.rank = rank
    self.poolIndex = poolIndex
    self.longestQueue = longestQueue
    limit = ContextLimit(configuration)
    let (model, capacity) = (configuration.model, configuration.capacity)
    viewCount = model.visibilities.count
    hostBlocks = configuration.prefixCache?.hostBlocks ?? 0
    sharesPlanned = configuration.prefixCache?.sharesPlanned ?? false
    prefixSizes = configuration.prefixCache.map {
      PrefixBlockSizes(hashTokens: $0.hashTokens, engineTokens: capacity.blockTokens)
    }
    prefixCache = prefixSizes.map { _ in
      PrefixCache(hostBlocks: configuration.prefixCache!.hostBlocks)
    }
    pool = BlockPool(total: capacity.totalBlocks, blockTokens: capacity.blockTokens)
    demand = BlockDemand(
      blockTokens: capacity.blockTokens, unitsPerToken: model.contextUnitsPerToken,
      unitsPerStep: model.contextUnitsPerStep)
  }

  /// Forgets everything, as a process that begins anew.
  mutating func clear() {
    let (total, blockTokens) = (pool.total, pool.blockTokens)
    requests = 0
    waiting.removeAll()
    backlog = Backlog()
    prefilling = -1
    decoding.removeAll()
    admitted.clear()
    pool = BlockPool(total: total, blockTokens: blockTokens)
    views = ContextViews()
    demand.clear()
    chunks.removeAll()
    incoming.removeAll()
    arrived.removeAll()
    reserved = 0
    if prefixCache != nil { prefixCache = PrefixCache(hostBlocks: hostBlocks) }
  }

  /// Sequences that count towards the engine's limit.
  var running: Int { decoding.count + reserved + (prefilling >= 0 ? 1 : 0) }

  /// Whether a request that comes now waits behind the queue.
  var overflows: Bool { waiting.count >= longestQueue || !backlog.isEmpty }

  /// Requests that nobody has scheduled yet, or that were preempted.
  var queued: Int { waiting.count + backlog.count }

  /// Gives states to those behind the queue once it has become short.
  mutating func refill(_ table: inout SequenceTable) {
    guard !backlog.isEmpty, waiting.count < (longestQueue + 1) / 2 else { return }
    while waiting.count < longestQueue, let entry = backlog.popFirst() {
      guard let fixedBlocks = limit.fixedBlocks(for: entry.request) else {
        preconditionFailure("what does not fit is refused when it comes")
      }
      let slot = table.add(RequestState(entry.request), rank: rank, fixedBlocks: fixedBlocks)
      table.states[Int(slot)].queuedAt = entry.queuedAt
      waiting.append(slot)
    }
  }

  // MARK: Decoding

  /// Decode steps pass: every sequence caches its tokens.
  ///
  /// - Returns: cache blocks in use over them.
  @inline(__always)
  mutating func advance(_ run: Run) -> BlockUse {
    var use = BlockUse(before: pool.used, after: pool.used)
    guard run.sequences > 0 else { return use }
    let steps = run.steps
    if steps > 1 { use.growthFemtoseconds = demand.heldFemtoseconds(over: run) }
    let taken = demand.advance(steps: steps)
    if steps == 1 { use.growthFemtoseconds = Double(taken) * Double(run.duration) / 2 }
    pool.take(taken)
    evictIdle()
    for view in 0..<viewCount { views.tokens[view] += views.growth[view] * steps }
    use.after = pool.used
    return use
  }

  /// A sequence begins to decode with a number of cached tokens. Until it leaves it is never
  /// visited: its context, blocks and tokens follow from the count of decode steps.
  mutating func join(_ slot: Int32, context: Int32, _ table: inout SequenceTable) {
    let index = Int(slot)
    let last = table.states[index].lastToken
    table.begin(slot, context: context, decodingIndex: decoding.count)
    if table.writesBlocks { Self.beginBlocks(slot, after: last, &table) }
    decoding.append(slot)
    admitted.join(slot, table)
    demand.add(cachedUnits: Int64(context) * table.unitsPerToken)
    let next = Int64(context) + 1
    views.tokens[0] += Int64(context) * table.unitsPerToken + table.ownUnits
    views.growth[0] += table.unitsPerStep
    // Before the finish: at the same step a view must be settled before its sequence leaves it.
    for view in 1..<table.visibilities.count { joinView(view, slot, context: next, &table) }
    let generated = table.states[index].generated
    let thinking = table.states[index].request.thinkingTokens
    if thinking >= generated, thinking > 0 {
      let steps = table.steps(forTokens: Int64(thinking + 1 - generated))
      table.set(.answer, slot, at: table.decodeSteps + steps)
    }
    let remaining = Int64(table.states[index].request.outputTokens - generated)
    table.set(.finish, slot, at: table.decodeSteps + table.steps(forTokens: remaining))
  }

  /// The end of a prompt has written nothing: the first tokens come with the first block.
  private static func beginBlocks(
    _ slot: Int32, after last: FineClock, _ table: inout SequenceTable
  ) {
    table.states[Int(slot)].lastToken = last
    if table.states[Int(slot)].firstTokenAt.isNever {
      table.set(.firstBlock, slot, at: table.decodeSteps + 1)
    }
  }

  private mutating func joinView(
    _ view: Int, _ slot: Int32, context: Int64, _ table: inout SequenceTable
  ) {
    let visibility = table.visibilities[view]
    views.tokens[view] += visibility.visible(
      units: context * table.unitsPerToken, of: table.unitsPerToken)
    switch visibility {
    case .full: views.growth[view] += table.unitsPerStep
    case .sliding(let tokens):
      guard context < Int64(tokens) else { return }
      views.growth[view] += table.unitsPerStep
      let steps = table.steps(forTokens: Int64(tokens) - context)
      table.set(.windowFull(view: Int8(view)), slot, at: table.decodeSteps + steps)
    case .chunked(let tokens):
      views.growth[view] += table.unitsPerStep
      let left = Int64(tokens) - (context - 1) % Int64(tokens)
      table.set(
        .chunkRestart(view: Int8(view)), slot, at: table.decodeSteps + table.steps(forTokens: left))
    }
  }

  /// Takes a sequence out of the batch; its blocks are released, its tokens so far noted.
  ///
  /// - Returns: tokens that it emitted beyond one a step, those of the last step included.
  mutating func leave(_ slot: Int32, _ table: inout SequenceTable) -> Int64 {
    let index = Int(slot)
    let cached = table.cachedUnits(of: index)
    release(slot, units: cached, &table)
    demand.remove(cachedUnits: cached)
    let next = cached + table.ownUnits
    views.tokens[0] -= next
    views.growth[0] -= table.unitsPerStep
    for view in 1..<table.visibilities.count {
      let visibility = table.visibilities[view]
      views.tokens[view] -= visibility.visible(units: next, of: table.unitsPerToken)
      if case .sliding(let tokens) = visibility, next >= Int64(tokens) * table.unitsPerToken {
        continue
      }
      views.growth[view] -= table.unitsPerStep
    }
    let position = table.states[index].decodingIndex
    let last = decoding.removeLast()
    if last != slot {
      decoding[Int(position)] = last
      table.states[Int(last)].decodingIndex = position
    }
    let steps = table.decodeSteps - table.states[index].joinStep
    if steps == 0 { table.removeNewcomer(slot) }
    let left = Int64(table.states[index].request.outputTokens - table.states[index].generated)
    let emitted = table.hasWholeSteps ? steps : min(table.tokens(inSteps: steps), left)
    table.states[index].endDecoding(emitted: emitted)
    return emitted - steps
  }

  // MARK: Views

  /// A sequence's window is full: it reads no more than that from here on.
  mutating func fillWindow(_ view: Int, _ slot: Int32, _ table: borrowing SequenceTable) {
    guard case .sliding(let tokens) = table.visibilities[view] else { return }
    let next = table.cachedUnits(of: Int(slot)) + table.unitsPerToken
    views.growth[view] -= table.unitsPerStep
    views.tokens[view] -= next - Int64(tokens) * table.unitsPerToken
  }

  /// A sequence's attention chunk begins anew; the milestone of the next time is noted.
  mutating func restartChunk(_ view: Int, _ milestone: Milestone, _ table: inout SequenceTable) {
    guard case .chunked(let tokens) = table.visibilities[view] else { return }
    let chunk = Int64(tokens) * table.unitsPerToken
    views.tokens[view] -= chunk
    let left = chunk - table.cachedUnits(of: Int(milestone.slot)) % chunk
    let steps = (left + table.unitsPerStep - 1) / table.unitsPerStep
    table.set(again: milestone, at: table.decodeSteps + steps)
  }

  // MARK: Blocks

  /// Gives back what a request holds with a number of cached tokens, and what was set aside for it.
  mutating func release(_ slot: Int32, context: Int, _ table: inout SequenceTable) {
    release(slot, units: Int64(context) * table.unitsPerToken, &table)
  }

  @inline(__always)
  private mutating func release(_ slot: Int32, units: Int64, _ table: inout SequenceTable) {
    let index = Int(slot)
    var blocks = pool.blocks(forContext: table.tokens(of: units))
    if prefixSizes != nil { blocks -= releasePrefix(slot, &table) }
    pool.release(blocks + Int(table.states[index].fixedBlocks))
    pool.reserve(-Int(table.states[index].reservedBlocks))
  }
}

extension ContextVisibility {
  /// `visible(at:)` of a context counted in parts of a token; the query's own token is its last.
  @inline(__always)
  func visible(units: Int64, of unitsPerToken: Int64) -> Int64 {
    switch self {
    case .full: units
    case .sliding(let tokens): min(units, Int64(tokens) * unitsPerToken)
    case .chunked(let tokens):
      (units - unitsPerToken) % (Int64(tokens) * unitsPerToken) + unitsPerToken
    }
  }
}
