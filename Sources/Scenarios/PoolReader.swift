internal import Diagnostics
internal import OperatorCosts
internal import ServingSimulation
internal import Units

/// Reads the keys that a pool may set, and that a scenario may set for all of them.
struct PoolReader {
  var pool: ScenarioPool

  static func read(
    _ map: ConfigMapping, name: String, role: ReplicaRole, path: String = ""
  ) -> ScenarioPool {
    var reader = PoolReader(
      pool: ScenarioPool(
        name: name, role: role, place: Place(location: map.location, path: path)))
    reader.read(map)
    return reader.pool
  }

  /// The most that a whole number may be: beyond any machine built, and safe to multiply.
  enum Limit {
    static let ranks = 1...16_384
    static let chips = 1...1_000_000
    static let replicas = 1...65_536
    static let spares = 0...1_024
    static let copies = 0...65_536
  }

  private mutating func read(_ map: ConfigMapping) {
    if let node = map.optional("hardware"), node.isSequence {
      node.report(
        "wrong-type", "`\(node.path)` names one machine, and is a list",
        hint: "several machines behind one router are a `fleet`: `fleet: [{name: fast, replicas: "
          + "2}, {name: cheap, hardware: l4, replicas: 4}]`")
    } else if let node = map.optional("hardware") {
      pool.hardware = Scenario.Reference(
        name: node.words(), place: Place(location: node.location, path: node.path))
    }
    pool.replicas = noted(map, "replicas")?.integer(in: Limit.replicas)
    pool.routing = map.optional("routing")?.choice(RoutingPolicy.self, default: .leastRequests)
    readLayout(noted(map, "parallelism"))
    readFormats(noted(map, "quantization"))
    readSpeculation(noted(map, "speculation"))
    readDiffusion(noted(map, "diffusion"))
    readScheduler(noted(map, "scheduler"))
    readMemory(noted(map, "memory"))
    readPrefixCache(noted(map, "prefix_cache"))
    readAvailability(noted(map, "availability"))
    readFeedForward(noted(map, "feed_forward"))
  }

  /// A key's value, its place kept for what may be found wrong with it later.
  mutating func noted(
    _ map: ConfigMapping, _ key: String, in section: String? = nil
  ) -> ConfigNode? {
    guard let node = map.optional(key) else { return nil }
    let path = section.map { "\($0).\(key)" } ?? key
    pool.places[path] = Place(location: node.location, path: node.path)
    return node
  }

  private mutating func readLayout(_ node: ConfigNode?) {
    guard let map = node?.mapping() else { return }
    func count(_ key: String, in range: ClosedRange<Int>) -> Int? {
      noted(map, key, in: "parallelism")?.integer(in: range)
    }
    for dimension in LayoutDimension.allCases {
      pool.layout.sizes[dimension] = count(
        dimension.rawValue, in: dimension.unused == 0 ? Limit.copies : Limit.ranks)
    }
    pool.layout.chips = count("chips", in: Limit.chips)
    map.finish()
  }

  private mutating func readFormats(_ node: ConfigNode?) {
    guard let map = node?.mapping() else { return }
    pool.weights = noted(map, "weights", in: "quantization")?
      .choice(WeightFormat.self, default: .bf16)
    pool.keyValueCache = noted(map, "kv_cache", in: "quantization")?
      .choice(KeyValueFormat.self, default: .bf16)
    map.finish()
  }

  private mutating func readScheduler(_ node: ConfigNode?) {
    guard let map = node?.mapping() else { return }
    readSettings(of: "scheduler", map)
    pool.plansAhead = map.optional("plan_ahead")?.boolean()
    pool.order = map.optional("order")?.choice(RequestOrder.self, default: .arrival)
    pool.capturedTo = map.optional("captured_to")?.integer(in: 1...65_536)
    if let gather = map.optional("gather_prompts")?.mapping() {
      pool.gathering = PromptGathering(
        tokens: gather.required("tokens")?.integer(in: 1...1_048_576) ?? 1,
        steps: gather.required("steps")?.integer(in: 1...1_000_000) ?? 1)
      gather.finish()
    }
    map.finish()
  }

  private mutating func readMemory(_ node: ConfigNode?) {
    guard let map = node?.mapping() else { return }
    readSettings(of: "memory", map)
    pool.cacheBlocks = noted(map, "blocks", in: "memory")?.integer(in: 1...1_000_000_000)
    let tokens = noted(map, "tokens", in: "memory")
    pool.cacheTokens = tokens?.integer(in: 1...1_000_000_000_000)
    if pool.cacheBlocks != nil, let tokens {
      tokens.report(
        "two-sizes", "`\(tokens.path)` and `memory.blocks` both say how large the cache is",
        hint: "leave one of them out")
    }
    map.finish()
  }

  /// The engine's settings that a scenario may state, under the keys that they have there.
  private mutating func readSettings(of section: String, _ map: ConfigMapping) {
    for row in EngineSetting.rows where row.section == section && row.isOpenToScenarios {
      if let node = noted(map, row.key, in: section) { pool.engine.read(row, node) }
    }
  }
}
