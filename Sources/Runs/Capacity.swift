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

  /// Replicas that share caches are simulated together up to so many.
  private static let mostSharing = 8
  /// Replicas of the other pool beside the one that is measured.
  private static let mostOthers = 64
  /// With so much more from twice as many there were too few.
  private static let growth = 1.01

  /// - Returns: nil when nothing is ever served.
  package static func measure(
    _ configuration: SimulationConfiguration, _ effort: SaturatedRun.Effort = .exact,
    _ watch: RunWatch = RunWatch()
  ) throws(RunFailure) -> Capacity? {
    if configuration.isFleet { return try fleet(configuration, effort, watch) }
    guard configuration.pools.count > 1 else {
      guard let run = try saturated(configuration, effort, watch) else { return nil }
      return Capacity(run.run, of: configuration, pool: 0, simulated: run.replicas)
    }
    guard let prefill = try side(0, of: configuration, effort, watch),
      let decode = try side(1, of: configuration, effort, watch)
    else { return nil }
    return scarcer([prefill, decode], of: configuration)
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

  /// Replicas of one pool at full load. They do not depend on each other, so that one of them says
  /// how many times as much all serve; those that share texts are looked at together.
  package static func saturated(
    _ configuration: SimulationConfiguration, _ effort: SaturatedRun.Effort,
    _ watch: RunWatch = RunWatch()
  ) throws(RunFailure) -> (run: SaturatedRun, replicas: Int)? {
    let simulated = simulatedReplicas(of: configuration)
    var fewer = configuration
    fewer.keepsRecords = false
    fewer.pools[0].replicas = simulated
    return try SaturatedRun.run(fewer, effort, watch).map { ($0, simulated) }
  }

  /// Replicas of the first pool that are looked at together.
  package static func simulatedReplicas(of configuration: SimulationConfiguration) -> Int {
    let pool = configuration.pools[0]
    return pool.prefixCache == nil ? 1 : min(pool.replicas, Self.mostSharing)
  }

  /// What one replica of one of two pools serves, with as many of the other as do not limit it.
  ///
  /// Alone where that says it (`sideAlone`). Where later turns have the answers of earlier ones in
  /// their prompts, or sequences lose their caches to each other, the other pool is there too.
  package static func side(
    _ pool: Int, of configuration: SimulationConfiguration, _ effort: SaturatedRun.Effort = .exact,
    _ watch: RunWatch = RunWatch()
  ) throws(RunFailure) -> Capacity? {
    switch try sideAlone(pool, of: configuration, effort, watch) {
    case .found(let capacity): return capacity
    case .needsOthers: return try sideBesideOthers(pool, of: configuration, effort, watch)
    }
  }

  /// What one of two pools says without the other.
  package enum Alone: Sendable {
    /// The capacity of one replica, whatever the other pool is; nil when it serves nothing.
    case found(Capacity?)
    case needsOthers
  }

  /// One replica of one of two pools, with requests that are over when their prompts are computed,
  /// or whose prompts are there but for the last token: then it does what it would do beside the
  /// other pool, and nothing else has to be simulated.
  package static func sideAlone(
    _ pool: Int, of configuration: SimulationConfiguration, _ effort: SaturatedRun.Effort,
    _ watch: RunWatch
  ) throws(RunFailure) -> Alone {
    guard !configuration.workload.classes.contains(where: { $0.sessions != nil }) else {
      return .needsOthers
    }
    var alone = configuration
    alone.keepsRecords = false
    alone.pools = [configuration.pools[pool]]
    alone.pools[0].role = .serving
    alone.pools[0].replicas = 1
    alone.transfer = nil
    if pool == 1 {
      // What comes to it has been computed, and needs no step of its own before it decodes.
      alone.pools[0].limits.policy = .chunkedPrefill
      alone.pools[0].limits.gathering = nil
    }
    alone.workload =
      pool == 0 ? configuration.workload.promptsAlone : configuration.workload.answersAlone
    guard let run = try SaturatedRun.run(alone, effort, watch) else { return .found(nil) }
    let found = Capacity(run, of: alone, pool: 0, simulated: 1)
    // What loses its blocks is computed anew from its prompt, which alone is not there to be.
    let losesBlocks = pool == 1 && found.limit == .cache && run.summary.counts.preemptions > 0
    return losesBlocks ? .needsOthers : .found(found)
  }

  package static func sideBesideOthers(
    _ pool: Int, of configuration: SimulationConfiguration, _ effort: SaturatedRun.Effort,
    _ watch: RunWatch
  ) throws(RunFailure) -> Capacity? {
    var alone = configuration
    alone.keepsRecords = false
    alone.pools[pool].replicas = 1
    func found(_ others: Int, _ effort: SaturatedRun.Effort) throws(RunFailure) -> Capacity? {
      alone.pools[1 - pool].replicas = others
      return try SaturatedRun.run(alone, effort, watch).map {
        Capacity($0, of: alone, pool: pool, simulated: 1)
      }
    }
    // How many others are enough is seen with a rough look at each.
    var enough = 1
    var most = 0.0
    var others = 1
    while others <= mostOthers, let rate = try found(others, .rough)?.rate, rate >= growth * most {
      (enough, most) = (others, rate)
      others *= 2
    }
    return try found(enough, effort)
  }

  /// The capacity of two pools, given one replica of each: the scarcest of them and of the links
  /// between them decides.
  package static func scarcer(
    _ sides: [Capacity], of configuration: SimulationConfiguration
  ) -> Capacity? {
    let pools = zip(sides, configuration.pools).map { $0.times(Double($1.replicas)) }
    return (pools + [links(of: configuration)].compactMap { $0 }).min { $0.rate < $1.rate }
  }

  /// Each replica sends one cache at a time, and receives one at a time.
  private static func links(of configuration: SimulationConfiguration) -> Capacity? {
    guard let transfer = configuration.transfer,
      let fewest = configuration.pools.map(\.replicas).min()
    else { return nil }
    let seconds = transfer.seconds(context: Int(configuration.workload.meanInput))
    guard seconds > 0 else { return nil }
    return Capacity(
      rate: Double(fewest) / seconds, standardError: 0, limit: .transfer,
      pool: configuration.pools[0].name)
  }

  /// The capacity of so many times the replicas.
  package func times(_ factor: Double) -> Capacity {
    Capacity(rate: rate * factor, standardError: standardError * factor, limit: limit, pool: pool)
  }
}

extension Capacity {
  /// The capacity of all replicas of a pool, from a run of some of them at full load.
  package init(
    _ run: SaturatedRun, of configuration: SimulationConfiguration, pool index: Int, simulated: Int
  ) {
    let pool = configuration.pools[index]
    let factor = Double(pool.replicas) / Double(simulated) * pool.availability.share
    self.init(
      rate: run.rate.value * factor, standardError: run.rate.standardError * factor,
      limit: Self.limit(run, run.summary.pools[index], pool), pool: pool.name)
  }

  /// Near enough to its end that there is no more of something.
  private static let full = 0.95
  /// A cache that is full at times is mostly so much in use.
  private static let mostlyFull = 0.8

  private static func limit(
    _ run: SaturatedRun, _ summary: PoolSummary, _ pool: PoolConfiguration
  ) -> Limit {
    if run.waitingShare < full, pool.frontEnd != .none { return .frontEnd }
    if summary.meanBatch >= full * Double(pool.seats) { return .sequences }
    let isFull = summary.highestOccupancy >= full
    let mean = summary.meanOccupancy(over: run.summary.makespan.seconds)
    return isFull && mean >= mostlyFull ? .cache : .steps
  }
}
