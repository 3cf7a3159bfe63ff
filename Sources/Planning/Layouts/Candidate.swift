internal import Diagnostics
package import Scenarios
internal import ServingSimulation

/// A deployment that a search may try: machine, engine, layout and how many replicas.
package struct Candidate: Hashable, Sendable {
  package enum Shape: Hashable, Sendable {
    /// Replicas that do both.
    case together(Part)
    /// Replicas that prefill beside replicas that decode.
    case apart(prefill: Part, decode: Part)
  }

  /// Replicas that are laid out alike.
  package struct Part: Hashable, Sendable {
    package var layout: PoolLayout
    package var replicas: Int

    package init(_ layout: PoolLayout, replicas: Int = 1) {
      self.layout = layout
      self.replicas = replicas
    }

    package var accelerators: Int { replicas * layout.accelerators }
    package var words: String { "\(replicas) x \(layout.words)" }

    var settings: [(path: String, value: String)] {
      layout.settings + [("replicas", "\(replicas)")]
    }
  }

  package var hardware: String
  package var engine: String
  package var shape: Shape

  /// Chance that a guess is right, where a search adds guesses of its own; nil where it adds none.
  package var assumedAcceptance: Double? {
    let parts =
      switch shape {
      case .together(let part): [part]
      case .apart(_, let decode): [decode]
      }
    return parts.contains { $0.layout.tuning.guessing == .ownLayers }
      ? Guessing.assumedAcceptance : nil
  }

  package init(hardware: String, engine: String, shape: Shape) {
    self.hardware = hardware
    self.engine = engine
    self.shape = shape
  }

  package var accelerators: Int {
    switch shape {
    case .together(let part): part.accelerators
    case .apart(let prefill, let decode): prefill.accelerators + decode.accelerators
    }
  }

  /// `4 x TP8`, or `2 x TP4 -> 1 x DP8 EP8`: prefill to decode.
  package var words: String {
    switch shape {
    case .together(let part): part.words
    case .apart(let prefill, let decode): "\(prefill.words) -> \(decode.words)"
    }
  }

  /// What `windtunnel run SCENARIO` is given to simulate it: paths and values of `--set`.
  package var settings: [(path: String, value: String)] {
    let own = [("hardware", hardware), ("engine", engine)]
    return switch shape {
    case .together(let part): own + part.settings
    case .apart(let prefill, let decode):
      own + prefill.settings.map { ("pools.prefill.\($0.path)", $0.value) }
        + decode.settings.map { ("pools.decode.\($0.path)", $0.value) }
    }
  }

  /// The scenario with this deployment in the place of its own; the workload stays as it is.
  package func applied(to scenario: Scenario) -> Scenario {
    var changed = scenario
    changed.engine = Scenario.Reference(name: engine, place: place("engine", engine))
    var pool = scenario.pools[scenario.pools.count - 1]
    pool.hardware = Scenario.Reference(name: hardware, place: place("hardware", hardware))
    pool.feedForward = nil
    switch shape {
    case .together(let replicas):
      changed.pools = [part(of: pool, .serving, replicas)]
    case .apart(let prefill, let decode):
      changed.pools = [part(of: pool, .prefill, prefill), part(of: pool, .decode, decode)]
    }
    return changed
  }

  private func part(of pool: ScenarioPool, _ role: ReplicaRole, _ part: Part) -> ScenarioPool {
    var changed = pool
    changed.name = role.rawValue
    changed.role = role
    changed.replicas = part.replicas
    if role == .prefill { changed.speculation = nil }
    if role == .decode { changed.prefixCache = nil }
    part.layout.apply(to: &changed)
    return changed
  }

  private func place(_ key: String, _ name: String) -> Place {
    Place(location: SourceLocation(file: "--\(key) \(name)"), path: key)
  }
}
