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
    chunks.removeAll(keepingCapacity: true)
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
      run = nil
      return nil
    }
    let plan = chunks.isEmpty ? decodeRun() : stepWithPrompts(decodes: decodes)
    run = plan
    return plan.end(after: plan.steps).time
  }

  /// Preempts the latest admitted requests until every decoding sequence can cache its next token.
  ///
  /// The answer so far is kept; prompt and answer are computed again later ("recompute"). A
  /// sequence that stands alone is never preempted: what can never fit was refused on arrival.
  private mutating func makeRoomForDecoding(_ recorder: inout Recorder) {
    while !decoding.isEmpty, blocksTaken(atStep: 0) > pool.free {
      let victim =
        prefilling >= 0
        ? prefilling : decoding.max { states[Int($0)].admission < states[Int($1)].admission }!
      preempt(victim, &recorder)
    }
  }

  private mutating func preempt(_ slot: Int32, _ recorder: inout Recorder) {
    let index = Int(slot)
    if slot == prefilling {
      pool.release(
        pool.blocks(forContext: Int(states[index].prefilled)) + Int(states[index].fixedBlocks))
      pool.reserve(-Int(states[index].reservedBlocks))
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
    var budget = budget
    // Blocks that this very step's decode tokens will take are not free.
    let promised = limits.policy == .chunkedPrefill ? blocksTaken(atStep: 0) : 0
    if prefilling >= 0, budget > 0 {
      let slot = prefilling
      let state = states[Int(slot)]
      let tokens = min(budget, Int(state.prefillTarget - state.prefilled))
      let needed =
        pool.blocks(forContext: Int(state.prefilled) + tokens)
        - pool.blocks(forContext: Int(state.prefilled))
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
    let state = states[Int(last.slot)]
    return state.prefilled + last.tokens == state.prefillTarget
  }

  private mutating func admit(_ slot: Int32, budget: inout Int, promised: Int) -> Bool {
    let index = Int(slot)
    let state = states[index]
    let tokens = min(budget, Int(state.prefillTarget))
    let needed = pool.blocks(forContext: tokens) + Int(state.fixedBlocks)
    guard needed <= pool.free - promised else { return false }
    if limits.reservedAnswerShare > 0 {
      let unwritten = Double(state.request.outputTokens - state.generated)
      let context = Int(state.prefillTarget) + Int(unwritten * limits.reservedAnswerShare)
      let reservation = pool.blocks(forContext: context) + Int(state.fixedBlocks)
      // A request that stands alone is admitted whatever the reservation says.
      guard pool.reserved + reservation <= pool.total || pool.reserved == 0 else { return false }
      pool.reserve(reservation)
      states[index].reservedBlocks = Int32(reservation)
    }
    pool.take(needed)
    states[index].admission = admissions
    admissions += 1
    chunks.append(Chunk(slot: slot, tokens: Int32(tokens)))
    budget -= tokens
    return true
  }

  // MARK: Pricing

  /// One step with prompt chunks, and with the decoding sequences when the policy mixes them.
  private mutating func stepWithPrompts(decodes: Bool) -> Run {
    let batch = decodes ? decoding.count : 0
    var tokens = batch
    var sampled = batch
    var attention = PartCost()
    for chunk in chunks {
      let state = states[Int(chunk.slot)]
      tokens += Int(chunk.tokens)
      if state.prefilled + chunk.tokens == state.prefillTarget { sampled += 1 }
      attention += model.prefill(new: Int(chunk.tokens), prior: Int(state.prefilled))
    }
    var run = pricedRun(
      tokens: tokens, sampled: sampled, sequences: batch, extra: attention, prompts: chunks.count)
    let withoutPrompts =
      batch > 0
      ? pricedRun(
        tokens: batch, sampled: batch, sequences: batch, extra: PartCost(), prompts: 0
      ).first : 0
    run.prefillFemtoseconds = max(0, run.first - withoutPrompts)
    run.steps = 1
    return run
  }

  /// As many decode steps as pass until a sequence reaches a milestone or the blocks run out.
  private mutating func decodeRun() -> Run {
    let batch = decoding.count
    var run = pricedRun(
      tokens: batch, sampled: batch, sequences: batch, extra: PartCost(), prompts: 0)
    var steps = min(run.steps, stepsToMilestone(), longestRun)
    if mustRetryAdmission { steps = 1 }
    run.steps = stepsWithinPool(limit: steps)
    run.limitDuration()
    return run
  }

  /// A run priced at the current contexts; `steps` is how long its time stays affine.
  private mutating func pricedRun(
    tokens: Int, sampled: Int, sequences: Int, extra: PartCost, prompts: Int
  ) -> Run {
    var fixed = model.tokens(tokens)
    fixed += model.head(sampled: sampled)
    fixed += extra
    var accelerator = fixed.femtoseconds
    var rise: Int64 = 0
    if sequences > 0 {
      fixed += model.decodeFixed
      fixed += model.decodePerSequence.scaled(by: sequences)
      accelerator = fixed.femtoseconds
      for view in contexts.indices {
        let each = model.decodePerContextToken[view].femtoseconds
        accelerator += each * contexts[view]
        rise += each * growth[view]
      }
    }
    var run = Run(
      start: clock, steps: .max, first: accelerator, growth: rise, sequences: Int64(sequences),
      fixed: fixed, prefillFemtoseconds: 0)
    let host = model.host.femtoseconds(sequences: sequences + prompts, prompts: prompts)
    if !model.host.overlapsAccelerator {
      run.first += host
    } else if host > accelerator {
      // The host sets the pace until the growing context makes the accelerator slower than it.
      run.steps = rise > 0 ? (host - accelerator + rise - 1) / rise : .max
      run.first = host
      run.growth = 0
    }
    return run
  }
}
