import ModelArchitecture
import OperatorCosts
import Projections
import ServingSimulation
import Statistics
import Testing
import Workloads

/// Ways of answering, priced in closed form and simulated alone on a machine: the same tokens, the
/// same time, the same cache.
struct AnswersAtLowLoadTests {
  /// Every step takes a millisecond.
  private func closedForm(_ way: AnsweringWay) throws -> AnswerCost {
    let architecture = try ModelCatalogue.load(nameOrPath: "meta-llama/Llama-3.1-8B")
    return AnswerCost(
      way,
      ServingFigures(
        name: "chat", scenario: "chat", model: "a model", machine: "sample", accelerators: 1,
        tokens: TokenMix(input: 1e6, cached: 0, output: 1e6), inputHours: 1, outputHours: 4,
        inputDollars: 2, outputDollars: 8, joules: 1,
        work: TokenWork(architecture), inputAttentionPerToken: 0, outputAttentionPerToken: 0,
        timeSpread: .none, priceSpread: .none, secondsPerOutputToken: 0.001,
        secondsToFirstToken: 0.001, cacheBytesPerToken: 1),
      countsAttention: false)
  }

  private func simulated(_ way: AnsweringWay, _ strategy: Strategy) -> RunSummary {
    var pool = PoolConfiguration(
      model: StepModel(secondsPerStep: 0.001),
      limits: SchedulerLimits(
        policy: .chunkedPrefill, tokenBudget: 100_000, maximumSequences: 256),
      capacity: CacheCapacity(totalBlocks: 100_000, blockTokens: 1))
    if way.sharesPrompt {
      pool.prefixCache = PrefixCacheSettings(hashTokens: 1, sharesPlanned: true)
    }
    let item = RequestClass(
      name: "question", input: .fixed(way.prompt),
      thinking: way.thinking > 0 ? .fixed(way.thinking) : nil, output: .fixed(way.answer),
      strategy: strategy)
    return Simulation(
      SimulationConfiguration(
        pools: [pool], workload: Workload(arrivals: .offline, requests: 1, classes: [item]))
    ).finish()
  }

  private func expectEqual(_ way: AnsweringWay, _ strategy: Strategy) throws {
    let (cost, run) = (try closedForm(way), simulated(way, strategy))
    // An engine computes the last token of every prompt, also of one that it has.
    let again = way.sharesPrompt ? way.rounds * (way.samples * way.agents - 1) : 0
    #expect(run.prefilledTokens == Int64(cost.tokens.input) + Int64(again))
    #expect(run.cachedTokens == Int64(cost.tokens.cached) - Int64(again))
    #expect(run.outputTokens == Int64(cost.tokens.output))
    let seconds = try #require(run.questions?.latencies.mean) * 1e-9
    #expect(abs(seconds / cost.seconds! - 1) < 1e-6)
    guard way.rounds == 1 else { return }
    // The last token of an answer is never cached.
    let streams = way.samples * way.agents
    let extra = (way.sharesPrompt ? streams - 1 : 0) - streams
    #expect(run.pools[0].largestUsedBlocks == Int(cost.heldTokens) + extra)
  }

  @Test(arguments: [true, false])
  func voteOf64(sharesPrompt: Bool) throws {
    try expectEqual(
      AnsweringWay(
        name: "cons@64", workload: "chat", prompt: 200, thinking: 300, answer: 50, samples: 64,
        sharesPrompt: sharesPrompt), .vote(.init(samples: 64)))
  }

  /// Answers stand behind other text than the thinking that they were written behind, so that each
  /// is computed once more when it is read.
  @Test func debateOfThree() throws {
    try expectEqual(
      AnsweringWay(
        name: "debate", workload: "chat", prompt: 200, thinking: 300, answer: 50, agents: 3,
        rounds: 3), .debate(agents: 3, rounds: 3))
  }
}
