internal import Diagnostics
internal import Hardware
internal import OperatorCosts
internal import ServingSimulation
internal import Units
internal import Workloads

/// Reads a scenario file strictly; see `scenarios/README.md` for the schema in words.
struct ScenarioReader {
  static let schema = "windtunnel/scenario/1"

  let source: ConfigSource
  /// Opens a file that the scenario names, relative to it.
  let openTrace: (_ name: String) throws -> TraceFile

  func read(_ root: ConfigNode, name fallbackName: String) throws -> Scenario {
    let map = root.mapping()
    readSchema(map.required("schema"))
    let layout = readLayout(map.optional("parallelism"))
    let formats = readFormats(map.optional("quantization"))
    let scheduler = readScheduler(map.optional("scheduler"))
    let memory = readMemory(map.optional("memory"))
    let workloadReader = WorkloadReader(source: source, openTrace: openTrace)
    let scenario = Scenario(
      name: map.optional("name")?.words() ?? fallbackName,
      title: map.optional("title")?.words() ?? "",
      file: source.file,
      model: reference(map.required("model")),
      hardware: reference(map.required("hardware")),
      engine: reference(map.required("engine")),
      layout: layout.layout,
      layoutPlace: layout.place,
      weights: formats.weights,
      keyValueCache: formats.cache,
      policy: scheduler.policy,
      tokenBudget: scheduler.tokenBudget,
      maximumSequences: scheduler.maximumSequences,
      reservedAnswerShare: scheduler.reservedAnswerShare,
      maximumContext: map.optional("maximum_context")?.integer(in: 1...Int(Int32.max)),
      blockTokens: memory.blockTokens,
      usableMemoryFraction: memory.usableFraction,
      reservedMemoryBytes: memory.reserved,
      workload: workloadReader.read(map.required("workload")),
      objectives: readObjectives(map.optional("objectives")),
      price: map.optional("price")?.choice(Price.Basis.self, default: .rental) ?? .rental,
      seed: UInt64(map.optional("seed")?.integer(in: 0...Int(1 << 53)) ?? 1))
    map.finish()
    try source.check()
    return scenario
  }

  private func readSchema(_ node: ConfigNode?) {
    guard let node, node.string() != Self.schema else { return }
    node.report(
      "schema", "unknown scenario schema: \(node.string())",
      hint: "this program reads `schema: \(Self.schema)`")
  }

  private func reference(_ node: ConfigNode?) -> Scenario.Reference {
    let place = Place(
      location: node?.location ?? SourceLocation(file: source.file), path: node?.path ?? "")
    return Scenario.Reference(name: node?.words() ?? "", place: place)
  }

  private func readLayout(_ node: ConfigNode?) -> (layout: ParallelLayout, place: Place) {
    let nowhere = Place(location: SourceLocation(file: source.file), path: "parallelism.tensor")
    guard let map = node?.mapping() else { return (ParallelLayout(tensor: 1), nowhere) }
    let ranks = map.optional("tensor")
    let layout = ParallelLayout(tensor: ranks?.integer(in: 1...64) ?? 1)
    map.finish()
    let place = ranks.map { Place(location: $0.location, path: $0.path) } ?? nowhere
    return (layout, place)
  }

  private func readFormats(
    _ node: ConfigNode?
  ) -> (weights: WeightFormat?, cache: KeyValueFormat?) {
    guard let map = node?.mapping() else { return (nil, nil) }
    let weights = map.optional("weights")?.choice(WeightFormat.self, default: .bf16)
    let cache = map.optional("kv_cache")?.choice(KeyValueFormat.self, default: .bf16)
    map.finish()
    return (weights, cache)
  }

  private struct SchedulerKeys {
    var policy: SchedulingPolicy?
    var tokenBudget: Int?
    var maximumSequences: Int?
    var reservedAnswerShare: Double?
  }

  private func readScheduler(_ node: ConfigNode?) -> SchedulerKeys {
    guard let map = node?.mapping() else { return SchedulerKeys() }
    let keys = SchedulerKeys(
      policy: map.optional("policy")?.choice(SchedulingPolicy.self, default: .chunkedPrefill),
      tokenBudget: map.optional("token_budget")?.integer(in: 1...1_048_576),
      maximumSequences: map.optional("maximum_sequences")?.integer(in: 1...65_536),
      reservedAnswerShare: map.optional("reserved_answer_share")?.number(.within(0...1)))
    map.finish()
    return keys
  }

  private func readMemory(
    _ node: ConfigNode?
  ) -> (blockTokens: Int?, usableFraction: Double?, reserved: Double?) {
    guard let map = node?.mapping() else { return (nil, nil, nil) }
    let blockTokens = map.optional("block_tokens")?.integer(in: 1...1_024)
    let fraction = map.optional("usable_fraction")?.number(.within(0.01...1))
    let reserved = map.optional("reserved")?.quantity(.bytes, .nonNegative)
    map.finish()
    return (blockTokens, fraction, reserved)
  }

  private func readObjectives(_ node: ConfigNode?) -> Objectives {
    guard let map = node?.mapping() else { return Objectives() }
    func limit(_ key: String) -> SimDuration? {
      map.optional(key).map { SimDuration(seconds: $0.quantity(.seconds)) }
    }
    let objectives = Objectives(
      timeToFirstToken: limit("ttft"), timePerOutputToken: limit("tpot"),
      endToEndLatency: limit("e2e"))
    map.finish()
    return objectives
  }
}
