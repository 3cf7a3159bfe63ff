package import OperatorCosts
package import ServingSimulation

/// What a scenario says of one pool of replicas; what is nil is left to the engine or the model.
package struct ScenarioPool: Equatable, Sendable {
  package var name: String
  package var role: ReplicaRole
  package var hardware: Scenario.Reference?
  package var replicas: Int?
  package var routing: RoutingPolicy?
  package var layout = LayoutKeys()
  package var weights: WeightFormat?
  package var keyValueCache: KeyValueFormat?
  package var speculation: SpeculationKeys?
  /// How blocks of tokens are refined; nil where one token is written after the other.
  package var diffusion: BlockDiffusion?

  /// What it says in the place of the engine's own settings.
  package var engine = StatedSettings()
  /// Whether a step is planned while the one before it runs.
  package var plansAhead: Bool?
  package var order: RequestOrder?
  package var gathering: PromptGathering?
  /// The largest batch that is captured.
  package var capturedTo: Int?
  /// Size of each rank's cache, as a log states it: in blocks, or in tokens.
  package var cacheBlocks: Int?
  package var cacheTokens: Int?

  package var prefixCache: PrefixCacheKeys?
  package var availability: Availability?
  package var feedForward: FeedForwardKeys?
  /// Model of a part of a fleet that has one of its own; nil for the scenario's.
  package var model: Scenario.Reference?
  /// Which requests a part of a fleet takes.
  package var takes: TakesKeys?

  /// Where the pool stands.
  var place: Place
  /// Where its keys stand, by their paths in the pool: `parallelism.tensor`.
  var places: [String: Place] = [:]

  /// The parts of a layout that are written down.
  package struct LayoutKeys: Equatable, Sendable {
    package var sizes: [LayoutDimension: Int] = [:]
    /// Chips of a dataflow machine, instead of all sizes.
    package var chips: Int?

    package init() {}
  }

  /// How prompts that begin alike share what is cached of them, as far as it is written down.
  package struct PrefixCacheKeys: Equatable, Sendable {
    /// Whether prompts share what is cached; nil leaves it to the engine.
    package var isOn: Bool?
    /// Bytes of the host's memory that one replica may use as a cache.
    package var hostBytes: Double?
    /// Tokens of the blocks in which prompts are compared.
    package var blockTokens: Int?
  }

  /// What a part of a fleet takes, as far as it is written down.
  package struct TakesKeys: Equatable, Sendable {
    /// Tokens of prompts.
    package var shortest: Int?
    package var longest: Int?
    /// Names of request classes.
    package var classes: [String]?
    package var calls: RequestFilter.Calls?
    /// Where its keys stand.
    var classPlaces: [Place] = []
    var place: Place
  }

  /// Dataflow chips that do the feed-forwards of each replica.
  package struct FeedForwardKeys: Equatable, Sendable {
    package var hardware: Scenario.Reference
    package var chips: Int
    /// Bandwidth between a replica and its chips; nil follows from both machines.
    package var bytesPerSecond: Double?
    package var latencySeconds: Double?
  }

  /// Where a key stands, or would: a missing one is at home where its pool is.
  func place(of key: String) -> Place {
    if let own = places[key] { return own }
    let section = key.prefix { $0 != "." }
    let location = places[String(section)]?.location ?? place.location
    return Place(location: location, path: place.path.isEmpty ? key : "\(place.path).\(key)")
  }

  /// This pool, with what it leaves out taken from the scenario's own keys.
  func inheriting(_ shared: ScenarioPool) -> ScenarioPool {
    var pool = self
    func fill<Value>(_ path: WritableKeyPath<ScenarioPool, Value?>) {
      pool[keyPath: path] = pool[keyPath: path] ?? shared[keyPath: path]
    }
    fill(\.hardware)
    fill(\.replicas)
    fill(\.routing)
    fill(\.layout.chips)
    pool.layout.sizes.merge(shared.layout.sizes) { own, _ in own }
    fill(\.weights)
    fill(\.keyValueCache)
    // Who only prefills guesses no tokens.
    if role != .prefill { fill(\.speculation) }
    fill(\.diffusion)
    pool.engine.fill(from: shared.engine)
    fill(\.plansAhead)
    fill(\.order)
    fill(\.gathering)
    fill(\.capturedTo)
    if cacheBlocks == nil, cacheTokens == nil {
      fill(\.cacheBlocks)
      fill(\.cacheTokens)
    }
    // Who only decodes gets every cache sent.
    if role != .decode { fill(\.prefixCache) }
    fill(\.availability)
    fill(\.feedForward)
    pool.places.merge(shared.places) { own, _ in own }
    return pool
  }
}
