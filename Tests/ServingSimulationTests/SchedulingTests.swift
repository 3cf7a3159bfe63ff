import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Testing
import Units
import Workloads

/// What the policies promise, on scenarios small enough to follow by hand.
struct SchedulingTests {
  private func run(
    _ limits: SchedulerLimits, _ entries: [(at: Int, input: Int, output: Int)], blocks: Int = 1000,
    blockTokens: Int = 16
  ) -> RunSummary {
    let recorded = entries.map {
      Trace.Entry(
        arrival: SimTime(nanoseconds: Int64($0.at) * 1_000_000), inputTokens: Int32($0.input),
        outputTokens: Int32($0.output))
    }
    return run(limits, recorded, blocks: blocks, blockTokens: blockTokens)
  }

  private func run(
    _ limits: SchedulerLimits, _ entries: [Trace.Entry], blocks: Int = 1000, blockTokens: Int = 16
  ) -> RunSummary {
    let simulation = Simulation(
      SimulationConfiguration(
        model: StepModel(secondsPerStep: 0.001), limits: limits,
        capacity: CacheCapacity(totalBlocks: blocks, blockTokens: blockTokens),
        workload: Workload(
          arrivals: .trace(Trace(entries: entries)), requests: entries.count,
          classes: [RequestClass(name: "trace", input: .fixed(1), output: .fixed(1))]),
        keepsRecords: true))
    let summary = simulation.finish()
    #expect(LawChecker.brokenLaws(of: summary) == [])
    return summary
  }

  /// (scheduled, first token, finish) in milliseconds, by order of arrival.
  private func times(_ summary: RunSummary) -> [[Int64]] {
    summary.records.sorted { $0.request.index < $1.request.index }.map {
      [$0.scheduled, $0.firstToken, $0.finish].map { $0.nanoseconds / 1_000_000 }
    }
  }

  @Test func aPromptIsCutIntoChunksAroundTheDecodingSequences() {
    let limits = SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 10, maximumSequences: 4)
    // The second prompt of 25 takes chunks of 9, 9 and 7 beside the first one's tokens.
    let summary = run(limits, [(0, 10, 6), (1, 25, 2)])
    #expect(times(summary) == [[0, 1, 6], [1, 4, 5]])
  }

  @Test func prefillFirstMakesDecodingWait() {
    let limits = SchedulerLimits(policy: .prefillFirst, tokenBudget: 10, maximumSequences: 4)
    // Three prefill-only steps hold the first answer up.
    let summary = run(limits, [(0, 10, 3), (1, 25, 2)])
    #expect(times(summary) == [[0, 1, 6], [1, 4, 5]])
    #expect(summary.interToken.maximum == 4_000_000)
  }

  @Test func aRequestWithinAStepWaitsForItsEnd() {
    let limits = SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 100, maximumSequences: 4)
    let entries = [(0, 10, 50), (7, 10, 2)]
    let summary = run(limits, entries.map { (at: $0.0, input: $0.1, output: $0.2) })
    #expect(times(summary)[1] == [7, 8, 9])
    #expect(summary.runs < 10)
  }

  @Test(arguments: [(6_999_999, 7), (7_000_000, 7), (7_000_001, 8)])
  func anArrivalAtTheEndOfAStepIsInTheNext(_ nanoseconds: Int64, _ scheduled: Int64) {
    let entries = [(Int64(0), Int32(50)), (nanoseconds, 2)].map {
      Trace.Entry(arrival: SimTime(nanoseconds: $0.0), inputTokens: 10, outputTokens: $0.1)
    }
    let summary = run(
      SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 100, maximumSequences: 4), entries)
    #expect(times(summary)[1][0] == scheduled)
  }

  @Test func theLatestAdmittedGivesWayAndIsRecomputed() {
    let limits = SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 100, maximumSequences: 4)
    // Both hold one block of 16 after the prompt; the only third one goes to the older.
    let summary = run(limits, [(0, 16, 10), (0, 16, 10)], blocks: 3)
    #expect(summary.preemptions == 1)
    let records = summary.records.sorted { $0.request.index < $1.request.index }
    #expect(records.map(\.preemptions) == [0, 1])
    // Prompt, and once more with the one token that was there.
    #expect(summary.prefilledTokens == 16 + 16 + 17)
  }

  @Test func aFullReservationNeverPreempts() {
    var limits = SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 100, maximumSequences: 4)
    limits.reservedAnswerShare = 1
    let summary = run(limits, [(0, 16, 10), (0, 16, 10)], blocks: 3)
    #expect(summary.preemptions == 0)
    #expect(times(summary)[1][0] == times(summary)[0][2])
  }

  @Test func aContextThatCanNeverFitIsRefused() {
    var limits = SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 100, maximumSequences: 4)
    // 48 tokens of cache: the last token of an answer is never cached.
    let summary = run(limits, [(0, 40, 9), (0, 40, 10), (0, 40, 1)], blocks: 3)
    #expect(summary.rejected == 1)
    #expect(summary.completed == 2)
    limits.maximumContext = 48
    #expect(run(limits, [(0, 40, 8), (0, 40, 9)]).rejected == 1)
  }

  @Test func longAnswersCostNoMoreEventsThanShortOnes() {
    let limits = SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 100, maximumSequences: 4)
    let short = run(limits, [(0, 10, 200)], blocks: 100_000)
    let long = run(limits, [(0, 10, 200_000)], blocks: 100_000)
    #expect(long.steps == 200_000)
    #expect(long.runs == short.runs)
  }

  @Test func endlessBlocksHoldOneSequenceEach() {
    let limits = SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 100, maximumSequences: 9)
    let entries = [(0, 10, 100_000), (0, 10, 5), (0, 10, 5)]
    let summary = run(
      limits, entries.map { (at: $0.0, input: $0.1, output: $0.2) }, blocks: 2,
      blockTokens: Int(Int32.max))
    #expect(summary.preemptions == 0)
    #expect(summary.pools[0].largestBatch == 2)
    #expect(summary.runs < 10)
  }
}
