internal import BasicContainers
internal import OperatorCosts

// Steps that several attention ranks take together: the slowest one sets the pace.
extension Replica {
  /// What the ranks of a joint run do, for the accounts.
  struct JointRun {
    /// The price of the slowest rank, without what all do together.
    var slowest = StepPrice()
    /// The price of a rank with the mean load.
    var mean = StepPrice()
    /// Context tokens of all ranks.
    var views = ContextViews()
  }

  /// One step with prompt chunks.
  mutating func planJointStep(decodes: Bool) {
    var slowest = StepPrice()
    var slowestLoad = RankLoad()
    var total = RankLoad()
    var sum = DecodeTime()
    for rank in 0..<rankCount {
      let load = load(of: rank, decodes: decodes)
      let own = model.ownPrice(load)
      total.add(load)
      sum.first += own.first
      if rank == 0 || own.first > slowest.first {
        slowest = own
        slowestLoad = load
      }
    }
    note(slowest, slowestLoad, total, sum: sum)
    price = model.joinedPrice(slowest, load: slowestLoad, tokens: total.tokens)
    run.prefillFemtoseconds = max(0, price.first - femtosecondsWithoutPrompts(decodes: decodes))
    run.begin(at: table.clock, steps: 1, price: price)
  }

  /// Time of the step with the decoding sequences alone [fs].
  private mutating func femtosecondsWithoutPrompts(decodes: Bool) -> Int64 {
    guard decodes, run.sequences > 0 else { return 0 }
    var slowest = DecodeTime()
    for rank in 0..<rankCount {
      let count = ranks[rank].decoding.count
      let time = model.ownDecodeTime(
        computed: count * model.verifiedTokens, sequences: count, views: ranks[rank].views)
      slowest = max(slowest, time)
    }
    let tokens = Int(run.sequences) * model.verifiedTokens
    return slowest.first + model.jointCost(tokens: tokens).femtoseconds
  }

  /// Plans as many decode steps as pass until a sequence reaches a milestone, the blocks of a rank
  /// run out, or another rank becomes the slowest.
  mutating func planJointDecoding() {
    // All ranks compute as many sequences as the fullest one.
    var fullest = 0
    for rank in 0..<rankCount { fullest = max(fullest, ranks[rank].decoding.count) }
    paddedBatch = model.padded(fullest)
    let computed = paddedBatch * model.verifiedTokens
    var chosen = 0
    var sum = DecodeTime()
    var total = RankLoad()
    for rank in 0..<rankCount {
      let count = ranks[rank].decoding.count
      let time = model.ownDecodeTime(
        computed: computed, sequences: count, views: ranks[rank].views)
      ranks[rank].ownTime = time
      sum.first += time.first
      sum.growth += time.growth
      total.sequences += count
      total.views.tokens &+= ranks[rank].views.tokens
      total.views.growth &+= ranks[rank].views.growth
      if time > ranks[chosen].ownTime { chosen = rank }
    }
    total.tokens = computed * rankCount
    total.sampled = total.sequences * model.verifiedTokens
    let load = load(of: chosen, decodes: true)
    let slowest = model.ownPrice(load)
    note(slowest, load, total, sum: sum)
    price = model.joinedPrice(slowest, load: load, tokens: total.tokens)
    run.prefillFemtoseconds = 0
    var steps = min(price.steadySteps, table.stepsToMilestone(), longestRun)
    if table.mustRetryAdmission || table.awaitsNextPlan || table.looksAgain { steps = 1 }
    if table.isGathering, let gathering = table.limits.gathering {
      steps = min(steps, Int64(gathering.steps) - table.gatheredSteps)
    }
    var rank = 0
    while steps > 1, rank < rankCount {
      steps = min(steps, ranks[chosen].ownTime.stepsAhead(of: ranks[rank].ownTime))
      let free = ranks[rank].pool.free
      steps = ranks[rank].demand.steps(within: free, limit: steps)
      rank += 1
    }
    run.begin(at: table.clock, steps: steps, price: price)
  }

  private mutating func note(
    _ slowest: StepPrice, _ load: RankLoad, _ total: RankLoad, sum: DecodeTime
  ) {
    slowestViews = load.views
    let ranks = Int64(rankCount)
    run.rankWait = (slowest.first * ranks - sum.first, slowest.growth * ranks - sum.growth)
    let mean = model.ownPrice(total.divided(by: rankCount))
    joint = JointRun(slowest: slowest, mean: mean, views: total.views)
  }

  /// Replaces the work of the slowest rank by the mean rank's in what a run has done.
  mutating func accountMeanWork(steps: Int64, to work: inout PartCost) {
    var all = CombinedLoad()
    all.ranks = rankCount
    all.fixed = joint.mean.fixed.scaled(by: rankCount)
    all.views = joint.views
    model.accountWork(
      slowest: joint.slowest, views: slowestViews, all: all, steps: steps, to: &work)
  }
}

extension RankLoad {
  fileprivate mutating func add(_ other: RankLoad) {
    tokens += other.tokens
    sampled += other.sampled
    sequences += other.sequences
    views.tokens &+= other.views.tokens
    views.growth &+= other.views.growth
    prompts += other.prompts
    promptCount += other.promptCount
  }

  /// The mean of a number of ranks.
  fileprivate func divided(by ranks: Int) -> RankLoad {
    var mean = self
    mean.tokens = (tokens + ranks - 1) / ranks
    mean.sampled = (sampled + ranks - 1) / ranks
    mean.sequences = (sequences + ranks - 1) / ranks
    for view in 0..<ContextViews.most {
      mean.views.tokens[view] /= Int64(ranks)
      mean.views.growth[view] /= Int64(ranks)
    }
    mean.prompts = prompts.divided(by: ranks)
    mean.promptCount = promptCount > 0 ? max(1, promptCount / ranks) : 0
    return mean
  }
}
