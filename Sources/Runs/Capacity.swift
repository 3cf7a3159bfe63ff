package import Results
package import ServingSimulation
internal import Statistics
internal import Units
internal import Workloads

/// The highest rate at which a deployment can serve a mix of requests for ever, whatever they wait.
package struct Capacity: Hashable, Sendable {
  /// What there is no more of.
  package typealias Limit = LoadResults.Limit

  /// Requests a second.
  package let rate: Double
  /// Standard error of the rate, from its sample [req/s].
  package let standardError: Double
  package let limit: Limit
  /// The pool that limits.
  package let pool: String
  /// Whether it may be more, because this was enough (`SaturatedRun.Effort`).
  package var isLeast = false

  /// Replicas that share caches are simulated together up to so many.
  private static let mostSharing = 8

  /// - Returns: nil when nothing is ever served.
  package static func measure(
    _ configuration: SimulationConfiguration, _ effort: SaturatedRun.Effort = .exact,
    _ watch: RunWatch = RunWatch()
  ) throws(RunFailure) -> Capacity? {
    if configuration.isFleet { return try fleet(configuration, effort, watch) }
    guard configuration.pools.count == 1 else {
      return try ofTwo(configuration) { pool throws(RunFailure) in
        try alone(pool, of: configuration, effort, watch)
      } together: { replicas throws(RunFailure) in
        try saturated(configuration, with: replicas, effort, watch)
      }
    }
    let replicas = replicas(of: configuration)
    return try saturated(configuration, with: [replicas], effort, watch).map {
      Capacity($0, of: configuration, pool: 0, simulated: replicas)
    }
  }

  /// All parts of a fleet at full load: what each of them gets follows from what the others have,
  /// so they are looked at together. The part that most wait for limits.
  private static func fleet(
    _ configuration: SimulationConfiguration, _ effort: SaturatedRun.Effort, _ watch: RunWatch
  ) throws(RunFailure) -> Capacity? {
    var saturated = configuration
    saturated.keepsRecords = false
    guard let run = try SaturatedRun.run(saturated, effort, watch) else { return nil }
    let seconds = run.summary.makespan.seconds
    let waiting = run.summary.pools.map { $0.meanWaitingRequests(over: seconds) }
    let index = waiting.indices.max { waiting[$0] < waiting[$1] } ?? 0
    return Capacity(
      run, of: configuration, pool: index, simulated: configuration.pools[index].replicas)
  }

  /// So many replicas of each pool at full load.
  package static func saturated(
    _ configuration: SimulationConfiguration, with replicas: [Int],
    _ effort: SaturatedRun.Effort, _ watch: RunWatch = RunWatch()
  ) throws(RunFailure) -> SaturatedRun? {
    var fewer = configuration
    fewer.keepsRecords = false
    for (index, count) in replicas.enumerated() { fewer.pools[index].replicas = count }
    return try SaturatedRun.run(fewer, effort, watch)
  }

  /// Replicas of one pool that are looked at together. They do not depend on each other, so that
  /// one of them says how many times as much all serve; but for those that share texts.
  package static func replicas(of configuration: SimulationConfiguration) -> Int {
    let pool = configuration.pools[0]
    return pool.prefixCache == nil ? 1 : min(pool.replicas, Self.mostSharing)
  }

  /// The capacity of so many times the replicas.
  package func times(_ factor: Double) -> Capacity {
    Capacity(
      rate: rate * factor, standardError: standardError * factor, limit: limit, pool: pool,
      isLeast: isLeast)
  }
}

extension Capacity {
  /// The capacity of all replicas of a pool, from a run of some of them at full load.
  package init(
    _ run: SaturatedRun, of configuration: SimulationConfiguration, pool index: Int, simulated: Int
  ) {
    let pool = configuration.pools[index]
    // Requests go through the front end once.
    let isBehindOther = index > 0 && !configuration.isFleet
    let factor = Double(pool.replicas) / Double(simulated) * pool.availability.share
    self.init(
      rate: run.rate.value * factor, standardError: run.rate.standardError * factor,
      limit: Self.limit(run, run.summary.pools[index], pool, isBehindOther: isBehindOther),
      pool: pool.name, isLeast: run.isLeast)
  }

  /// Near enough to its end that there is no more of something.
  private static let full = 0.95
  /// A cache that is full at times is mostly so much in use.
  private static let mostlyFull = 0.8

  static func limit(
    _ run: SaturatedRun, _ summary: PoolSummary, _ pool: PoolConfiguration, isBehindOther: Bool
  ) -> Limit {
    if run.waitingShare < full, pool.frontEnd != .none, !isBehindOther { return .frontEnd }
    if summary.meanBatch >= full * Double(pool.seats) { return .sequences }
    let isFull = summary.highestOccupancy >= full
    let mean = summary.meanOccupancy(over: run.summary.makespan.seconds)
    return isFull && mean >= mostlyFull ? .cache : .steps
  }
}
