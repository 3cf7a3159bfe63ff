import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Testing
import Units
import Workloads

/// Prompts that are read for a vector or a score: embeddings, rerankers, reward models.
struct AnswerlessTests {
  private func configuration(
    _ classes: [RequestClass], arrivals: ArrivalProcess = .offline, requests: Int,
    sequences: Int = 8, budget: Int = 4096, blocks: Int = 10_000,
    policy: SchedulingPolicy = .chunkedPrefill
  ) -> SimulationConfiguration {
    SimulationConfiguration(
      model: StepModel(secondsPerStep: 0.001, secondsPerToken: 1e-6),
      limits: SchedulerLimits(policy: policy, tokenBudget: budget, maximumSequences: sequences),
      capacity: CacheCapacity(totalBlocks: blocks, blockTokens: 16),
      workload: Workload(arrivals: arrivals, requests: requests, classes: classes),
      keepsRecords: true)
  }

  private let reader = RequestClass(name: "reader", input: .fixed(512), output: .fixed(0))

  /// 24 texts of 512 tokens, eight at a time: three steps of 1 ms + 4,096 us.
  @Test func textsAreReadInFullSteps() {
    let configuration = configuration([reader], requests: 24)
    let summary = Simulation(configuration).finish()
    #expect(LawChecker.brokenLaws(of: summary) == [])
    #expect(summary.steps == 3 && summary.decodedTokens == 0)
    #expect(summary.prefilledTokens == 24 * 512)
    #expect(summary.makespan.nanoseconds == 3 * 5_096_000)
    #expect(summary.outputTokens == 0 && summary.answerless == 24 && summary.answers == 0)
    #expect(summary.timeToFirstToken.count == 0 && summary.interToken.count == 0)
    #expect(summary.endToEnd.count == 24)
    #expect(summary.pools[0].largestBatch == 0)
  }

  /// They hold blocks while they are read, and none afterwards: a cache of one text serves all.
  @Test func blocksAreFreeWhenATextIsRead() {
    let summary = Simulation(configuration([reader], requests: 5, blocks: 32)).finish()
    #expect(LawChecker.brokenLaws(of: summary) == [])
    #expect(summary.steps == 5 && summary.preemptions == 0 && summary.completed == 5)
  }

  /// A text that is longer than a step is read in several, and ends with the last one.
  @Test func longTextsAreReadInSeveralSteps() {
    let summary = Simulation(configuration([reader], requests: 1, budget: 200)).finish()
    #expect(summary.steps == 3 && summary.completed == 1)
  }

  /// Beside answers that are written, in either mode.
  @Test(arguments: SchedulingPolicy.allCases)
  func answersAreWrittenBesides(policy: SchedulingPolicy) {
    let writer = RequestClass(name: "writer", input: .fixed(40), output: .uniform(1...60))
    var configuration = configuration(
      [reader, writer], arrivals: .poisson(rate: 300), requests: 400, budget: 300, blocks: 60,
      policy: policy)
    let fast = Simulation(configuration).finish()
    configuration.mode = .stepwise
    let slow = Simulation(configuration).finish()
    #expect(SummaryDifferences.between(fast, slow) == [])
    #expect(LawChecker.brokenLaws(of: fast) == [])
    #expect(fast.answerless > 100 && fast.answers > 100)
    #expect(fast.timeToFirstToken.count == fast.answers)
  }

  /// No first token can be late, and no token slow.
  @Test func onlyTheEndIsJudged() {
    var configuration = configuration([reader], requests: 24)
    configuration.objectives = Objectives(
      timeToFirstToken: SimDuration(seconds: 1e-6), timePerOutputToken: SimDuration(seconds: 1e-6))
    #expect(Simulation(configuration).finish().good == 24)
    configuration.objectives.endToEndLatency = SimDuration(seconds: 0.011)
    #expect(Simulation(configuration).finish().good == 16)
  }

  /// The documents of a query are read side by side, and what they have in common once.
  @Test func textsOfABatchShareTheirBeginning() throws {
    var configuration = configuration(
      [
        RequestClass(
          name: "query", input: .fixed(160), output: .fixed(0),
          strategy: .batch(.init(texts: 10, text: .fixed(40))))
      ], requests: 3, sequences: 64)
    configuration.pools[0].prefixCache = PrefixCacheSettings(hashTokens: 16, sharesPlanned: true)
    let summary = Simulation(configuration).finish()
    #expect(ClusterLaws.broken(summary, configuration) == [])
    let questions = try #require(summary.questions)
    #expect(questions.answered == 3 && questions.calls == 30)
    #expect(summary.inputTokens == 3 * 10 * 200)
    #expect(summary.prefilledTokens == 3 * (200 + 9 * 40))
  }
}
