import OperatorCosts
import ServingSimulation
import Statistics
import Testing
import Units
import Workloads

/// Questions that several calls answer, against their closed forms at low load.
struct StrategyTests {
  private struct Case {
    var strategy: Strategy
    var input = 160
    var thinking: LengthDistribution?
    var output = LengthDistribution.fixed(33)
    var questions = 3
    var sharesPrefixes = true
    var blocks = 100_000
    var replicas = 1
    var arrivals = ArrivalProcess.poisson(rate: 0.01)
    var seed: UInt64 = 1
    var mode = SimulationConfiguration.Mode.fastForward
    var frontEnd = FrontEnd.none
  }

  private func run(_ item: Case) -> RunSummary {
    var pool = PoolConfiguration(
      replicas: item.replicas, model: StepModel(secondsPerStep: 0.001),
      limits: SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 4096, maximumSequences: 256),
      capacity: CacheCapacity(totalBlocks: item.blocks, blockTokens: 16))
    pool.frontEnd = item.frontEnd
    if item.sharesPrefixes {
      pool.prefixCache = PrefixCacheSettings(hashTokens: 16, sharesPlanned: true)
    }
    let configuration = SimulationConfiguration(
      pools: [pool],
      workload: Workload(
        arrivals: item.arrivals, requests: item.questions,
        classes: [
          RequestClass(
            name: "question", input: .fixed(item.input), thinking: item.thinking,
            output: item.output, strategy: item.strategy)
        ]),
      seed: item.seed, mode: item.mode, keepsRecords: true)
    let summary = Simulation(configuration).finish()
    #expect(ClusterLaws.broken(summary, configuration) == [])
    return summary
  }

  @Test(arguments: [
    (Strategy.vote(.init(samples: 64)), 64), (.best(.init(samples: 8, verdict: 4)), 16),
    (.debate(agents: 3, rounds: 4), 12), (.debate(agents: 1, rounds: 5), 5),
    (.tree(.init(width: 4, branches: 4, depth: 10, verdict: 2)), 320),
    (.batch(.init(texts: 23, text: .fixed(480))), 23),
  ])
  func callsAreCounted(strategy: Strategy, calls: Int) throws {
    #expect(strategy.calls == calls)
    let summary = run(Case(strategy: strategy))
    let questions = try #require(summary.questions)
    #expect(questions.asked == 3 && questions.answered == 3 && questions.failed == 0)
    #expect(questions.calls == 3 * Int64(calls))
    #expect(summary.completed == 3 * Int64(calls))
  }

  /// With sharing the prompt is computed once, of each sibling but its last block; P + k O tokens
  /// are held at the end, and k (P + O) without: the last token of an answer is never cached.
  @Test(arguments: [1, 8, 64])
  func votesComputeAndHoldTheirPromptOnce(samples: Int) {
    let (prompt, answer, k) = (160, 33, samples)
    let vote = Strategy.vote(.init(samples: k))
    let shared = run(Case(strategy: vote, questions: 1))
    let apart = run(Case(strategy: vote, questions: 1, sharesPrefixes: false))
    #expect(shared.prefilledTokens == Int64(prompt + (k - 1) * 16))
    #expect(apart.prefilledTokens == Int64(k * prompt))
    #expect(shared.outputTokens == Int64(k * answer) && apart.outputTokens == Int64(k * answer))
    func peak(_ summary: RunSummary) -> Int {
      Int((summary.pools[0].highestOccupancy * 100_000).rounded())
    }
    // All but the last block of the prompt, which the engine computes anew for each.
    #expect(peak(shared) == 10 + (k - 1) * 1 + k * 2)
    #expect(peak(apart) == k * 12)
    #expect(shared.questions?.latencies.mean == shared.endToEnd.mean)
  }

  /// Agents read the prompt and what all wrote in the rounds before.
  @Test func promptsOfADebateGrow() {
    let (agents, rounds, prompt, answer) = (3, 4, 160, 33)
    let summary = run(
      Case(strategy: .debate(agents: agents, rounds: rounds), thinking: .fixed(20), questions: 1))
    let read = (0..<rounds).map { agents * (prompt + $0 * agents * answer) }.reduce(0, +)
    #expect(summary.inputTokens == Int64(read))
    #expect(summary.outputTokens == Int64(agents * rounds * (answer + 20)))
  }

  /// What a writer read before, and wrote without thinking, is found again.
  @Test func revisionsReadTheirDraftsFromTheCache() {
    let summary = run(Case(strategy: .debate(agents: 1, rounds: 3), questions: 1))
    // 160; 193 of which 192 are cached and 176 reused in whole blocks before the last token; 226.
    let records = summary.records.sorted { $0.request.index < $1.request.index }
    #expect(records.map(\.request.inputTokens) == [160, 193, 226])
    #expect(summary.cachedTokens == 192 + 224)
  }

  @Test func stepsOfATreeFollowThePathsThatAreKept() {
    let tree = Strategy.Tree(width: 2, branches: 3, depth: 4, verdict: 5)
    let summary = run(Case(strategy: .tree(tree), output: .fixed(16), questions: 1))
    let steps = summary.records.filter { $0.request.outputTokens == 16 }
    let verdicts = summary.records.filter { $0.request.outputTokens == 5 }
    for level in 0..<4 {
      #expect(steps.count { $0.request.inputTokens == 160 + Int32(level) * 16 } == 6)
      #expect(verdicts.count { $0.request.inputTokens == 176 + Int32(level) * 16 } == 6)
    }
  }

  /// Votes end when nobody can overtake the leading answer, and write no more than all samples.
  @Test(arguments: [0.3, 0.6, 1.0])
  func votesThatAreDecidedEndEarly(share: Double) throws {
    let agreement = Strategy.Agreement(share: share, others: 3)
    func vote(_ atOnce: Int, _ agreement: Strategy.Agreement?) -> RunSummary {
      run(
        Case(
          strategy: .vote(.init(samples: 32, atOnce: atOnce, agreement: agreement)),
          questions: 200))
    }
    let full = vote(4, nil)
    let early = vote(4, agreement)
    let questions = try #require(early.questions)
    #expect(questions.calls + questions.spared == 200 * 32)
    #expect(early.outputTokens <= full.outputTokens)
    #expect(early.questions?.calls ?? 0 <= full.questions?.calls ?? 0)
    // When all say the same, it is decided with 17 of 32: after five rounds of four.
    if share == 1 { #expect(questions.calls == 200 * 20) }
  }

  /// Samples that are written side by side are taken back when the vote is decided: what they had
  /// is free, and nothing is dearer than the full vote.
  @Test func decidedVotesTakeBackWhatIsBeingWritten() throws {
    func vote(_ agreement: Strategy.Agreement?) -> RunSummary {
      run(
        Case(
          strategy: .vote(.init(samples: 16, agreement: agreement)),
          output: .uniform(20...400), questions: 100))
    }
    let full = vote(nil)
    let early = vote(.init(share: 1, others: 1))
    let questions = try #require(early.questions)
    // Nine of sixteen decide; of those that end in the same step some may be too many.
    #expect(questions.answered == 100 && questions.calls == 1600)
    #expect(questions.cancelled == early.cancelled)
    #expect(early.cancelled < 700 && early.cancelled > 650)
    #expect(early.completed + early.cancelled == 1600)
    #expect(early.outputTokens + early.wastedTokens < full.outputTokens)
    // What was read, of calls that were taken back too, was cached or computed.
    #expect(
      early.inputTokens + early.wastedInput - early.cachedTokens - early.wastedCached
        == early.prefilledTokens)
    #expect(early.pools[0].busySeconds < full.pools[0].busySeconds)
    #expect(questions.latencies.mean! < full.questions!.latencies.mean!)
  }

  /// A request with `n` answers is taken and cut into tokens once; texts that are read side by side
  /// are prompts of their own.
  @Test(arguments: [
    (Strategy.vote(.init(samples: 3)), [17_500.0, 17_500, 17_500]),
    (.batch(.init(texts: 3, text: .fixed(10))), [18_500, 36_500, 54_500]),
  ])
  func answersAskedForTogetherPassTheFrontEndOnce(strategy: Strategy, ready: [Double]) {
    let summary = run(
      Case(
        strategy: strategy, output: .fixed(1), questions: 1, arrivals: .offline,
        frontEnd: FrontEnd(
          secondsPerRequest: 0.001, secondsPerPromptToken: 1e-4, delaySeconds: 5e-4)
      ))
    let scheduled = summary.records.map { Double($0.scheduled.nanoseconds) / 1e3 }.sorted()
    #expect(scheduled == ready)
  }

  /// Two samples of four of the same length agree with a third: the step after, the fourth and
  /// longest one is gone, and what it held is free.
  @Test func cancelledCallsFreeTheirBlocksAfterTheStep() {
    let summary = run(
      Case(
        strategy: .vote(.init(samples: 3, agreement: .init(share: 1, others: 1))),
        output: .uniform(50...1000), questions: 1))
    let lengths = summary.records.map(\.request.outputTokens).sorted()
    #expect(lengths.count == 2 && summary.cancelled == 1)
    // The step that begins when the second one ends is the last.
    #expect(summary.wastedTokens == Int64(lengths[1]) + 1)
    #expect(summary.steps == Int64(lengths[1]) + 1)
  }

  @Test func questionWhoseCallsAreRefusedFails() {
    let summary = run(
      Case(strategy: .vote(.init(samples: 4)), output: .fixed(4000), blocks: 100))
    #expect(summary.questions?.failed == 3 && summary.questions?.answered == 0)
    #expect(summary.rejected == 12)
  }

  /// Many questions at once, over replicas, with little room: in whole runs and step by step.
  @Test(arguments: 1...40)
  func fastForwardEqualsStepwise(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "strategies")
    let strategies: [Strategy] = [
      .vote(.init(samples: 9, atOnce: 4, agreement: .init(share: 0.5, others: 2))),
      .vote(.init(samples: 12, agreement: .init(share: 0.6, others: 3))),
      .best(.init(samples: 5, verdict: 3, instruction: 7)),
      .debate(agents: 3, rounds: 3), .tree(.init(width: 2, branches: 2, depth: 3, verdict: 2)),
    ]
    var item = Case(strategy: strategies[random.integer(in: 0...4)])
    item.input = random.integer(in: 1...300)
    item.output = .uniform(1...random.integer(in: 1...200))
    item.thinking = random.uniform() < 0.5 ? .uniform(0...50) : nil
    item.questions = 30
    item.replicas = random.integer(in: 1...3)
    item.blocks = random.integer(in: 400...2_000)
    item.sharesPrefixes = random.uniform() < 0.7
    item.seed = seed
    let arrivals: [ArrivalProcess] = [
      .offline, .poisson(rate: 5), .closedLoop(clients: 4, thinkTime: SimDuration(seconds: 0.1)),
    ]
    item.arrivals = arrivals[random.integer(in: 0...2)]
    let fast = run(item)
    item.mode = .stepwise
    let slow = run(item)
    #expect(fast.fingerprint == slow.fingerprint)
    #expect(fast.questions?.answered == 30)
    #expect(fast.questions?.calls == slow.questions?.calls)
    #expect(fast.questions?.latencies.mean == slow.questions?.latencies.mean)
  }
}
