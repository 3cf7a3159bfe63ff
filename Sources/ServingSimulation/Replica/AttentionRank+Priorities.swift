internal import BasicContainers
internal import DequeModule
internal import Workloads

// Requests that are more urgent than others: who is admitted first, and who gives way.
extension AttentionRank {
  /// Queues a request behind those that go before it.
  mutating func queue(_ slot: Int32, _ table: borrowing SequenceTable) {
    waiting.insert(slot, at: Self.place(of: slot, in: waiting, table))
  }

  /// Queues a request that was prefilled elsewhere behind those that go before it.
  mutating func queueIncoming(_ slot: Int32, _ table: borrowing SequenceTable) {
    incoming.insert(slot, at: Self.place(of: slot, in: incoming, table))
  }

  private static func place(
    of slot: Int32, in queue: borrowing UniqueDeque<Int32>, _ table: borrowing SequenceTable
  ) -> Int {
    var (low, high) = (0, queue.count)
    while low < high {
      let middle = (low + high) / 2
      if table.goes(queue[middle], before: slot) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The running sequence that goes last in order: the first to lose its blocks.
  func lastInOrder(_ table: borrowing SequenceTable) -> Int32 {
    var last = prefilling
    for position in decoding.indices where last < 0 || table.goes(last, before: decoding[position])
    {
      last = decoding[position]
    }
    return last
  }

  /// Admits waiting requests in the order of their priority, while tokens, sequences and blocks
  /// last. Who has just given way waits for a later step, and so do those behind it.
  mutating func admitInOrder(
    budget: inout Int, _ table: inout SequenceTable, _ recorder: inout Recorder
  ) {
    let isMixed = table.limits.policy.isMixed
    var first: Int32 = -1
    while budget > 0, prefillingIsDone(table), let position = firstKnown(&table) {
      let slot = waiting[position]
      guard first < 0 || table.goes(slot, before: first) else {
        table.looksAgain = true
        return
      }
      // Blocks that this very step's decode tokens will take are not free.
      let promised = isMixed ? demand.next : 0
      let hasSeat = decoding.count + chunks.count + reserved < table.limits.maximumSequences
      if hasSeat, admit(slot, budget: &budget, promised: promised, &table, &recorder) {
        _ = waiting.remove(at: position)
        noteAdmission(of: slot, &table, &recorder)
        continue
      }
      guard let victim = victim(for: slot, hasSeat: hasSeat, promised: promised, &table) else {
        return
      }
      if hasSeat, giveUpLease(forBlocksOf: slot, promised, &table, &recorder) { continue }
      preempt(victim, &table, &recorder)
      if first < 0 || table.goes(victim, before: first) { first = victim }
    }
  }

  /// The first waiting request that the plan knows of.
  private func firstKnown(_ table: inout SequenceTable) -> Int? {
    for position in 0..<waiting.count {
      if table.states[Int(waiting[position])].queuedAt <= table.knownUntil { return position }
      table.awaitsNextPlan = true
    }
    return nil
  }

  /// The decoding sequence that gives way to a request that waits; nil where none has to, or where
  /// all of them together would not be enough.
  private mutating func victim(
    for slot: Int32, hasSeat: Bool, promised: Int, _ table: inout SequenceTable
  ) -> Int32? {
    guard let margin = table.limits.priorities?.margin else { return nil }
    let most = table.priority(of: slot) + Int64(margin)
    var last: Int32 = -1
    var gained = 0
    for position in decoding.indices {
      let other = decoding[position]
      guard table.priority(of: other) > most else { continue }
      let index = Int(other)
      gained += pool.blocks(forContext: table.tokens(of: table.cachedUnits(of: index)))
      gained += Int(table.states[index].fixedBlocks)
      if last < 0 || table.goes(last, before: other) { last = other }
    }
    guard last >= 0 else { return nil }
    // What there is to gain, and what is free, changes with every step.
    table.looksAgain = true
    let needed = neededBlocks(slot, &table)
    let isFull = needed > pool.free - promised
    if !hasSeat || isFull { return needed <= pool.free + gained ? last : nil }
    return isReserved(slot, &table) ? last : nil
  }

  /// Blocks that admitting a request takes at the least.
  mutating func neededBlocks(_ slot: Int32, _ table: inout SequenceTable) -> Int {
    let hit = findPrefix(Int(slot), &table)
    let shared = hit.blocks * (prefixSizes?.engineBlocks ?? 0)
    let context = Int(table.states[Int(slot)].prefillTarget)
    return pool.blocks(forContext: context) - shared + hit.newBlocks
      + Int(table.states[Int(slot)].fixedBlocks)
  }

  /// Whether too much is set aside for the answers of others.
  private mutating func isReserved(_ slot: Int32, _ table: inout SequenceTable) -> Bool {
    guard table.limits.reservedAnswerShare > 0, pool.reserved > 0 else { return false }
    return pool.reserved + reservation(of: slot, table) > pool.total
  }
}

extension SequenceTable {
  /// The lower goes first.
  @inline(__always)
  func priority(of slot: Int32) -> Int64 {
    Int64(limits.priorities?.ofClasses[Int(states[Int(slot)].request.classIndex)] ?? 0)
  }

  /// Whether a request is admitted before another one.
  func goes(_ slot: Int32, before other: Int32) -> Bool {
    let (own, others) = (priority(of: slot), priority(of: other))
    guard own == others else { return own < others }
    let (request, following) = (states[Int(slot)].request, states[Int(other)].request)
    return request.arrival == following.arrival
      ? request.index < following.index : request.arrival < following.arrival
  }
}
