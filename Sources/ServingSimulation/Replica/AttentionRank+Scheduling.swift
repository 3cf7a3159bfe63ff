internal import BasicContainers
internal import DequeModule
internal import OperatorCosts
internal import Units
internal import Workloads

// What a rank puts into the next step. Follows vLLM V1's `Scheduler.schedule`: decoding sequences
// first, in order of admission; then the prompt that is partly computed; then waiting requests in
// order of arrival, while tokens, sequences and blocks last.
extension AttentionRank {
  /// Preempts the latest admitted requests until every decoding sequence can cache its next token.
  ///
  /// The answer so far is kept; prompt and answer are computed again later ("recompute"), or their
  /// cache waits in the host's memory. What can never fit was refused on arrival, so a sequence
  /// that stands alone is preempted only where it holds a prefix twice: its own copy, and the
  /// blocks of one that has ended which had computed the same beside it. Admitted again, it shares.
  mutating func makeRoomForDecoding(_ table: inout SequenceTable, _ recorder: inout Recorder) {
    while !decoding.isEmpty, demand.next > pool.free {
      if giveUpLease(at: table.now, &recorder) {
        // Where prompts come first they have been looked at, and may fit now.
        table.looksAgain = true
        continue
      }
      let victim =
        table.isOrdered
        ? lastInOrder(table) : prefilling >= 0 ? prefilling : admitted.latest(of: decoding, table)
      preempt(victim, &table, &recorder)
    }
  }

  mutating func preempt(
    _ slot: Int32, _ table: inout SequenceTable, _ recorder: inout Recorder
  ) {
    let index = Int(slot)
    if slot == prefilling {
      release(slot, context: Int(table.states[index].prefilled), &table)
      prefilling = -1
    } else {
      table.states[index].lastToken = table.lastToken(of: index)
      recorder.simultaneous(tokens: leave(slot, &table))
    }
    if table.limits.retractionSecondsPerToken != nil {
      movedTokens += Int(table.states[index].request.inputTokens + table.states[index].generated)
    }
    table.states[index].prefilled = 0
    table.states[index].prefillTarget =
      table.states[index].request.inputTokens + table.states[index].generated
    table.states[index].preemptions += 1
    if table.isOrdered { queue(slot, table) } else { waiting.prepend(slot) }
    table.mustRetryAdmission = true
    table.entersQueue(at: table.now)
    recorder.preempted(table.states[index].request.index, at: table.now)
  }

  /// Chooses prompt chunks within a token budget: first the prompt under way, then waiting ones.
  mutating func fillWithPrompts(
    budget: Int, admitting: Bool, _ table: inout SequenceTable, _ recorder: inout Recorder
  ) {
    if waiting.isEmpty, prefilling < 0 { return }
    var budget = budget
    let isMixed = table.limits.policy.isMixed
    // Blocks that this very step's decode tokens will take are not free.
    var promised = isMixed ? demand.next : 0
    if prefilling >= 0, budget > 0 {
      let slot = prefilling
      let prefilled = Int(table.states[Int(slot)].prefilled)
      let tokens = min(budget, Int(table.states[Int(slot)].prefillTarget) - prefilled)
      let needed =
        pool.blocks(forContext: prefilled + tokens) - pool.blocks(forContext: prefilled)
      while needed > pool.free - promised, giveUpLease(at: table.now, &recorder) {}
      if table.isOrdered, isMixed {
        while needed > pool.free - promised, lastInOrder(table) != slot {
          preempt(lastInOrder(table), &table, &recorder)
          promised = demand.next
        }
      }
      if needed <= pool.free - promised {
        pool.take(needed)
        evictIdle()
        chunks.append(Chunk(slot: slot, tokens: Int32(tokens)))
        sharePlanned(slot, tokens: prefilled + tokens, &table)
        budget -= tokens
      } else if isMixed {
        preempt(slot, &table, &recorder)
        return
      } else {
        return
      }
    }
    guard admitting else { return }
    if table.isOrdered {
      // A step in which somebody lost blocks admits nobody.
      if isMixed, table.mustRetryAdmission { return }
      return admitInOrder(budget: &budget, &table, &recorder)
    }
    while budget > 0, prefillingIsDone(table), !waiting.isEmpty,
      decoding.count + chunks.count + reserved < table.limits.maximumSequences
    {
      let slot = waiting[0]
      guard table.states[Int(slot)].queuedAt <= table.knownUntil else {
        table.awaitsNextPlan = true
        return
      }
      guard admit(slot, budget: &budget, promised: promised, &table, &recorder) else { return }
      _ = waiting.removeFirst()
      refill(&table)
      noteAdmission(of: slot, &table, &recorder)
    }
  }

  @inline(__always)
  mutating func noteAdmission(
    of slot: Int32, _ table: inout SequenceTable, _ recorder: inout Recorder
  ) {
    table.gatheredSteps = 0
    if table.states[Int(slot)].scheduledAt.isNever {
      table.states[Int(slot)].scheduledAt = table.now
    }
    table.leavesQueue(at: table.now)
    recorder.admitted(at: table.now)
  }

  /// Tokens of the waiting prompts that a plan knows of, as far as a limit.
  mutating func waitingTokens(_ table: inout SequenceTable, limit: Int) -> Int {
    var sum = 0
    for position in 0..<waiting.count {
      guard sum < limit else { break }
      let index = Int(waiting[position])
      guard table.states[index].queuedAt <= table.knownUntil else {
        table.awaitsNextPlan = true
        // An urgent one may have come later than those behind it.
        if table.isOrdered { continue }
        break
      }
      sum += Int(table.states[index].prefillTarget)
    }
    guard sum < limit, !table.awaitsNextPlan, !backlog.isEmpty else { return sum }
    let behind = backlog.waitingTokens(limit: limit - sum, knownUntil: table.knownUntil)
    if behind.isCut { table.awaitsNextPlan = true }
    return sum + behind.tokens
  }

  /// Whether every prompt chosen so far is computed to its end in this step.
  func prefillingIsDone(_ table: borrowing SequenceTable) -> Bool {
    guard !chunks.isEmpty else { return prefilling < 0 }
    let last = chunks[chunks.count - 1]
    let index = Int(last.slot)
    return table.states[index].prefilled + last.tokens == table.states[index].prefillTarget
  }

  mutating func admit(
    _ slot: Int32, budget: inout Int, promised: Int, _ table: inout SequenceTable,
    _ recorder: inout Recorder
  ) -> Bool {
    let index = Int(slot)
    let target = Int(table.states[index].prefillTarget)
    let fixedBlocks = Int(table.states[index].fixedBlocks)
    // The whole prompt must find room, though blocks are taken chunk by chunk: admitting on the
    // first chunk alone makes long prompts evict each other (vLLM: `scheduler_reserve_full_isl`,
    // on).
    let hit = findPrefix(index, &table)
    let shared = hit.blocks * (prefixSizes?.engineBlocks ?? 0)
    let own = pool.blocks(forContext: target) - shared
    guard own + hit.newBlocks + fixedBlocks <= pool.free - promised else { return false }
    // Cached tokens take blocks and no computation; the last one is always computed. What waits in
    // the host's memory comes back in the step.
    let isRetracted =
      table.states[index].preemptions > 0 && table.limits.retractionSecondsPerToken != nil
    let cached = isRetracted ? target - 1 : min(hit.tokens, target - 1)
    if table.limits.policy == .wholePrompts {
      let uncut = min(target - cached, table.limits.tokenBudget)
      guard budget >= uncut else { return false }
    }
    if table.limits.reservedAnswerShare > 0 {
      guard reserve(slot, &table) else { return false }
    }
    let tokens = min(budget, target - cached)
    if isRetracted { movedTokens += target }
    holdPrefix(index, hit, &table, &recorder)
    pool.take(pool.blocks(forContext: cached + tokens) - shared + fixedBlocks)
    if !leases.isEmpty { endLease(of: table.states[index].request, table, &recorder) }
    evictIdle()
    table.states[index].prefilled = Int32(cached)
    if cached > 0, !isRetracted {
      recorder.reused(tokens: cached)
      if table.states[index].preemptions == 0 { table.states[index].cached = Int32(cached) }
    }
    table.states[index].admission = table.admissions
    table.admissions += 1
    chunks.append(Chunk(slot: slot, tokens: Int32(tokens)))
    sharePlanned(slot, tokens: cached + tokens, isFound: true, &table)
    budget -= tokens
    return true
  }

  /// Sets blocks aside for a share of the answer.
  private mutating func reserve(_ slot: Int32, _ table: inout SequenceTable) -> Bool {
    let index = Int(slot)
    let reservation = reservation(of: slot, table)
    // A request that stands alone is admitted whatever the reservation says.
    guard pool.reserved + reservation <= pool.total || pool.reserved == 0 else { return false }
    pool.reserve(reservation)
    table.states[index].reservedBlocks = Int32(reservation)
    return true
  }

  /// Blocks that a request needs with a share of its answer.
  mutating func reservation(of slot: Int32, _ table: borrowing SequenceTable) -> Int {
    let index = Int(slot)
    let unwritten = Double(
      table.states[index].request.outputTokens - table.states[index].generated)
    let whole =
      Int(table.states[index].prefillTarget) + Int(unwritten * table.limits.reservedAnswerShare)
    return pool.blocks(forContext: whole) + Int(table.states[index].fixedBlocks)
  }

  // MARK: Requests prefilled elsewhere

  /// Takes blocks for prompts that were computed elsewhere, in order of arrival, while blocks and
  /// sequences last; their cache may then be sent.
  ///
  /// - Returns: slots whose transfer may begin, appended to `started`.
  mutating func acceptIncoming(_ table: inout SequenceTable, started: inout [Int32]) {
    // Sequences that lost their blocks come first where their cache waits for them.
    if table.limits.retractionSecondsPerToken != nil, !waiting.isEmpty { return }
    while !incoming.isEmpty, running < table.limits.maximumSequences {
      let slot = incoming[0]
      let index = Int(slot)
      let context = Int(table.states[index].prefillTarget)
      let fixed = Int(table.states[index].fixedBlocks)
      guard pool.blocks(forContext: context) + fixed <= pool.free - demand.next else { return }
      if table.limits.reservedAnswerShare > 0 {
        guard reserve(slot, &table) else { return }
      }
      pool.take(pool.blocks(forContext: context) + fixed)
      table.states[index].prefilled = Int32(context)
      table.states[index].admission = table.admissions
      table.admissions += 1
      reserved += 1
      _ = incoming.removeFirst()
      started.append(slot)
    }
  }

  /// Forgets a request that waits for blocks; false when it has got them.
  mutating func dropIncoming(_ slot: Int32) -> Bool {
    for position in 0..<incoming.count where incoming[position] == slot {
      _ = incoming.remove(at: position)
      return true
    }
    return false
  }

  /// Begins to decode what has come since the last step.
  mutating func joinArrived(_ table: inout SequenceTable) {
    guard !arrived.isEmpty else { return }
    for slot in arrived {
      reserved -= 1
      let index = Int(slot)
      table.states[index].show(firstTokenAt: table.now)
      join(slot, context: table.states[index].prefillTarget, &table)
    }
    arrived.removeAll(keepingCapacity: true)
  }
}
