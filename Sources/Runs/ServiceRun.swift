package import ServingSimulation
internal import Workloads

/// What a deployment does all the time when it serves a workload for years: the run without its
/// beginning and end, when batches fill and empty.
package enum ServiceRun {
  /// A trace has no such part, and is taken as it was recorded.
  ///
  /// - Parameter configuration: whose workload says how many requests there are at the least.
  /// - Returns: of the steady part, with the records of the whole; nil when nothing is ever served.
  package static func simulate(
    _ configuration: SimulationConfiguration, _ watch: RunWatch = RunWatch()
  ) throws(RunFailure) -> RunSummary? {
    let most = configuration.workload.requests
    switch configuration.workload.arrivals {
    case .poisson, .gamma, .diurnal, .closedLoop:
      return try SteadyRun.run(
        configuration, asking: SteadyQuestion(requests: most, depth: .rate),
        watch
      ).summary
    case .offline: return try SaturatedRun.run(configuration, watch)?.summary
    case .trace: return try Simulation(configuration).toEnd(watch)
    }
  }
}
