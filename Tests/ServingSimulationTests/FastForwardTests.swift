import OperatorCosts
import ServingSimulation
import TestSupport
import Testing
import Units

/// A run of undisturbed steps taken at once is the same as its steps taken one by one.
struct FastForwardTests {
  @Test func fastForwardEqualsStepByStep() {
    var seen = Coverage()
    for seed in LongTests.seeds(short: 300, long: 20_000) {
      let scenario = RandomScenario(seed: seed)
      let fast = scenario.summary(.fastForward)
      let slow = scenario.summary(.stepwise)
      let differences = SummaryDifferences.between(fast, slow)
      guard differences.isEmpty else {
        Issue.record("\(scenario)\n  \(differences.joined(separator: "\n  "))")
        return
      }
      let frontEnd = scenario.configuration.pools[0].frontEnd
      let broken =
        LawChecker.brokenLaws(of: fast, behind: frontEnd)
        + LawChecker.brokenLaws(of: slow, behind: frontEnd)
      guard broken.isEmpty else {
        Issue.record("\(scenario)\n  \(broken.joined(separator: "\n  "))")
        return
      }
      seen.add(fast, scenario.configuration)
    }
    seen.expectEverything()
  }

  /// What the random scenarios must have met at least once, or they prove little.
  private struct Coverage {
    var preempted = 0
    var rejected = 0
    var answered = 0
    var savedSteps = 0
    var hostBound = 0
    /// Runs that would be others without a setting of the engine.
    var changed: [String: Int] = [:]

    mutating func add(_ summary: RunSummary, _ configuration: SimulationConfiguration) {
      note("plans ahead", summary, configuration) { $0.limits.plansAhead = false }
      note("gathers", summary, configuration) { $0.limits.gathering = nil }
      note("front end", summary, configuration) { $0.pools[0].frontEnd = .none }
      if configuration.limits.policy == .wholePrompts {
        note("whole prompts", summary, configuration) { $0.limits.policy = .chunkedPrefill }
      }
      if summary.preemptions > 5 { preempted += 1 }
      if summary.rejected > 0 { rejected += 1 }
      if summary.thinkingTokens > 0 { answered += 1 }
      if summary.runs * 2 < summary.steps { savedSteps += 1 }
      if summary.pools[0].work.host > 0, summary.pools[0].work.compute > 0 { hostBound += 1 }
    }

    private mutating func note(
      _ name: String, _ summary: RunSummary, _ configuration: SimulationConfiguration,
      without change: (inout SimulationConfiguration) -> Void
    ) {
      guard changed[name, default: 0] < 15 else { return }
      var other = configuration
      change(&other)
      let isOther = Simulation(other).finish().fingerprint.text != summary.fingerprint.text
      changed[name, default: 0] += isOther ? 1 : 0
    }

    func expectEverything() {
      for (name, count) in changed.sorted(by: { $0.key < $1.key }) {
        #expect(count >= 15, "\(name) matters in only \(count) runs")
      }
      #expect(preempted >= 20, "runs with more than five preemptions")
      #expect(rejected >= 10)
      #expect(answered >= 20)
      #expect(savedSteps >= 20, "runs that took less than half as many events as steps")
      #expect(hostBound >= 20)
    }
  }
}
