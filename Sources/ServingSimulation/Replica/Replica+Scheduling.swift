internal import DequeModule
internal import OperatorCosts
internal import Units
internal import Workloads

// The scheduler: what goes into the next run. Follows vLLM V1's `Scheduler.schedule`: decoding
// sequences first, in order of admission; then the prompt that is partly computed; then waiting
// requests in order of arrival, while tokens, sequences and blocks last.
extension Replica {
  /// Plans the next run at the replica's clock, or at `time` when it was idle.
  ///
  /// - Returns: its end, or nil when there is nothing to do.
  mutating func beginRun(at time: SimTime, _ recorder: inout Recorder) -> SimTime? {
    if time > clock.time { clock = FineClock(time) }
    while !chunks.isEmpty { chunks.removeLast() }
    mustRetryAdmission = false
    let decodes: Bool
    switch limits.policy {
    case .chunkedPrefill:
      makeRoomForDecoding(&recorder)
      let budget = limits.tokenBudget - decoding.count
      fillWithPrompts(budget: budget, admitting: !mustRetryAdmission, &recorder)
      decodes = true
    case .prefillFirst:
      fillWithPrompts(budget: limits.tokenBudget, admitting: true, &recorder)
      decodes = chunks.isEmpty
      if decodes { makeRoomForDecoding(&recorder) }
    }
    guard !chunks.isEmpty || (decodes && !decoding.isEmpty) else {
      return nil
    }
    if chunks.isEmpty { planDecoding() } else { planStepWithPrompts(decodes: decodes) }
    isIdle = false
    return run.end.time
  }

  /// Preempts the latest admitted requests until every decoding sequence can cache its next token.
  ///
  /// The answer so far is kept; prompt and answer are computed again later ("recompute"). A
  /// sequence that stands alone is never preempted: what can never fit was refused on arrival.
  private mutating func makeRoomForDecoding(_ recorder: inout Recorder) {
    while !decoding.isEmpty, demand.next > pool.free {
      let victim =
        prefilling >= 0
        ? prefilling : decoding.max { states[Int($0)].admission < states[Int($1)].admission }!
      preempt(victim, &recorder)
    }
  }

  private mutating func preempt(_ slot: Int32, _ recorder: inout Recorder) {
    let index = Int(slot)
    if slot == prefilling {
      releaseBlocks(of: index, context: Int(states[index].prefilled))
      prefilling = -1
    } else {
      states[index].lastToken = lastToken(of: index)
      leave(slot)
    }
    states[index].prefilled = 0
    states[index].prefillTarget = states[index].request.inputTokens + states[index].generated
    states[index].preemptions += 1
    waiting.prepend(slot)
    mustRetryAdmission = true
    recorder.preempted(at: clock.time)
  }

  /// Chooses prompt chunks within a token budget: first the prompt under way, then waiting ones.
  private mutating func fillWithPrompts(
    budget: Int, admitting: Bool, _ recorder: inout Recorder
  ) {
    if waiting.isEmpty, prefilling < 0 { return }
    var budget = budget
    // Blocks that this very step's decode tokens will take are not free.
    let promised = limits.policy == .chunkedPrefill ? demand.next : 0
    if prefilling >= 0, budget > 0 {
      let slot = prefilling
      let prefilled = Int(states[Int(slot)].prefilled)
      let tokens = min(budget, Int(states[Int(slot)].prefillTarget) - prefilled)
      let needed =
        pool.blocks(forContext: prefilled + tokens) - pool.blocks(forContext: prefilled)
      if needed <= pool.free - promised {
        pool.take(needed)
        chunks.append(Chunk(slot: slot, tokens: Int32(tokens)))
        budget -= tokens
      } else if limits.policy == .chunkedPrefill {
        preempt(slot, &recorder)
        return
      } else {
        return
      }
    }
    guard admitting else { return }
    while budget > 0, prefillingIsDone, let slot = waiting.first,
      decoding.count + chunks.count < limits.maximumSequences,
      admit(slot, budget: &budget, promised: promised)
    {
      waiting.removeFirst()
      if states[Int(slot)].scheduledAt == .never { states[Int(slot)].scheduledAt = clock.time }
      recorder.admitted(at: clock.time)
    }
  }

  /// Whether every prompt chosen so far is computed to its end in this step.
  private var prefillingIsDone: Bool {
    guard let last = chunks.last else { return prefilling < 0 }
    let index = Int(last.slot)
    return states[index].prefilled + last.tokens == states[index].prefillTarget
  }

  private mutating func admit(_ slot: Int32, budget: inout Int, promised: Int) -> Bool {
    let index = Int(slot)
    let target = Int(states[index].prefillTarget)
    let fixedBlocks = Int(states[index].fixedBlocks)
    let tokens = min(budget, target)
    // The whole prompt must find room, though blocks are taken chunk by chunk: admitting on the
    // first chunk alone makes long prompts evict each other (vLLM: `scheduler_reserve_full_isl`,
    // on).
    guard pool.blocks(forContext: target) + fixedBlocks <= pool.free - promised else {
      return false
    }
    if limits.reservedAnswerShare > 0 {
      let unwritten = Double(states[index].request.outputTokens - states[index].generated)
      let context = target + Int(unwritten * limits.reservedAnswerShare)
      let reservation = pool.blocks(forContext: context) + fixedBlocks
      // A request that stands alone is admitted whatever the reservation says.
      guard pool.reserved + reservation <= pool.total || pool.reserved == 0 else { return false }
      pool.reserve(reservation)
      states[index].reservedBlocks = Int32(reservation)
    }
    pool.take(pool.blocks(forContext: tokens) + fixedBlocks)
    states[index].admission = admissions
    admissions += 1
    chunks.append(Chunk(slot: slot, tokens: Int32(tokens)))
    budget -= tokens
    return true
  }

  // MARK: Pricing

  /// One step with prompt chunks, and with the decoding sequences when the policy mixes them.
  private mutating func planStepWithPrompts(decodes: Bool) {
    let batch = decodes ? decoding.count : 0
    var tokens = batch
    var sampled = batch
    var attention = PartCost()
    for chunk in chunks {
      let prior = states[Int(chunk.slot)].prefilled
      tokens += Int(chunk.tokens)
      if prior + chunk.tokens == states[Int(chunk.slot)].prefillTarget { sampled += 1 }
      attention += model.prefill(new: Int(chunk.tokens), prior: Int(prior))
    }
    run.sequences = Int64(batch)
    price = model.price(
      tokens: tokens, sampled: sampled, sequences: batch, views: views, prompts: attention,
      promptCount: chunks.count)
    let without = batch > 0 ? model.decodeFemtoseconds(sequences: batch, views: views) : 0
    run.prefillFemtoseconds = max(0, price.first - without)
    run.begin(at: clock, steps: 1, price: price)
  }

  /// As many decode steps as pass until a sequence reaches a milestone or the blocks run out.
  private mutating func planDecoding() {
    let batch = decoding.count
    run.sequences = Int64(batch)
    run.prefillFemtoseconds = 0
    price = model.price(
      tokens: batch, sampled: batch, sequences: batch, views: views, prompts: PartCost(),
      promptCount: 0)
    var steps = min(price.steadySteps, stepsToMilestone(), longestRun)
    if mustRetryAdmission { steps = 1 }
    steps = demand.steps(within: pool.free, limit: steps)
    run.begin(at: clock, steps: steps, price: price)
  }
}
