package import Outcomes
package import Results
package import Runs
package import Scenarios
package import ServingSimulation

/// A deployment that was simulated, with what was found.
package final class Trial: Sendable {
  package let outcome: Outcome
  package let results: RunResults
  /// Share of the deployment that was simulated; one but for a part of a large fleet.
  package let share: Double

  package var deployment: Deployment { outcome.deployment }
  package var summary: RunSummary { outcome.summary }
  /// Laws of the simulator that the run broke, none in a sound one.
  package var brokenLaws: [String] { outcome.brokenLaws }

  package init(_ outcome: Outcome, share: Double = 1) {
    self.outcome = outcome
    self.share = share
    results = RunResults(outcome)
  }

  package static func run(
    _ deployment: Deployment, _ question: OutcomeQuestion = OutcomeQuestion(),
    share: Double = 1, _ watch: RunWatch = RunWatch()
  ) throws(RunFailure) -> Trial {
    Trial(try Outcome.simulate(deployment, question, watch), share: share)
  }
}
