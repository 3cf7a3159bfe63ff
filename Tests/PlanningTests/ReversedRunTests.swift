import Diagnostics
import Outcomes
import Planning
import Runs
import Scenarios
import Testing

struct ReversedRunTests {
  private func reversed(_ changes: String...) throws -> ReversedRun? {
    let scenario = try ScenarioCatalogue.load(
      nameOrPath: "reasoning-distill-32b",
      overrides: try changes.map { try ConfigOverride(argument: $0) })
    let deployment = try Deployment(scenario)
    let level = ServiceLevel(scenario)
    let outcome = try Outcome.simulate(
      deployment, OutcomeQuestion(criteria: level.criteria(of: deployment), depth: .quick))
    return try ReversedRun.of(outcome, from: .builtIn)
  }

  /// A third of what could be served, and steps of 15 ms where 80 are allowed.
  @Test func whatHoldsByFarIsSure() throws {
    let found = try #require(try reversed())
    #expect(found.certainty == .yes)
    #expect(try #require(found.attainment) > 0.99)
  }

  /// Four fifths of what could be served: more than that of a machine which is a third slower.
  @Test func whereTheQueueOfASlowerMachineGrowsItIsMarginal() throws {
    let found = try #require(try reversed("workload.arrivals.rate=0.7 req/s"))
    #expect(found.certainty == .marginal)
    #expect(found.attainment == nil)
  }

  /// Steps take 14.9 ms in the mean.
  @Test(arguments: [("14 ms", Certainty.marginal), ("5 ms", .no)])
  func whatIsMissedIsHeldTo(_ limit: String, _ expected: Certainty) throws {
    #expect(try reversed("objectives.tpot=\(limit)")?.certainty == expected)
  }

  @Test func withoutObjectivesNothingIsRunAgain() throws {
    #expect(try reversed("objectives={}") == nil)
  }

  @Test func aBacklogIsNoMatterOfSpeed() throws {
    #expect(try reversed("workload.arrivals.rate=2 req/s") == nil)
  }

  @Test func whoeverWaitsNoLongerGetsNothing() throws {
    let deployment = try Deployment(
      try ScenarioCatalogue.load(nameOrPath: "reasoning-distill-32b"))
    let outcome = try Outcome.simulate(deployment, OutcomeQuestion(depth: .quick))
    #expect(throws: RunFailure.cancelled) {
      try ReversedRun.of(outcome, from: .builtIn, RunWatch(isCancelled: { true }))
    }
  }
}
