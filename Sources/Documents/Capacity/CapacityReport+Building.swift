internal import Hardware
internal import Outcomes
package import Planning
internal import Results
internal import Runs
package import Scenarios
internal import ServingSimulation
internal import Workloads

extension CapacityReport {
  package init(_ search: RateSearch, of scenario: Scenario, holding level: ServiceLevel) {
    seed = scenario.seed
    inputs = Inputs(search.deployment, level)
    held = search.held.map { Held($0, of: scenario) }
    beyond = search.beyond.map { Beyond(load: Load($0.found), reasons: $0.shortfalls.words) }
    servable = search.capacity?.rate
    limit = search.capacity?.limit
    limitingPool = search.capacity?.pool
    simulations = search.trials
  }
}

extension CapacityReport.Inputs {
  init(_ deployment: Deployment, _ level: ServiceLevel) {
    let scenario = deployment.scenario
    self.init(
      scenario: scenario.name, title: scenario.title, file: scenario.file,
      model: scenario.model.name,
      machines: deployment.pools.map { pool in
        "\(pool.replicas * pool.acceleratorsPerReplica) x \(pool.hardware.name)"
      },
      engine: deployment.engine.name, price: scenario.price.rawValue,
      level: level.words(scenario.objectives), offered: scenario.workload.highestOfferedRate)
    if case .closedLoop(let clients, _) = scenario.workload.arrivals { self.clients = clients }
    meanOffered = scenario.workload.meanOfChangingRate
  }
}

extension CapacityReport.Load {
  init(_ found: RateSearch.Found) {
    self.init(
      factor: found.factor, rate: found.rate, meanRate: found.meanRate, clients: found.clients)
  }
}

extension CapacityReport.Held {
  /// Clients are counted by what is always the case, whatever the scenario is judged by.
  private static func judged(_ workload: Workload) -> [String] {
    workload.arrivals.isClosed && workload.judgement != .steady
      ? ["--set workload.judge=\(Judgement.steady.rawValue)"] : []
  }

  init(_ found: RateSearch.Found, of scenario: Scenario) {
    let trial = found.trial
    let provenance = ReportProvenance(
      trial.deployment, trial.summary.samples(of: trial.deployment), hasEnergy: false,
      price: trial.results.cost == nil ? nil : scenario.price)
    self.init(
      load: CapacityReport.Load(found),
      settings: scenario.given
        + RunCommandLine.settings(of: scenario.workload, scaledBy: found.factor)
        + Self.judged(scenario.workload),
      results: trial.results,
      intervals: PredictionIntervals(trial.results, of: trial.deployment),
      weakest: provenance.weakestBehind.performance)
  }
}
