package import ServingSimulation
internal import Workloads

/// What a deployment does all the time when it serves a workload for years: the run without its
/// beginning and end, when batches fill and empty.
package enum ServiceRun {
  /// A trace, or stages that are played once, have no such part, and are taken as it was recorded.
  ///
  /// - Parameter configuration: whose workload says how many requests there are at the least.
  /// - Returns: of the steady part, with the records of the whole; nil when nothing is ever served.
  package static func simulate(
    _ configuration: SimulationConfiguration, _ watch: RunWatch = RunWatch()
  ) throws(RunFailure) -> RunSummary? {
    let workload = configuration.workload
    if workload.arrivals == .offline {
      return try SaturatedRun.run(configuration, .exact, watch)?.summary
    }
    guard workload.arrivals.isEndless || workload.arrivals.isClosed else {
      return try Simulation(configuration).toEnd(watch)
    }
    if workload.arrivals.periodSeconds != nil {
      return try PeriodicRun.run(configuration, watch).summary
    }
    return try SteadyRun.run(
      configuration, asking: SteadyQuestion(requests: workload.requests, depth: .rate), watch
    ).summary
  }
}
