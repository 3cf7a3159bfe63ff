internal import BasicContainers
internal import DequeModule
internal import Units
internal import Workloads

/// Blocks that are held for a conversation between two of its turns.
struct Lease {
  let classIndex: Int16
  let session: Int32
  let chain: PrefixChain
  /// Blocks of it that are held.
  let blocks: Int
  /// Engine blocks that nobody else held when it began.
  let ownBlocks: Int
  let began: SimTime
  /// When it runs out.
  let end: SimTime

  /// What it takes of the cache until an instant [blocks ns].
  func blockNanoseconds(until time: SimTime) -> Int128 {
    Int128(ownBlocks) * Int128((time - began).nanoseconds)
  }
}

// What becomes of a conversation's cache while its tools run, or its user thinks.
extension AttentionRank {
  /// A request of a conversation has ended, and what it held is idle.
  ///
  /// - Returns: when a lease that began runs out; nil where none did.
  mutating func endTurn(
    _ slot: Int32, _ caches: ConversationCaches, _ table: inout SequenceTable,
    _ recorder: inout Recorder
  ) -> SimTime? {
    guard let sizes = prefixSizes else { return nil }
    let index = Int(slot)
    let request = table.states[index].request
    let choice = caches.choice(after: request)
    guard choice != .kept else { return nil }
    table.findChain(index, includingAnswer: true)
    let shared = min(caches.sharedTokens(of: request) / sizes.hashTokens, table.chain.count)
    // The next turn is given nothing of what comes after the first thought.
    let told = fullBlocks(index, includingAnswer: request.thinkingTokens == 0, table)
    switch choice {
    case .kept: break
    case .pinned(let time):
      let pinned = prefixCache!.pin(table.chain, told)
      guard pinned.held > 0 else { return nil }
      pool.take(pinned.woken * sizes.engineBlocks)
      let lease = Lease(
        classIndex: request.classIndex, session: request.session,
        chain: table.chain, blocks: pinned.held, ownBlocks: pinned.woken * sizes.engineBlocks,
        began: table.now, end: table.now + time)
      endLease(of: request, table, &recorder)
      let place = leases.firstIndex { $0.end > lease.end } ?? leases.count
      leases.insert(lease, at: place)
      recorder.pinned()
      return lease.end
    case .offloaded:
      _ = prefixCache!.forget(table.chain, max(shared, told)..<table.chain.count)
      let moved = prefixCache!.offload(table.chain, shared..<max(shared, told))
      recorder.offloaded(tokens: moved * sizes.hashTokens)
    case .dropped:
      let gone = prefixCache!.forget(table.chain, shared..<table.chain.count)
      recorder.dropped(tokens: gone * sizes.hashTokens)
    }
    return nil
  }

  /// The next turn of a conversation has what was held for it.
  mutating func endLease(
    of request: Request, _ table: borrowing SequenceTable, _ recorder: inout Recorder
  ) {
    guard
      let position = leases.firstIndex(where: {
        $0.session == request.session && $0.classIndex == request.classIndex
      })
    else { return }
    end(position, at: table.now, .used, &recorder)
  }

  /// Gives back what was held for turns that have not come in time.
  mutating func endLeases(at time: SimTime, _ recorder: inout Recorder) {
    while let first = leases.first, first.end <= time { end(0, at: time, .expired, &recorder) }
  }

  /// Gives up what is held for the turn whose lease runs out next, because a sequence would lose
  /// its blocks, or nothing could run at all; false where nothing is held.
  mutating func giveUpLease(at time: SimTime, _ recorder: inout Recorder) -> Bool {
    guard !leases.isEmpty else { return false }
    end(0, at: time, .givenUp, &recorder)
    return true
  }

  /// Gives up a lease for a request that others have to give way to, where blocks are what it
  /// lacks.
  mutating func giveUpLease(
    forBlocksOf slot: Int32, _ promised: Int, _ table: inout SequenceTable,
    _ recorder: inout Recorder
  ) -> Bool {
    guard !leases.isEmpty, neededBlocks(slot, &table) > pool.free - promised else { return false }
    return giveUpLease(at: table.now, &recorder)
  }

  /// Gives all of them back: everything ends, or everything is lost.
  mutating func dropLeases(at time: SimTime, _ end: LeaseEnd, _ recorder: inout Recorder) {
    while !leases.isEmpty { self.end(0, at: time, end, &recorder) }
  }

  private mutating func end(
    _ position: Int, at time: SimTime, _ end: LeaseEnd, _ recorder: inout Recorder
  ) {
    let lease = leases.remove(at: position)
    let idle = prefixCache!.idleBlocks
    prefixCache!.release(lease.chain, lease.blocks)
    pool.release((prefixCache!.idleBlocks - idle) * prefixSizes!.engineBlocks)
    recorder.unpinned(lease.blockNanoseconds(until: time), of: poolIndex, end)
  }

  /// Whether nothing runs here only because too much is held for turns to come.
  mutating func isHeldUpByLeases(_ table: borrowing SequenceTable) -> Bool {
    !leases.isEmpty && !waiting.isEmpty && decoding.isEmpty && chunks.isEmpty && prefilling < 0
      && !table.awaitsNextPlan && !table.mustRetryAdmission
  }
}

/// How a lease ends.
enum LeaseEnd {
  /// The next turn has come.
  case used
  /// Its time is over.
  case expired
  /// The room was needed, or the replica has failed.
  case givenUp
  /// The run has.
  case closed
}
