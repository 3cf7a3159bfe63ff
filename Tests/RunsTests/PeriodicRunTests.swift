import OperatorCosts
import Runs
import ServingSimulation
import Statistics
import Testing
import Units
import Workloads

struct PeriodicRunTests {
  private func configuration(_ arrivals: ArrivalProcess) -> SimulationConfiguration {
    SimulationConfiguration(
      model: StepModel(secondsPerStep: 0.01),
      limits: SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 1_000, maximumSequences: 40),
      capacity: CacheCapacity(totalBlocks: 10_000, blockTokens: 16),
      workload: Workload(
        arrivals: arrivals, requests: 10,
        classes: [RequestClass(name: "all", input: .fixed(10), output: .fixed(100))]))
  }

  private let day = DiurnalRate(mean: 20, swing: 0.8, periodSeconds: 3_600)

  @Test func wholePeriodsHaveTheMeanRate() throws {
    let run = try PeriodicRun.run(configuration(.diurnal(day)))
    #expect(run.periods == 2)
    #expect(abs(run.part.seconds - 7_200) < 1e-3)
    let rate = Double(run.summary.completed) / run.part.seconds
    #expect(abs(rate / 20 - 1) < 0.02)
    #expect(run.summary.brokenLaws == [])
  }

  /// Half the day is above the mean and half below: the time in the system is not that of the mean
  /// rate all along.
  @Test func busyHoursCountAsOftenAsTheyAre() throws {
    let day = try PeriodicRun.run(configuration(.diurnal(day)))
    let even = try SteadyRun.run(configuration(.poisson(rate: 20)))
    let peak = try SteadyRun.run(configuration(.poisson(rate: 36)))
    func sojourn(_ summary: RunSummary) throws -> Double { try #require(summary.endToEnd.mean) }
    #expect(try sojourn(even.summary) < sojourn(day.summary))
    #expect(try sojourn(day.summary) < sojourn(peak.summary))
  }

  @Test func errorsAreOfHoursHeldAgainstThemselves() throws {
    let run = try PeriodicRun.run(configuration(.diurnal(day)))
    let found = try #require(run.part.estimate(.mean(.endToEnd)))
    #expect(found.degreesOfFreedom == 24)
    #expect(found.standardError < 0.02 * found.value)
  }

  @Test func repeatedStagesAreADayToo() throws {
    let stages = (0..<6).map { StagedRate.Stage(rate: $0 < 3 ? 10 : 30, seconds: 600) }
    let run = try PeriodicRun.run(configuration(.staged(StagedRate(stages, repeats: true))))
    #expect(abs(Double(run.summary.completed) / run.part.seconds / 20 - 1) < 0.02)
  }
}
