import Diagnostics
import Outcomes
import Planning
import Requirements
import Results
import Runs
import Scenarios
import Testing

struct ReversedRunTests {
  private func reversed(
    _ changes: String..., requiring asked: [Requirement] = []
  ) throws -> ReversedRun? {
    let scenario = try ScenarioCatalogue.load(
      nameOrPath: "reasoning-distill-32b",
      overrides: try changes.map { try ConfigOverride(argument: $0) })
    let deployment = try Deployment(scenario)
    let level = ServiceLevel(scenario)
    let outcome = try Outcome.simulate(
      deployment, OutcomeQuestion(criteria: level.criteria(of: deployment), depth: .quick))
    return try ReversedRun.of(outcome, requirements: asked, from: .builtIn)
  }

  /// A third of what could be served, and steps of 15 ms where 80 are allowed.
  @Test func whatHoldsByFarIsSure() throws {
    let found = try #require(try reversed())
    #expect(found.objectives?.certainty == .yes)
    #expect(try #require(found.objectives?.value) > 0.99)
  }

  /// Four fifths of what could be served: more than that of a machine which is a third slower.
  @Test func whereTheQueueOfASlowerMachineGrowsItIsMarginal() throws {
    let found = try #require(try reversed("workload.arrivals.rate=0.7 req/s"))
    #expect(found.objectives?.certainty == .marginal)
    #expect(found.objectives?.value == nil)
  }

  /// Steps take 14.9 ms in the mean.
  @Test(arguments: [("14 ms", Certainty.marginal), ("5 ms", .no)])
  func whatIsMissedIsHeldTo(_ limit: String, _ expected: Certainty) throws {
    #expect(try reversed("objectives.tpot=\(limit)")?.objectives?.certainty == expected)
  }

  /// Each is reversed on its own side, beside objectives that are sure: 14.9 ms are 21 ms of a
  /// machine as slow, and 10 ms of one as fast, as predictions are off.
  @Test func requirementsAreReversedEachOnItsSide() throws {
    func required(_ text: String) throws -> Requirement {
      try Requirement(text, of: RunFigures.names, at: nil)
    }
    let asked = try [
      "tpot.mean < 16 ms", "tpot.mean < 80 ms", "tpot.mean < 14 ms", "cost.output < 1 USD/Mtok",
      "rejected <= 0",
    ].map(required)
    let found = try #require(try reversed(requiring: asked))
    #expect(found.objectives?.certainty == .yes)
    let doubts = found.requirements
    #expect(doubts.map { $0?.certainty } == [.marginal, .yes, .marginal, nil, nil])
    #expect(try #require(doubts[0]?.value) > 0.016)
    #expect(try #require(doubts[2]?.value) < 0.014)
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
