internal import OperatorCosts
package import ServingSimulation
package import Statistics
internal import Units
internal import Workloads

/// How many requests a second a deployment can serve when there is always one more.
///
/// The saturation rule (Baccelli and Foss, "On the saturation rule for the stability of queues",
/// Journal of Applied Probability 32, 1995): a system in which more work is never done sooner is
/// stable at every rate below the one at which it serves a queue that never ends. So many clients
/// ask that some request always waits; each asks anew when it is answered. Their requests are those
/// of the workload, in its proportions.
///
/// What is found is a property of the deployment and of the mix, not of the load.
///
/// Where caches keep conversations, or the rounds of a question, more work is done later than less:
/// the more wait, the fewer find their earlier turns. The rate is then the one that a long queue is
/// served at, whatever happened before. Above it a load may be served for long, and for good once
/// it is not: retrograde throughput, and metastable failures (Gunther, "Guerrilla Capacity
/// Planning", 2007, 4; Bronson et al., "Metastable failures in distributed systems", HotOS 2021).
package struct SaturatedRun: Sendable {
  /// Requests a second, with the error of its sample.
  package let rate: BatchEstimate
  package let summary: RunSummary
  /// Share of the time in which somebody waits for a place in a step: where the queue is before
  /// that, it is the front end that limits.
  package let waitingShare: Double
  /// Whether few clients were served at a rate that is enough, so that more may be served faster.
  package private(set) var isLeast = false

  /// How exact the rate is to be.
  package struct Effort: Hashable, Sendable {
    /// Standard error of the rate that is wanted, as a share of it.
    var relativeError: Double
    var mostRequests: Int
    /// A rate of all that is simulated from which on nobody asks how much more it is [req/s]; nil
    /// where that is asked.
    fileprivate var enoughRate: Double?

    /// An effort so exact that nobody would decide otherwise.
    package static let exact = Effort(relativeError: 0.004, mostRequests: 400_000)
    /// An effort that is enough to see which of several deployments are worth a closer look.
    package static let rough = Effort(relativeError: 0.015, mostRequests: 100_000)

    package var isLeastEnough: Bool { enoughRate != nil }

    /// The effort that is enough where not more than a rate is of interest.
    package func enough(_ rate: Double?) -> Effort {
      var effort = self
      effort.enoughRate = rate
      return effort
    }
  }

  /// Share of the time that somebody must wait for the rate to be that of a queue without end.
  private static let alwaysWaiting = 0.98
  /// With so much more from twice the clients there were too few.
  private static let growth = 1.01
  private static let mostClients = 1 << 20
  /// Share of the clients, and the fewest of them, with which is looked whether a rate is enough.
  private static let (shareOfClients, fewestShared) = (8, 128)
  /// How many turns of conversations are simulated for so many other requests: each turn looks for
  /// all before it in the caches, which takes ten times as long.
  private static let (turns, requests) = (3, 8)

  /// Nil when nothing is ever served.
  package static func run(
    _ configuration: SimulationConfiguration, _ effort: Effort = .exact,
    _ watch: RunWatch = RunWatch()
  ) throws(RunFailure) -> SaturatedRun? {
    var clients = firstClients(configuration)
    // Few clients are never served more than many, and fill a system sooner.
    if let enough = effort.enoughRate, clients >= Self.fewestShared * Self.shareOfClients,
      !configuration.servesFewerTheMoreWait,
      var found = try run(configuration, clients: clients / Self.shareOfClients, effort, watch),
      found.rate.value >= enough
    {
      found.isLeast = true
      return found
    }
    var best: SaturatedRun?
    while true {
      guard let found = try run(configuration, clients: clients, effort, watch) else { return best }
      if let best, found.isLike(best, configuration) { return best }
      best = found
      if found.waitingShare >= alwaysWaiting || clients >= mostClients { return best }
      clients *= 2
    }
  }

  /// Whether more clients have not brought more, beyond the errors of both samples; and not less
  /// either, where those who wait take the room of those who come back.
  private func isLike(_ fewer: SaturatedRun, _ configuration: SimulationConfiguration) -> Bool {
    let gain = rate.value / fewer.rate.value
    let errors =
      rate.standardError * rate.standardError
      + fewer.rate.standardError * fewer.rate.standardError
    if (rate.value - fewer.rate.value).magnitude <= errors.squareRoot() { return true }
    return gain < Self.growth && (!configuration.servesFewerTheMoreWait || gain > 1 / Self.growth)
  }

  private static func run(
    _ configuration: SimulationConfiguration, clients: Int, _ effort: Effort, _ watch: RunWatch
  ) throws(RunFailure) -> SaturatedRun? {
    var saturated = configuration
    if case .trace(let trace) = saturated.workload.arrivals { saturated.workload.replayed = trace }
    saturated.workload.arrivals = .closedLoop(clients: clients, thinkTime: .zero)
    // Of a queue without end everybody would go away.
    saturated.workload = saturated.workload.withoutPatience
    saturated.workload.batch = nil
    saturated.keepsHistory = false
    saturated.timelineEvents = nil
    for index in saturated.pools.indices { saturated.pools[index].availability = .always }
    let mostRequests =
      configuration.keepsConversations
      ? effort.mostRequests * Self.turns / Self.requests : effort.mostRequests
    let served = Criterion.Quantity.servedRate(of: saturated.workload.meanLengths)
    let run = try SteadyRun.run(
      saturated,
      asking: SteadyQuestion(
        criteria: [Criterion(served, .value(relativeError: effort.relativeError))],
        depth: .rate, mostRequests: mostRequests), watch)
    guard let rate = run.part.estimate(served), rate.value > 0 else { return nil }
    let waiting = Double(run.summary.queue.timeAboveZero)
    return SaturatedRun(
      rate: rate, summary: run.summary,
      waitingShare: waiting / Double(max(1, run.summary.makespan.nanoseconds)))
  }

  /// A quarter more than can be in steps at once, for want of places or of cache: the longer the
  /// queue, the longer it takes until the system is as it always is. Where they are too few, twice
  /// as many are tried.
  private static func firstClients(_ configuration: SimulationConfiguration) -> Int {
    let workload = configuration.workload
    let seats = configuration.pools.reduce(0.0) { sum, pool in
      var seats = Double(pool.seats)
      // Prompts alone fill a step long before there are as many as may be in it.
      if pool.role == .prefill {
        let prompts =
          4 * (Double(pool.limits.tokenBudget) / max(1, workload.meanInput)).rounded(.up)
        seats = min(seats, prompts * Double(pool.model.attentionRanks))
      }
      // A model that keeps nothing has room without end.
      let tokens = Double(pool.capacity.totalBlocks) * Double(pool.capacity.blockTokens)
      let held = workload.meanHeld(sharing: pool.prefixCache != nil)
      let room = tokens * Double(pool.model.attentionRanks) / max(1, held)
      return sum + min(seats, room.rounded(.up)) * Double(pool.replicas)
    }
    return Int(min(Double(mostClients), 1.25 * seats + 16))
  }
}
