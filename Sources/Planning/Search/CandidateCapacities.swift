internal import Runs
internal import Scenarios
internal import ServingSimulation

/// What the candidates of a search can serve, each layout at full load once.
struct CandidateCapacities: Sendable {
  private var together: [Candidate: (run: SaturatedRun, replicas: Int)?] = [:]
  private var apart: [Candidate: [Capacity]?] = [:]

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
    let before = together.count + 2 * apart.count
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
    return (found, together.count + 2 * apart.count - before)
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
  }

  private mutating func saturated(
    _ candidate: Candidate, _ configuration: SimulationConfiguration, _ watch: RunWatch
  ) throws(RunFailure) -> (run: SaturatedRun, replicas: Int)? {
    let key = candidate.simulated(at: configuration)
    if let known = together[key] { return known }
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
    if let prefill = try Capacity.side(0, of: configuration, .rough, watch),
      let decode = try Capacity.side(1, of: configuration, .rough, watch)
    {
      found = [prefill, decode]
    }
    apart[key] = .some(found)
    return found
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
