internal import BasicContainers
internal import DequeModule
internal import OperatorCosts
internal import Units
internal import Workloads

// The scheduler: what goes into the next run, and what it costs.
extension Replica {
  /// Plans the next run at the replica's clock, or at `time` when it was idle.
  ///
  /// - Returns: its end [ns], or nil when there is nothing to do.
  mutating func beginRun(at time: SimTime, _ recorder: inout Recorder) -> Int64? {
    if conversations != nil { settleLeases(at: time, &recorder) }
    if time.nanoseconds > table.now.nanoseconds { table.set(clock: FineClock(time)) }
    table.mustRetryAdmission = false
    table.awaitsNextPlan = false
    table.looksAgain = false
    table.isGathering = false
    table.knownUntil = table.limits.plansAhead ? lastStepStart : .max
    let isMixed = table.limits.policy.isMixed
    var batch = chooseBatch(isMixed: isMixed, &recorder)
    if !hasChunks, batch == 0, table.awaitsNextPlan || table.mustRetryAdmission {
      // Nothing runs that a plan could be ahead of, or whose blocks one that was preempted waits
      // for: the last sequence may have been preempted itself, where a prefix cache keeps blocks
      // both for it and like its own. An engine looks again at once.
      table.awaitsNextPlan = false
      table.mustRetryAdmission = false
      table.knownUntil = .max
      batch = chooseBatch(isMixed: isMixed, &recorder)
    }
    let decodes = isMixed || !hasChunks
    guard hasChunks || (decodes && batch > 0) else {
      lastStepStart = .max
      return nil
    }
    run.sequences = decodes ? Int64(batch) : 0
    if rankCount > 1 {
      if hasChunks { planJointStep(decodes: decodes) } else { planJointDecoding() }
    } else if hasChunks {
      planStepWithPrompts(decodes: decodes)
    } else {
      planDecoding()
    }
    isIdle = false
    return run.end.shownNanoseconds
  }

  /// Chooses every rank's prompt chunks, and makes room for the sequences that decode.
  ///
  /// - Returns: the decoding sequences of all ranks.
  private mutating func chooseBatch(isMixed: Bool, _ recorder: inout Recorder) -> Int {
    var batch = prepareRanks(isMixed: isMixed, &recorder)
    guard !isMixed, !hasChunks else { return batch }
    batch = 0
    for rank in 0..<rankCount {
      ranks[rank].makeRoomForDecoding(&table, &recorder)
      batch += ranks[rank].decoding.count
    }
    return batch
  }

  /// Chooses every rank's prompt chunks.
  ///
  /// - Returns: the decoding sequences of all ranks.
  private mutating func prepareRanks(isMixed: Bool, _ recorder: inout Recorder) -> Int {
    hasChunks = false
    var batch = 0
    var waits = false
    let isJoint = rankCount > 1
    if isJoint, let gathering = table.limits.gathering {
      for rank in 0..<rankCount { settle(rank, isMixed: isMixed, &recorder) }
      waits = gatherTogether(gathering)
    }
    for rank in 0..<rankCount {
      if !isJoint || table.limits.gathering == nil { settle(rank, isMixed: isMixed, &recorder) }
      if !waits { admit(rank, isMixed: isMixed, &recorder) }
      if !ranks[rank].chunks.isEmpty { hasChunks = true }
      batch += ranks[rank].decoding.count
    }
    return batch
  }

  /// Whether the one rank leaves its waiting prompts for a later step.
  ///
  /// Steps count in which a prompt could have been admitted and was not: not those in which the
  /// batch is full, a prompt is partly computed, a request was preempted, or the plan knows of
  /// none. Once they are enough they stay so until a prompt is admitted, however long blocks are
  /// missing; a run of steps would count them otherwise than step by step.
  private mutating func gathers(decoding: Int, _ gathering: PromptGathering) -> Bool {
    guard decoding > 0, decoding < gathering.tokens, ranks[0].prefilling < 0,
      !table.mustRetryAdmission, ranks[0].running < table.limits.maximumSequences,
      table.gatheredSteps < Int64(gathering.steps)
    else { return false }
    let missing = gathering.tokens - decoding
    let waiting = ranks[0].waitingTokens(&table, limit: missing)
    table.isGathering = waiting > 0 && waiting < missing
    return table.isGathering
  }

  /// Whether all ranks leave their waiting prompts for a later step, since one of them has no seat
  /// or too few: a step with a prompt on one rank is as long for all.
  private mutating func gatherTogether(_ gathering: PromptGathering) -> Bool {
    guard !table.mustRetryAdmission, table.gatheredSteps < Int64(gathering.steps) else {
      return false
    }
    var ready = 0
    var canAdmit = false
    for rank in 0..<rankCount {
      guard !ranks[rank].decoding.isEmpty, ranks[rank].prefilling < 0 else { return false }
      guard ranks[rank].running < table.limits.maximumSequences else { continue }
      let decoding = ranks[rank].decoding.count * model.verifiedTokens
      let missing = max(1, gathering.tokens - decoding)
      let waiting = ranks[rank].waitingTokens(&table, limit: missing)
      if waiting > 0 { canAdmit = true }
      if waiting >= missing { ready += 1 }
    }
    table.isGathering = canAdmit && ready < rankCount
    return table.isGathering
  }

  /// What comes before new prompts: sequences that have arrived, and room for all that decode.
  @inline(__always)
  private mutating func settle(_ rank: Int, isMixed: Bool, _ recorder: inout Recorder) {
    if role == .decode, !ranks[rank].arrived.isEmpty { ranks[rank].joinArrived(&table) }
    if isMixed { ranks[rank].makeRoomForDecoding(&table, &recorder) }
    if role == .decode, !ranks[rank].incoming.isEmpty {
      ranks[rank].acceptIncoming(&table, started: &accepted)
    }
  }

  @inline(__always)
  private mutating func admit(_ rank: Int, isMixed: Bool, _ recorder: inout Recorder) {
    if ranks[rank].waiting.isEmpty, ranks[rank].prefilling < 0 { return }
    let beside = ranks[rank].decoding.count * model.verifiedTokens
    if let gathering = table.limits.gathering, rankCount == 1,
      gathers(decoding: beside, gathering)
    {
      return
    }
    let decoding = isMixed ? beside : 0
    ranks[rank].fillWithPrompts(
      budget: table.limits.tokenBudget - decoding,
      admitting: !(isMixed && table.mustRetryAdmission),
      &table, &recorder)
    while !ranks[rank].leases.isEmpty, ranks[rank].isHeldUpByLeases(table) {
      _ = ranks[rank].giveUpLease(at: table.now, &recorder)
      ranks[rank].fillWithPrompts(
        budget: table.limits.tokenBudget, admitting: true, &table, &recorder)
    }
  }

  /// What a rank brings into a step.
  mutating func load(of rank: Int, decodes: Bool) -> RankLoad {
    var load = RankLoad()
    load.sequences = decodes ? ranks[rank].decoding.count : 0
    load.sampled = load.sequences * model.verifiedTokens
    load.tokens = hasChunks ? load.sampled : paddedBatch * model.verifiedTokens
    if decodes { load.views = ranks[rank].views }
    load.promptCount = ranks[rank].chunks.count
    if ranks[rank].loadedBlocks > 0 {
      load.prompts.addLoad(
        femtoseconds: loadFemtosecondsPerBlock * Int64(ranks[rank].loadedBlocks))
      ranks[rank].loadedBlocks = 0
    }
    if ranks[rank].movedTokens > 0, load.promptCount > 0 {
      load.prompts.addLoad(
        femtoseconds: moveFemtosecondsPerToken * Int64(ranks[rank].movedTokens))
      ranks[rank].movedTokens = 0
    }
    for position in ranks[rank].chunks.indices {
      let chunk = ranks[rank].chunks[position]
      let prior = table.states[Int(chunk.slot)].prefilled
      load.tokens += Int(chunk.tokens)
      if prior + chunk.tokens == table.states[Int(chunk.slot)].prefillTarget,
        table.states[Int(chunk.slot)].request.outputTokens > 0
      {
        load.sampled += 1
      }
      load.prompts += model.prefill(new: Int(chunk.tokens), prior: Int(prior))
      if !encoding.isEmpty { addEncoding(of: chunk.slot, to: &load) }
    }
    return load
  }

  /// The images of a prompt are turned into tokens in the step that begins to read it, all at once;
  /// what came of it is kept until the request is over.
  private mutating func addEncoding(of slot: Int32, to load: inout RankLoad) {
    let index = Int(slot)
    guard !table.states[index].isEncoded else { return }
    table.states[index].isEncoded = true
    load.prompts += encoding[Int(table.states[index].request.classIndex)]
  }

  // MARK: One rank

  /// One step with prompt chunks, and with the decoding sequences when the policy mixes them.
  private mutating func planStepWithPrompts(decodes: Bool) {
    let load = load(of: 0, decodes: decodes)
    slowestViews = load.views
    price = model.price(load)
    let without =
      load.sequences > 0
      ? model.decodeFemtoseconds(sequences: load.sequences, views: load.views) : 0
    run.prefillFemtoseconds = max(0, price.first - without)
    run.begin(at: table.clock, steps: 1, price: price)
  }

  /// Plans as many decode steps as pass until a sequence reaches a milestone or the blocks run out.
  private mutating func planDecoding() {
    let batch = ranks[0].decoding.count
    run.prefillFemtoseconds = 0
    slowestViews = ranks[0].views
    price = model.decodePrice(sequences: batch, views: slowestViews)
    var steps = min(price.steadySteps, table.stepsToMilestone(), longestRun)
    if table.mustRetryAdmission || table.awaitsNextPlan || table.looksAgain { steps = 1 }
    if table.isGathering, let gathering = table.limits.gathering {
      steps = min(steps, Int64(gathering.steps) - table.gatheredSteps)
    }
    let free = ranks[0].pool.free
    steps = ranks[0].demand.steps(within: free, limit: steps)
    run.begin(at: table.clock, steps: steps, price: price)
  }
}
