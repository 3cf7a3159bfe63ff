internal import Diagnostics
internal import Economics
internal import Hardware
internal import OperatorCosts
internal import Scenarios
internal import ServingSimulation
internal import Statistics
internal import Units

/// What the simulator says of a measured point, under the metrics' names.
package struct PointPrediction: Equatable, Sendable {
  /// Predicted values, without those that do not exist: an answer of one token has no time per
  /// output token.
  package var values: [Metric: Double]
  package var observations: RunObservations
  package var fingerprint: String
  /// Laws of the simulator that its run broke, none in a sound one.
  package var brokenLaws: [String]

  package init(
    values: [Metric: Double], observations: RunObservations = RunObservations(),
    fingerprint: String = "", brokenLaws: [String] = []
  ) {
    self.values = values
    self.observations = observations
    self.fingerprint = fingerprint
    self.brokenLaws = brokenLaws
  }

  /// Simulates a deployment to its end, or nil when that is no longer wanted.
  ///
  /// - Throws: `InvalidInput` when the run is not what was measured.
  init?(_ deployment: Deployment, isCancelled: () -> Bool) throws {
    var simulation = Simulation(deployment.configuration())
    // A slice is short enough that an interruption is answered at once.
    while simulation.advance(events: 1_000) {
      if isCancelled() { return nil }
    }
    guard !simulation.isOutOfTime else {
      throw InvalidInput(
        Diagnostic(
          code: "validate/too-long", "the run takes more than 146 years of simulated time"))
    }
    let summary = simulation.finish()
    guard summary.completed == summary.arrived else {
      throw InvalidInput(
        Diagnostic(
          code: "validate/rejected",
          "\(NumberText.grouped(summary.arrived - summary.completed)) of "
            + "\(NumberText.grouped(summary.arrived)) requests can never fit"))
    }
    self.init(summary, of: deployment)
  }

  private init(_ summary: RunSummary, of deployment: Deployment) {
    let span = summary.makespan.seconds * Double(deployment.accelerators)
    values = [:]
    if span > 0 {
      values[.outputThroughput] = Double(summary.outputTokens) / span
      values[.totalThroughput] = Double(summary.inputTokens + summary.outputTokens) / span
    }
    values[.meanTimeToFirstToken] = summary.timeToFirstToken.mean.map { $0 * 1e-6 }
    values[.medianTimeToFirstToken] = summary.timeToFirstToken.quantile(0.5).map { $0 * 1e-6 }
    values[.meanTimePerOutputToken] = summary.timePerOutputToken.mean.map { $0 * 1e-6 }
    values[.medianTimePerOutputToken] = summary.timePerOutputToken.quantile(0.5).map { $0 * 1e-6 }
    if let joules = Self.joules(summary, of: deployment), span > 0 {
      values[.acceleratorPower] = joules / span
      if summary.outputTokens > 0 {
        values[.energyPerToken] = joules / Double(summary.outputTokens)
      }
    }
    observations = RunObservations(summary, of: deployment)
    fingerprint = summary.fingerprint.text
    brokenLaws = summary.brokenLaws
  }

  /// What the accelerators alone draw; nil where a profile does not know their power.
  private static func joules(_ summary: RunSummary, of deployment: Deployment) -> Double? {
    var use = EnergyUse()
    for (pool, deployed) in zip(summary.pools, deployment.pools) {
      guard let model = PowerModel(deployed.hardware) else { return nil }
      use.add(
        pool, load: AcceleratorLoad(pool, on: deployed.hardware),
        makespanSeconds: summary.makespan.seconds,
        accelerators: deployed.acceleratorsPerReplica, model: model)
    }
    return use.acceleratorJoules
  }
}
