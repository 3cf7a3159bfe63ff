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

  private var together: [Candidate: SaturatedRun?] = [:]
  private var alone: [Side: Capacity.Alone] = [:]
  /// Simulations so far, those that others brought apart.
  private var runs = 0

  /// One replica at full load; nil when it serves nothing.
  mutating func saturated(
    _ candidate: Candidate, _ deployment: Deployment, _ effort: SaturatedRun.Effort,
    _ watch: RunWatch
  ) throws(RunFailure) -> SaturatedRun? {
    let configuration = deployment.configuration()
    let replicas = Capacity.replicas(of: configuration)
    return try saturated(candidate, configuration, with: [replicas], effort, watch)
  }

  /// - Returns: with how many simulations that took.
  mutating func capacity(
    of candidate: Candidate, _ deployment: Deployment, _ effort: SaturatedRun.Effort,
    _ watch: RunWatch
  ) throws(RunFailure) -> (capacity: Capacity?, runs: Int) {
    let configuration = deployment.configuration()
    let before = runs
    let found: Capacity?
    if configuration.pools.count > 1 {
      found = try Capacity.ofTwo(configuration) { pool throws(RunFailure) in
        try alone(pool, candidate, configuration, watch)
      } together: { replicas throws(RunFailure) in
        try saturated(candidate, configuration, with: replicas, effort, watch)
      }
    } else {
      let replicas = Capacity.replicas(of: configuration)
      found = try saturated(candidate, configuration, with: [replicas], effort, watch).map {
        Capacity($0, of: configuration, pool: 0, simulated: replicas)
      }
    }
    return (found, runs - before)
  }

  /// Keeps what was simulated elsewhere.
  mutating func adopt(
    _ found: SaturatedRun, of candidate: Candidate, _ deployment: Deployment
  ) {
    let replicas = Capacity.replicas(of: deployment.configuration())
    together[candidate.with(replicas: [replicas])] = .some(found)
  }

  /// Whether what a deployment can serve follows from what was simulated.
  func knows(
    _ candidate: Candidate, _ deployment: Deployment, _ effort: SaturatedRun.Effort
  ) -> Bool {
    let configuration = deployment.configuration()
    guard configuration.pools.count == 1 else { return false }
    let key = candidate.with(replicas: [Capacity.replicas(of: configuration)])
    return together[key].map { $0?.isLeast != true || effort.isLeastEnough } ?? false
  }

  /// Keeps what others have found beside what is known.
  mutating func adopt(_ others: CandidateCapacities) {
    together.merge(others.together) { known, new in known?.isLeast == true ? new : known }
    alone.merge(others.alone) { known, _ in known }
  }

  private mutating func saturated(
    _ candidate: Candidate, _ configuration: SimulationConfiguration, with replicas: [Int],
    _ effort: SaturatedRun.Effort, _ watch: RunWatch
  ) throws(RunFailure) -> SaturatedRun? {
    let key = candidate.with(replicas: replicas)
    if let known = together[key], known?.isLeast != true || effort.isLeastEnough { return known }
    runs += 1
    let found = try Capacity.saturated(configuration, with: replicas, effort, watch)
    together[key] = .some(found)
    return found
  }

  private mutating func alone(
    _ pool: Int, _ candidate: Candidate, _ configuration: SimulationConfiguration, _ watch: RunWatch
  ) throws(RunFailure) -> Capacity.Alone {
    guard case .apart(let prefill, let decode) = candidate.shape else { return .needsOther }
    let key = Side(
      hardware: candidate.hardware, engine: candidate.engine,
      layout: (pool == 0 ? prefill : decode).layout, pool: pool)
    if let known = alone[key] { return known }
    runs += 1
    let found = try Capacity.alone(pool, of: configuration, .rough, watch)
    alone[key] = found
    return found
  }
}
