package import Outcomes
internal import Results
package import Scenarios
package import ServingSimulation

extension RunReport {
  package init(_ outcome: Outcome, mode: SimulationConfiguration.Mode) {
    self.init(RunResults(outcome), outcome.summary, of: outcome.deployment, mode: mode)
    if outcome.load.isSustained == false { intervals = nil }
  }

  /// The report of what was served, whatever was asked for.
  package init(_ summary: RunSummary, of deployment: Deployment) {
    self.init(RunResults(summary, of: deployment), summary, of: deployment, mode: .fastForward)
  }

  private init(
    _ results: RunResults, _ summary: RunSummary, of deployment: Deployment,
    mode: SimulationConfiguration.Mode
  ) {
    let basis = deployment.scenario.price
    seed = deployment.scenario.seed
    fingerprint = summary.fingerprint.text
    inputs = RunInputs(deployment, mode: mode)
    provenance = ReportProvenance(
      deployment, summary.samples(of: deployment), hasEnergy: results.energy != nil,
      price: results.cost == nil ? nil : basis)
    self.results = results
    objectives = ObjectivesReport(deployment.scenario, results)
    intervals = PredictionIntervals(results, of: deployment)
  }
}
