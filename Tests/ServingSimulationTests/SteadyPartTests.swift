import OperatorCosts
import ServingSimulation
import Testing
import Units
import Workloads

/// Runs without their beginning and end.
struct SteadyPartTests {
  /// - Returns: the whole run, and its second half of arrivals.
  private func run(
    _ arrivals: ArrivalProcess, requests: Int
  ) throws -> (whole: RunSummary, part: RunSummary?) {
    let pool = PoolConfiguration(
      model: StepModel(secondsPerStep: 0.001),
      limits: SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 1_000, maximumSequences: 8),
      capacity: CacheCapacity(totalBlocks: 10_000, blockTokens: 16))
    var simulation = Simulation(
      SimulationConfiguration(
        pools: [pool],
        workload: Workload(
          arrivals: arrivals, requests: requests,
          classes: [RequestClass(name: "all", input: .fixed(10), output: .fixed(20))])))
    var (start, end): (RunMoment?, RunMoment?)
    while simulation.advance(events: 1) {
      if start == nil, simulation.arrived * 2 >= requests { start = simulation.moment }
      if end == nil, simulation.arrived >= requests { end = simulation.moment }
    }
    let whole = simulation.finish()
    return (whole, start.flatMap { start in end.flatMap { whole.part(from: start, to: $0) } })
  }

  @Test func partOfASteadyRunHasItsThroughput() throws {
    let (whole, found) = try run(
      .closedLoop(clients: 8, thinkTime: .zero), requests: 4_000)
    let part = try #require(found)
    func rate(_ summary: RunSummary) -> Double {
      Double(summary.outputTokens) / summary.makespan.seconds
    }
    #expect(abs(rate(part) / rate(whole) - 1) < 0.01)
    #expect(abs(Double(part.outputTokens) / Double(part.inputTokens) - 2) < 0.02)
    #expect(part.makespan < whole.makespan)
    #expect(part.pools[0].busySeconds <= part.makespan.seconds * 1.01)
  }

  /// Ten requests a second and answers of 20 ms: the first half has the rate too, the drain not.
  @Test func partLeavesOutTheDrain() throws {
    let (whole, found) = try run(.poisson(rate: 50), requests: 2_000)
    let part = try #require(found)
    #expect(abs(Double(part.completed) / part.makespan.seconds / 50 - 1) < 0.1)
    #expect(part.busySeconds < whole.busySeconds)
    #expect(part.prefilledTokens * 2 > whole.prefilledTokens * 9 / 10)
  }

  @Test func runThatBeginsAtOnceHasNoSteadyPart() throws {
    #expect(try run(.offline, requests: 4).part == nil)
  }
}
