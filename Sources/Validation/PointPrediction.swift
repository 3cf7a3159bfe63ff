package import Scenarios
internal import ServingSimulation
internal import Statistics
internal import Units

/// What the simulator says of a measured point, under the metrics' names.
package struct PointPrediction: Equatable, Sendable {
  package var values: [Metric: Double]

  /// Simulates a deployment to its end.
  package init(_ deployment: Deployment) {
    var simulation = Simulation(deployment.configuration())
    while simulation.advance(events: 1 << 20) {}
    self.init(simulation.finish(), accelerators: deployment.accelerators)
  }

  init(_ summary: RunSummary, accelerators: Int) {
    let span = summary.makespan.seconds * Double(accelerators)
    let output = Double(summary.outputTokens) / span
    let total = Double(summary.inputTokens + summary.outputTokens) / span
    values = [
      .outputThroughput: output, .totalThroughput: total,
      .meanTimeToFirstToken: (summary.timeToFirstToken.mean ?? 0) * 1e-6,
      .medianTimeToFirstToken: (summary.timeToFirstToken.quantile(0.5) ?? 0) * 1e-6,
      .meanTimePerOutputToken: (summary.timePerOutputToken.mean ?? 0) * 1e-6,
      .medianTimePerOutputToken: (summary.timePerOutputToken.quantile(0.5) ?? 0) * 1e-6,
    ]
  }
}
