package import ServingSimulation
internal import Statistics
internal import Units
internal import Workloads

/// A run over whole periods of a load that rises and falls: every hour of a day has its share.
///
/// The system starts empty, so a part of a period runs before what counts: a twenty-fourth, or as
/// much as three times what 99 of 100 requests take. A day in which few requests come is run
/// several times.
package struct PeriodicRun: Sendable {
  /// Stretches of a period.
  private static let stretches = 24
  /// Requests that say enough of a day.
  private static let enoughRequests = 100_000.0
  private static let mostPeriods = 8.0
  /// Multiple of the time that 99 of 100 requests take, which runs before what counts.
  private static let spans = 3.0

  /// The periods that count.
  package let part: MomentSeries
  package let summary: RunSummary
  package let periods: Int
  /// Requests that came in all.
  package let arrived: Int64

  /// - Parameter configuration: whose arrivals have a period.
  package static func run(
    _ configuration: SimulationConfiguration, _ watch: RunWatch = RunWatch()
  ) throws(RunFailure) -> PeriodicRun {
    let workload = configuration.workload
    guard let seconds = workload.arrivals.periodSeconds, let rate = workload.offeredRate else {
      preconditionFailure("a periodic run is of a load with a period")
    }
    var endless = configuration
    endless.isEndless = true
    var simulation = Simulation(endless)
    let periods = Int(
      max(1, min(mostPeriods, (enoughRequests / (rate * seconds)).rounded(.up))))
    var series = MomentSeries(
      simulation.moment(at: .zero),
      spacing: SimDuration(seconds: seconds / Double(stretches)), of: endless)
    var beginning: Int?
    while true {
      try simulation.advance(to: series.next, watch)
      guard !simulation.isOutOfTime else { throw .outOfTime }
      guard series.look(at: &simulation) else { continue }
      watch.progress(min(1, Double(series.count) / Double(periods * stretches + 1)))
      if beginning == nil {
        let slowest = series.slowestNanoseconds * 1e-9
        // A window that had opened before the run began is no whole one.
        let filled = max(spans * slowest, workload.batch?.cutSeconds ?? 0)
        if series.seconds >= filled || series.count >= stretches {
          beginning = series.count
        }
      }
      if let beginning, series.count >= beginning + periods * stretches {
        var part = series.dropping(beginning)
        part.stretchesPerPeriod = stretches
        var summary = part.summary
        let arrived = series.end.counts.arrived
        simulation.closeArrivals()
        // A backlog is not served to its end.
        let isServed = part.end.present * 20 < arrived
        summary.adoptWhole(isServed ? simulation.finish() : simulation.abandon())
        return PeriodicRun(part: part, summary: summary, periods: periods, arrived: arrived)
      }
    }
  }
}
