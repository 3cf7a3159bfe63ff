package import ServingSimulation
internal import Statistics
internal import Units

/// The highest rate at which a deployment can serve a mix of requests for ever, whatever they wait.
package struct Capacity: Hashable, Sendable {
  /// What there is no more of.
  package enum Limit: String, Codable, CaseIterable, Sendable {
    /// Before the replicas: tokenising, and handing requests over.
    case frontEnd = "front-end"
    /// Places in a batch.
    case sequences
    /// Room for keys and values.
    case cache
    /// Time of the accelerators.
    case steps
  }

  /// Requests a second.
  package let rate: Double
  /// Of its sample, one standard error.
  package let standardError: Double
  package let limit: Limit
  /// The pool that limits.
  package let pool: String

  /// Replicas that share caches are simulated together up to so many.
  private static let mostSharing = 8

  /// - Returns: nil when nothing is ever served.
  package static func measure(
    _ configuration: SimulationConfiguration, _ watch: RunWatch = RunWatch()
  ) throws(RunFailure) -> Capacity? {
    var configuration = configuration
    configuration.keepsRecords = false
    guard configuration.pools.count > 1 else {
      return try together(configuration, watch)
    }
    // Each side with twice as much of the other as it has: the scarcer one decides, and is found
    // by its own run whichever it is.
    let counts = configuration.pools.map(\.replicas)
    var scarcest: Capacity?
    for (index, other) in [(0, 1), (1, 0)] {
      var alone = configuration
      alone.pools[index].replicas = 1
      alone.pools[other].replicas = (2 * counts[other] + counts[index] - 1) / counts[index]
      guard let run = try SaturatedRun.run(alone, watch) else { return nil }
      let found = Capacity(run, of: configuration, pool: index, times: counts[index])
      if found.rate < scarcest?.rate ?? .infinity { scarcest = found }
    }
    return scarcest
  }

  /// Replicas that do not depend on each other serve so many times what one does.
  private static func together(
    _ configuration: SimulationConfiguration, _ watch: RunWatch
  ) throws(RunFailure) -> Capacity? {
    let count = configuration.pools[0].replicas
    let simulated =
      configuration.pools[0].prefixCache == nil ? 1 : min(count, Self.mostSharing)
    var fewer = configuration
    fewer.pools[0].replicas = simulated
    guard let run = try SaturatedRun.run(fewer, watch) else { return nil }
    return Capacity(run, of: configuration, pool: 0, times: Double(count) / Double(simulated))
  }
}

extension Capacity {
  private init(
    _ run: SaturatedRun, of configuration: SimulationConfiguration, pool index: Int, times: Int
  ) {
    self.init(run, of: configuration, pool: index, times: Double(times))
  }

  /// - Parameter times: what was simulated is there.
  private init(
    _ run: SaturatedRun, of configuration: SimulationConfiguration, pool index: Int, times: Double
  ) {
    let pool = configuration.pools[index]
    let factor = times * pool.availability.share
    rate = run.rate.value * factor
    standardError = run.rate.standardError * factor
    self.pool = pool.name
    limit = Self.limit(run, run.summary.pools[index], pool)
  }

  /// Near enough to its end that there is no more of something.
  private static let full = 0.95

  private static func limit(
    _ run: SaturatedRun, _ summary: PoolSummary, _ pool: PoolConfiguration
  ) -> Limit {
    let seats = Double(pool.seats)
    if run.waitingShare < full, pool.frontEnd != .none { return .frontEnd }
    if summary.meanBatch >= full * seats { return .sequences }
    if summary.highestOccupancy >= full,
      summary.meanOccupancy(over: run.summary.makespan.seconds) >= 0.8
    {
      return .cache
    }
    return .steps
  }
}
