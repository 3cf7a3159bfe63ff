package import Outcomes
package import Scenarios
package import ServingSimulation

/// A deployment that was simulated to its end, with what was found.
package struct Trial: Sendable {
  package let deployment: Deployment
  package let summary: RunSummary
  package let results: RunResults
  /// Whether the run went beyond what simulated time can hold: its results say nothing then.
  package let isOutOfTime: Bool

  /// - Parameter isCancelled: asked all along; the trial is nil when it was.
  package init?(_ deployment: Deployment, isCancelled: () -> Bool = { false }) {
    var simulation = Simulation(deployment.configuration())
    repeat {
      if isCancelled() { return nil }
      // A slice is short enough that an interruption is answered at once.
    } while simulation.advance(events: 1_000)
    isOutOfTime = simulation.isOutOfTime
    self.deployment = deployment
    summary = simulation.finish()
    results = RunResults(summary, of: deployment)
  }

  /// Laws of the simulator that the run broke, none in a sound one.
  package var brokenLaws: [String] { summary.brokenLaws }
}
