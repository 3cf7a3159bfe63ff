import Diagnostics
import Outcomes
import Planning
import Requirements
import Results
import Runs
import Scenarios
import TestSupport
import Testing

/// No verdict depends on how many requests a scenario happens to ask for, and no backlog is taken
/// for a service.
struct SampleLengthTests {
  private static let small = [
    "workload.thinking=40", "workload.output=60", "workload.input=800",
    "workload.arrivals.rate=30 req/s",
  ]

  private func scenario(_ changes: [String]) throws -> Scenario {
    try ScenarioCatalogue.load(
      nameOrPath: "reasoning-distill-32b",
      overrides: try (Self.small + changes).map { try ConfigOverride(argument: $0) })
  }

  private func plan(_ changes: [String]) throws -> CapacityPlan {
    let scenario = try scenario(changes)
    return CapacityPlan.find(
      scenario, on: try SearchedMachine("h200-sxm", for: scenario, from: .builtIn),
      with: SearchOptions(holding: ServiceLevel(scenario)), for: CapacityPlan.Demand(),
      isCancelled: { false })
  }

  private static let bursty = ["workload.arrivals={process: gamma, rate: 30 req/s, cv: 3}"]

  @Test(.enabled(if: LongTests.areEnabled), arguments: [[], bursty])
  func planIsTheSameForAnyNumberOfRequests(_ changes: [String]) throws {
    let candidates = try [50, 20_000].map {
      try plan(changes + ["workload.requests=\($0)"]).stages.first?.candidate
    }
    #expect(candidates[0] != nil)
    #expect(candidates[0] == candidates[1])
  }

  /// What a plan finds holds in a long finite run, and one fewer does not.
  @Test(.enabled(if: LongTests.areEnabled))
  func planHoldsInALongRunAndOneFewerDoesNot() throws {
    let plan = try plan([])
    let found = try #require(plan.stages.first)
    let fewer = try #require(plan.oneFewer)
    func attainment(_ candidate: Candidate) throws -> Double {
      let whole = try scenario(["workload.requests=60000", "workload.judge=whole"])
      let trial = try Trial.run(try Deployment(candidate.applied(to: whole)))
      return try #require(trial.results.attainment)
    }
    #expect(try attainment(found.candidate) >= 0.99)
    #expect(try attainment(fewer.candidate) < 0.99)
  }

  /// Rates from half to three times the capacity: beyond it every one is an overload, and none that
  /// is not close below it.
  @Test func everyOverloadIsSaid() throws {
    let deployment = try Deployment(scenario([]))
    let capacity = try #require(try Capacity.measure(deployment.configuration()))
    let shares =
      LongTests.areEnabled
      ? [0.5, 0.7, 0.8, 0.9, 0.95, 0.965, 1.01, 1.03, 1.1, 1.3, 2, 3] : [0.5, 0.9, 1.03, 3]
    for share in shares {
      let rate = capacity.rate * share
      let outcome = try Outcome.simulate(
        Deployment(scenario(["workload.arrivals.rate=\(rate) req/s"])))
      #expect((outcome.load.state == .overloaded) == (share > 1), "\(share)")
      #expect((outcome.load.state == .sustained) == (share < 1), "\(share)")
      let results = RunResults(outcome)
      let unknown = results.figures.filter { $0.value == nil }.map(\.figure.path)
      #expect(unknown.contains("ttft.p99") == (share > 1))
      #expect(!unknown.contains("load.utilisation"))
      #expect(abs(try #require(results.load?.utilization) / share - 1) < 0.03)
      if share > 1 {
        #expect(abs(outcome.load.served / capacity.rate - 1) < 0.1)
        let warning = try #require(LoadWarning(outcome.load))
        #expect(warning.words.contains("the queue grows"))
      }
    }
  }
}
