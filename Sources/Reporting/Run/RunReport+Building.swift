internal import Outcomes
package import Scenarios
package import ServingSimulation

extension RunReport {
  package init(
    _ summary: RunSummary, of deployment: Deployment, mode: SimulationConfiguration.Mode
  ) {
    let results = RunResults(summary, of: deployment)
    let basis = deployment.scenario.price
    seed = deployment.scenario.seed
    fingerprint = summary.fingerprint.text
    inputs = RunInputs(deployment, mode: mode)
    provenance = ReportProvenance(
      deployment, hasEnergy: results.energy != nil,
      price: results.cost == nil ? nil : basis)
    self.results = results
    intervals = PredictionIntervals(results, of: deployment)
  }
}
