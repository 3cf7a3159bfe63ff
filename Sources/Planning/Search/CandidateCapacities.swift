internal import Runs
internal import Scenarios
internal import ServingSimulation

/// What the candidates of a search can serve, each layout at full load once.
struct CandidateCapacities: Sendable {
  /// One of two pools, whatever the other one is.
  private struct Side: Hashable {
    var hardware: String
    var engine: String
    var layout: PoolLayout
    var pool: Int
  }

  private var together: [Candidate: (run: SaturatedRun, replicas: Int)?] = [:]
  private var apart: [Candidate: [Capacity]?] = [:]
  private var alone: [Side: Capacity.Alone] = [:]
  /// Simulations so far, those that others brought apart.
  private var runs = 0

  /// One replica at full load; nil when it serves nothing.
  mutating func saturated(
    _ candidate: Candidate, _ deployment: Deployment, _ watch: RunWatch
  ) throws(RunFailure) -> SaturatedRun? {
    try saturated(candidate, deployment.configuration(), watch)?.run
  }

  /// - Returns: with how many simulations that took.
  mutating func capacity(
    of candidate: Candidate, _ deployment: Deployment, _ watch: RunWatch
  ) throws(RunFailure) -> (capacity: Capacity?, runs: Int) {
    let configuration = deployment.configuration()
    let before = runs
    let found: Capacity?
    if configuration.pools.count > 1 {
      found = try sides(candidate, configuration, watch).flatMap {
        Capacity.scarcer($0, of: configuration)
      }
    } else {
      found = try saturated(candidate, configuration, watch).map {
        Capacity($0.run, of: configuration, pool: 0, simulated: $0.replicas)
      }
    }
    return (found, runs - before)
  }

  /// Keeps what was simulated elsewhere.
  mutating func adopt(
    _ found: (run: SaturatedRun, replicas: Int), of candidate: Candidate, _ deployment: Deployment
  ) {
    together[candidate.simulated(at: deployment.configuration())] = .some(found)
  }

  /// Keeps what others have found beside what is known.
  mutating func adopt(_ others: CandidateCapacities) {
    together.merge(others.together) { known, _ in known }
    apart.merge(others.apart) { known, _ in known }
    alone.merge(others.alone) { known, _ in known }
  }

  private mutating func saturated(
    _ candidate: Candidate, _ configuration: SimulationConfiguration, _ watch: RunWatch
  ) throws(RunFailure) -> (run: SaturatedRun, replicas: Int)? {
    let key = candidate.simulated(at: configuration)
    if let known = together[key] { return known }
    runs += 1
    let found = try Capacity.saturated(configuration, .rough, watch)
    together[key] = .some(found)
    return found
  }

  private mutating func sides(
    _ candidate: Candidate, _ configuration: SimulationConfiguration, _ watch: RunWatch
  ) throws(RunFailure) -> [Capacity]? {
    let key = candidate.withOneReplica
    if let known = apart[key] { return known }
    var found: [Capacity]?
    if let prefill = try side(0, candidate, configuration, watch),
      let decode = try side(1, candidate, configuration, watch)
    {
      found = [prefill, decode]
    }
    apart[key] = .some(found)
    return found
  }

  private mutating func side(
    _ pool: Int, _ candidate: Candidate, _ configuration: SimulationConfiguration, _ watch: RunWatch
  ) throws(RunFailure) -> Capacity? {
    guard case .apart(let prefill, let decode) = candidate.shape else { return nil }
    let key = Side(
      hardware: candidate.hardware, engine: candidate.engine,
      layout: (pool == 0 ? prefill : decode).layout, pool: pool)
    if alone[key] == nil {
      runs += 1
      alone[key] = try Capacity.sideAlone(pool, of: configuration, .rough, watch)
    }
    if case .found(let capacity)? = alone[key] { return capacity }
    runs += 1
    return try Capacity.sideBesideOthers(pool, of: configuration, .rough, watch)
  }
}

extension Candidate {
  /// With as many replicas as are simulated at full load; more of them are alike.
  fileprivate func simulated(at configuration: SimulationConfiguration) -> Candidate {
    guard case .together = shape else { return withOneReplica }
    return with(replicas: Capacity.simulatedReplicas(of: configuration))
  }

  /// The candidate with every layout once.
  var withOneReplica: Candidate { with(replicas: 1) }

  /// The candidate with so many replicas in every pool.
  private func with(replicas count: Int) -> Candidate {
    var changed = self
    switch shape {
    case .together(var part):
      part.replicas = count
      changed.shape = .together(part)
    case .apart(var prefill, var decode):
      prefill.replicas = count
      decode.replicas = count
      changed.shape = .apart(prefill: prefill, decode: decode)
    }
    return changed
  }
}
