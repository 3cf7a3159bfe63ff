import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Testing
import Units
import Workloads

/// When an engine looks at a request: behind a front end, planning ahead, gathering prompts, or
/// only when a prompt fits whole. Steps take a millisecond.
struct EngineTimingTests {
  private typealias Entry = (at: Double, input: Int, output: Int)

  /// Arrivals in milliseconds.
  private func run(
    _ limits: SchedulerLimits, _ entries: [Entry], frontEnd: FrontEnd = .none, blocks: Int = 1000,
    replicas: Int = 1
  ) -> RunSummary {
    let recorded = entries.map {
      Trace.Entry(
        arrival: SimTime(nanoseconds: Int64($0.at * 1e6)), inputTokens: Int32($0.input),
        outputTokens: Int32($0.output))
    }
    var configuration = SimulationConfiguration(
      model: StepModel(secondsPerStep: 0.001), limits: limits,
      capacity: CacheCapacity(totalBlocks: blocks, blockTokens: 16),
      workload: Workload(
        arrivals: .trace(Trace(entries: recorded)), requests: entries.count,
        classes: [RequestClass(name: "trace", input: .fixed(1), output: .fixed(1))]),
      keepsRecords: true)
    configuration.pools[0].frontEnd = frontEnd
    configuration.pools[0].replicas = replicas
    let summary = Simulation(configuration).finish()
    // The checker counts one front end.
    #expect(
      (replicas == 1 ? LawChecker.brokenLaws(of: summary, behind: frontEnd) : summary.brokenLaws)
        == [])
    return summary
  }

  /// (scheduled, first token, finish) in microseconds, by order of arrival.
  private func times(_ summary: RunSummary) -> [[Int64]] {
    summary.records.sorted { $0.request.index < $1.request.index }.map {
      [$0.scheduled, $0.firstToken, $0.finish].map { $0.nanoseconds / 1000 }
    }
  }

  private var limits: SchedulerLimits {
    SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 100, maximumSequences: 4)
  }

  // MARK: Front end

  @Test func requestsOfOneInstantPassTheFrontEndInTurn() {
    let frontEnd = FrontEnd(
      secondsPerRequest: 0.001, secondsPerPromptToken: 1e-4, delaySeconds: 0.0005)
    let summary = run(limits, [(0, 10, 1), (0, 20, 1)], frontEnd: frontEnd)
    // 1 + 1 ms and half a one under way; then 1 + 2 ms more.
    #expect(times(summary) == [[2500, 3500, 3500], [5500, 6500, 6500]])
    #expect(summary.timeToFirstToken.maximum == 6_500_000)
  }

  @Test func shortPromptsAreReadyBeforeALongOneOfAnotherServer() {
    let frontEnd = FrontEnd(secondsPerRequest: 0.001, secondsPerPromptToken: 1e-4, delaySeconds: 0)
    let summary = run(
      limits, [(0, 80, 1), (0, 10, 1), (0, 20, 1)], frontEnd: frontEnd, replicas: 2)
    #expect(times(summary).map { $0[0] } == [9000, 2000, 5000])
  }

  @Test func whatIsRefusedTakesNoneOfTheFrontEnd() {
    let frontEnd = FrontEnd(secondsPerRequest: 0.001, secondsPerPromptToken: 0, delaySeconds: 0)
    let summary = run(limits, [(0, 40, 10), (0, 40, 9)], frontEnd: frontEnd, blocks: 3)
    #expect(summary.rejected == 1)
    #expect(times(summary)[0][0] == 1000)
  }

  // MARK: Plans ahead

  /// (arrival, scheduled): within the step from 7 to 8 ms, as it begins, and just after.
  @Test(arguments: [(7.5, 9000), (7.0, 8000), (7.000_001, 9000), (6.999_999, 8000)])
  func aRequestMustBeThereBeforeTheStepBeforeItsOwnBegins(_ arrival: Double, _ scheduled: Int64) {
    var limits = limits
    limits.plansAhead = true
    let summary = run(limits, [(0, 10, 50), (arrival, 10, 2)])
    #expect(times(summary)[1] == [scheduled, scheduled + 1000, scheduled + 2000])
    #expect(times(summary)[0] == [0, 1000, 50_000])
    #expect(summary.runs < 10)
  }

  @Test func anIdleReplicaTakesARequestAtOnce() {
    var limits = limits
    limits.plansAhead = true
    // The second one comes within the first one's last step, the third when nothing runs.
    let summary = run(limits, [(0, 10, 3), (2.5, 10, 1), (4.25, 10, 1)])
    #expect(times(summary) == [[0, 1000, 3000], [3000, 4000, 4000], [4250, 5250, 5250]])
  }

  // MARK: Whole prompts

  @Test func aPromptThatDoesNotFitWholeWaits() {
    let limits = SchedulerLimits(policy: .wholePrompts, tokenBudget: 10, maximumSequences: 4)
    // Nine tokens are left beside the first one's, until it has finished.
    #expect(times(run(limits, [(0, 10, 6), (1, 10, 2)]))[1] == [6000, 7000, 8000])
    #expect(times(run(limits, [(0, 10, 6), (1, 9, 2)]))[1] == [1000, 2000, 3000])
    // What comes after it waits too, though it would fit.
    #expect(times(run(limits, [(0, 10, 6), (1, 10, 2), (1, 1, 1)]))[2][0] == 7000)
  }

  @Test func aPromptBeyondTheBudgetIsCutWhenNothingElseRuns() {
    let limits = SchedulerLimits(policy: .wholePrompts, tokenBudget: 10, maximumSequences: 4)
    #expect(times(run(limits, [(0, 10, 6), (1, 25, 2)]))[1] == [6000, 9000, 10_000])
  }

  // MARK: Gathering

  private var gathering: SchedulerLimits {
    var limits = limits
    limits.gathering = PromptGathering(tokens: 20, steps: 5)
    return limits
  }

  @Test func gatheredPromptsAreReleasedAfterSoManySteps() {
    // Ten tokens and one that decodes, from 3 ms on.
    let summary = run(gathering, [(0, 10, 30), (2.5, 10, 2)])
    #expect(times(summary)[1] == [8000, 9000, 10_000])
    #expect(times(summary)[0] == [0, 1000, 30_000])
    #expect(summary.runs < 10)
  }

  @Test func gatheredPromptsAreReleasedWhenTheyAreEnough() {
    let summary = run(gathering, [(0, 10, 30), (2.5, 10, 2), (4.5, 9, 2)])
    #expect(times(summary)[1][0] == 5000 && times(summary)[2][0] == 5000)
  }

  @Test func nothingIsGatheredWhileNothingDecodes() {
    let summary = run(gathering, [(0, 10, 3), (2.5, 10, 1), (10, 1, 1)])
    #expect(times(summary).map { $0[0] } == [0, 3000, 10_000])
  }

  @Test func stepsOfAFullBatchDoNotCount() {
    var limits = gathering
    limits.maximumSequences = 2
    // Full until 6 ms; five more steps pass then.
    let summary = run(limits, [(0, 10, 30), (0, 10, 6), (2.5, 5, 1)])
    #expect(times(summary)[2][0] == 11_000)
  }
}
