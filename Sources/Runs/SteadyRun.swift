package import ServingSimulation
internal import Statistics
package import Units
internal import Workloads

/// A run of a load that never ends, as long as the answer needs, and its part in which the system
/// is as it always is.
///
/// 1. **Moments.** The run is looked at at equal distances, at most 64 of them (`MomentSeries`).
/// 2. **Beginning.** The system starts empty. An eighth of the run is left out, and at least the
///    time that 99 of 100 requests take; how much is never chosen by what came out, which would
///    make the figures look better than they are. The number of requests in the system must have
///    become steady before half of the run is over (`InitialTransient`).
/// 3. **Length.** The rest spans ten times the time that 99 of 100 requests take, one conversation,
///    five hundred completions, and a hundred and fifty times the time for which the system
///    remembers how full it was: as observed (`CorrelationTime`), and as follows from its distance
///    to its capacity (`Relaxation`), because a short run does not see its own memory. A large
///    fleet, whose figures are exact long before that, needs a tenth of it
///    (`SteadyQuestion.Depth`).
/// 4. **Error.** Its batches say how far each figure may be from that of an endless run
///    (`BatchEstimate`). The run goes on until every figure that is asked about is three errors
///    from its bound, or so exact that nobody would decide otherwise (`Criterion`). Where it is
///    further away a shorter run is enough, whose errors are known less well.
/// 5. **End.** Nothing drains inside of it: requests keep coming until it is over. They are served
///    afterwards, so that the laws can be checked.
///
/// A system that starts empty is better than it will be, so that a level that is missed early is
/// missed for good: that ends a run at a tenth of its length.
///
/// The procedure is batch means of a run that is made longer until they say enough (Law,
/// "Simulation Modeling and Analysis", 2015, 9.5.3). Held against M/M/1, M/D/1 and M/M/c by
/// `SteadyRunTests`, its intervals with two hundred seeds.
package struct SteadyRun: Sendable {
  /// The steady part; where there is none, the last part of what was simulated.
  package let part: MomentSeries
  package let summary: RunSummary
  /// Whether the part is one: begun after the system had filled, and long enough.
  package let isSettled: Bool
  /// Whether every criterion was decided, and whether one is missed for good.
  package let isDecided: Bool
  package let isHopeless: Bool
  /// Requests that came in all.
  package let arrived: Int64
  /// Times that the system had forgotten in the part how full it was.
  package let memories: Double

  /// What was left out at the beginning.
  package var warmUp: SimTime { part.start.time }

  /// Whether fewer requests are served than come, and more and more wait: seen in a run that did
  /// not become steady. Those are counted that came, not those that come in the mean: ten thousand
  /// of them are off by one in a hundred by chance.
  package var queueGrows: Bool {
    !isSettled && fallsBehind && part.end.waiting > 2 * part.start.waiting
  }

  /// Whether fewer requests are served in the part than come.
  package var fallsBehind: Bool {
    let came = part.end.counts.arrived - part.start.counts.arrived
    let ended = part.end.counts.ended - part.start.counts.ended
    return Double(ended) < Self.keepsUp * Double(came)
  }

  /// A share of what comes that is hardly less than all.
  private static let keepsUp = 0.99
  /// Before which nothing is looked at.
  private static let fewestRequests: Int64 = 1_000
  /// Stretches with which the run is looked at, and the number that a first guess aims at.
  private static let looks: Set<Int> = [32, 40, 48, 56, 64]
  private static let aimedAt = 40.0
  private static let tiniest = SimDuration(nanoseconds: 1_000_000)

  /// - Parameter configuration: of a process that does not end.
  package static func run(
    _ configuration: SimulationConfiguration, asking question: SteadyQuestion = SteadyQuestion(),
    _ watch: RunWatch = RunWatch()
  ) throws(RunFailure) -> SteadyRun {
    var endless = configuration
    endless.isEndless = true
    var simulation = Simulation(endless)
    var series = MomentSeries(
      simulation.moment(at: .zero), spacing: firstSpacing(configuration, question), of: endless)
    let expected =
      Relaxation.seconds(
        of: configuration.workload, capacity: question.capacity, variation: question.variation) ?? 0
    while true {
      try simulation.advance(to: series.next, watch)
      guard !simulation.isOutOfTime else { throw .outOfTime }
      guard series.look(at: &simulation) else { continue }
      let arrived = series.end.counts.arrived
      watch.progress(min(1, Double(arrived) / Double(max(question.requests, 1))))
      if looks.contains(series.count), arrived >= fewestRequests {
        let look = SteadyLook(series, question, expected: expected)
        let isWanted = arrived < question.requests && !look.isHopeless
        if arrived >= question.mostRequests(tillFilled: look.isFilled)
          || (look.isEnough && !isWanted)
        {
          let isSettled = look.isSettled || look.isBearable
          return SteadyRun(
            part: look.part, summary: finish(simulation, look.part, drains: isSettled),
            isSettled: isSettled, isDecided: look.isDecided, isHopeless: look.isHopeless,
            arrived: arrived, memories: look.memories)
        }
      }
      if series.count == MomentSeries.most { series.thin() }
    }
  }

  /// Such that the requests that are wanted come within as many stretches as are looked at.
  private static func firstSpacing(
    _ configuration: SimulationConfiguration, _ question: SteadyQuestion
  ) -> SimDuration {
    guard let rate = configuration.workload.offeredRate else { return tiniest }
    let requests = Double(max(Int64(question.requests), fewestRequests))
    return SimDuration(seconds: min(requests / rate / aimedAt, 1e8))
  }

  /// The part's figures, with what only a whole run can say.
  private static func finish(
    _ simulation: consuming Simulation, _ part: MomentSeries, drains: Bool
  ) -> RunSummary {
    var summary = part.summary
    simulation.closeArrivals()
    summary.adoptWhole(drains ? simulation.finish() : simulation.abandon())
    return summary
  }
}
