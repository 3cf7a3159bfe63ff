import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Testing
import Units
import Workloads

/// Runs of models that write blocks of tokens, small enough to follow by hand.
struct BlockDiffusionRunTests {
  private func run(
    _ requests: [(at: Double, input: Int32, output: Int32)], block: Int = 8, blocks: Int = 100,
    mode: SimulationConfiguration.Mode = .fastForward
  ) -> RunSummary {
    let entries = requests.map {
      Trace.Entry(
        arrival: SimTime(nanoseconds: Int64($0.at * 1e6)), inputTokens: $0.input,
        outputTokens: $0.output)
    }
    let configuration = SimulationConfiguration(
      pools: [
        PoolConfiguration(
          model: StepModel(secondsPerStep: 0.001, block: block),
          limits: SchedulerLimits(
            policy: .prefillFirst, tokenBudget: 1_000, maximumSequences: 8),
          capacity: CacheCapacity(totalBlocks: blocks, blockTokens: 16))
      ],
      workload: Workload(
        arrivals: .trace(Trace(entries: entries)), requests: entries.count,
        classes: [RequestClass(name: "trace", input: .fixed(1), output: .fixed(1))]),
      mode: mode, keepsRecords: true)
    let summary = Simulation(configuration).finish()
    #expect(summary.brokenLaws == [])
    return summary
  }

  /// Times of first tokens and ends [us].
  private func times(_ summary: RunSummary) -> [[Int64]] {
    summary.records.sorted { $0.request.index < $1.request.index }.map {
      [$0.firstToken, $0.finish].map { $0.nanoseconds / 1000 }
    }
  }

  /// A prompt writes nothing; twenty tokens are two blocks of eight and one that is half wanted.
  @Test func tokensComeByTheBlock() {
    let summary = run([(0, 10, 20)])
    #expect(times(summary) == [[2_000, 4_000]])
    #expect(summary.prefilledTokens == 10)
    #expect(summary.decodedTokens == 24)
    // Seven and seven and three come with others, two blocks' first ones a step later.
    #expect(summary.interToken.count == 19)
    #expect(summary.interTokenFemtoseconds == 2_000_000_000_000)
  }

  @Test func anAnswerOfOneTokenTakesABlock() {
    #expect(times(run([(0, 10, 1)])) == [[2_000, 2_000]])
  }

  /// A prompt that comes holds the blocks of others up, and its own begin with theirs.
  @Test func blocksBeginTogether() {
    let summary = run([(0, 10, 24), (1.5, 10, 8)])
    #expect(times(summary) == [[2_000, 5_000], [4_000, 4_000]])
  }

  /// Two contexts of 10 + 24 tokens fit into four blocks of 16 until both are in their second.
  @Test func whoLosesItsBlocksGoesOnWhereItWas() {
    let summary = run([(0, 10, 24), (0, 10, 24)], blocks: 5)
    #expect(summary.counts.preemptions > 0)
    #expect(summary.outputTokens == 48)
    #expect(
      SummaryDifferences.between(
        summary, run([(0, 10, 24), (0, 10, 24)], blocks: 5, mode: .stepwise)) == [])
  }
}
