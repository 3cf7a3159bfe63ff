internal import ByteStreams
internal import Diagnostics
internal import Hardware
internal import OperatorCosts
internal import Requirements
internal import Results
internal import ServingSimulation
internal import Units
internal import Workloads

/// Reads a scenario file strictly; see `scenarios/README.md` for the schema in words.
struct ScenarioReader {
  static let schema = "windtunnel/scenario/1"

  let source: ConfigSource
  /// Opens a file that the scenario names, relative to it.
  let openFile: (_ name: String) throws -> ByteSource

  func read(_ root: ConfigNode, name fallbackName: String) throws -> Scenario {
    let map = root.mapping()
    readSchema(map.required("schema"))
    let pools = readPools(map)
    let goals = map.optional("objectives")
    let (objectives, attainment) = readObjectives(goals)
    let bill = map.optional("bill")
    let seed = UInt64(map.optional("seed")?.integer(in: 0...Int(1 << 53)) ?? 1)
    let workloadReader = WorkloadReader(source: source, openFile: openFile, seed: seed)
    let workload = map.required("workload")
    var scenario = Scenario(
      name: map.optional("name")?.words() ?? fallbackName,
      title: map.optional("title")?.words() ?? "",
      file: source.file,
      model: reference(map.required("model")),
      engine: reference(map.required("engine")),
      pools: pools,
      transfer: readTransfer(map.optional("transfer"), isPossible: pools[0].role != .serving),
      experts: readExperts(map.optional("experts")),
      maximumContext: map.optional("maximum_context")?.integer(in: 1...Int(Int32.max)),
      workload: workloadReader.read(workload),
      objectives: objectives,
      attainment: attainment,
      requirements: [],
      price: map.optional("price")?.choice(Price.Basis.self, default: .rental) ?? .rental,
      bill: bill?.choice(SalesUnit.Kind.self, default: .accelerator),
      billPlace: Place(
        location: bill?.location ?? SourceLocation(file: source.file), path: "bill"),
      spares: map.optional("spares")?.integer(in: PoolReader.Limit.spares) ?? 0,
      seed: seed)
    if let workload {
      scenario.workloadPlace = Place(location: workload.location, path: workload.path)
    }
    scenario.requirements = readRequirements(map.optional("require"), of: scenario.workload)
    checkTokens(goals, of: scenario.workload)
    let adapters = map.optional("adapters")
    scenario.adapters = adapters.map(readAdapters)
    if let adapters {
      scenario.adaptersPlace = Place(location: adapters.location, path: adapters.path)
    }
    scenario.mediaEncoder = readMediaEncoder(map.optional("media_encoder"), of: scenario.workload)
    scenario.ways = readWays(map.optional("ways"))
    map.finish()
    do {
      try source.check()
    } catch let error as InvalidInput {
      // Who has mended these would be told of the names only then.
      throw InvalidInput(error.diagnostics + Deployment.unknownNames(of: scenario))
    }
    return scenario
  }

  private func readAdapters(_ node: ConfigNode) -> Adapters {
    let map = node.mapping()
    let adapters = Adapters(
      rank: map.required("rank")?.integer(in: 1...1_024) ?? 1,
      count: map.optional("count")?.integer(in: 1...100_000) ?? 1)
    map.finish()
    return adapters
  }

  private func readWays(_ node: ConfigNode?) -> [Scenario.Way] {
    var names: Set<String> = []
    return (node?.sequence() ?? []).map { entry in
      let map = entry.mapping()
      let name = map.required("name")?.words() ?? ""
      if !names.insert(name).inserted {
        entry.report("two-ways", "two ways have the same name: \(name)")
      }
      let settings = (map.required("set")?.sequence() ?? []).map { $0.words() }
      map.finish()
      return Scenario.Way(name: name, settings: settings)
    }
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

  // MARK: Pools

  /// One pool of the scenario's own keys, or the two under `pools`, each filled up from those.
  private func readPools(_ map: ConfigMapping) -> [ScenarioPool] {
    var shared = PoolReader.read(map, name: ReplicaRole.serving.rawValue, role: .serving)
    // A key that is missing from the whole file has no line.
    shared.place.location = SourceLocation(file: source.file)
    var pools = [shared]
    let fleet = map.optional("fleet")
    if let fleet { pools = FleetReader.read(fleet, inheriting: shared) }
    if let node = map.optional("pools"), case let list = node.mapping() {
      fleet?.report(
        "two-fleets", "`fleet` cannot be given together with `pools`",
        notes: ["a fleet's replicas compute prompts and answers; pools divide them"],
        hint: "leave out one of them")
      let roles = [ReplicaRole.prefill, .decode]
      guard roles.contains(where: { list.has($0.rawValue) }) else {
        node.report(
          "pools", "`\(node.path)` are `prefill` and `decode`, and neither is there",
          hint: "replicas of several kinds behind one router are a `fleet`: `fleet: [{name: fast, "
            + "replicas: 2}, {name: cheap, hardware: l4, replicas: 4}]`")
        return pools
      }
      pools = roles.map { role in
        guard let keys = list.required(role.rawValue)?.mapping() else { return shared }
        defer { keys.finish() }
        return PoolReader.read(keys, name: role.rawValue, role: role, path: keys.path)
          .inheriting(shared)
      }
      list.finish()
    }
    if pools.contains(where: { $0.hardware == nil }) { _ = map.required("hardware") }
    return pools
  }

  private func readTransfer(_ node: ConfigNode?, isPossible: Bool) -> ScenarioTransfer {
    let place = Place(
      location: node?.location ?? SourceLocation(file: source.file), path: node?.path ?? "transfer")
    var transfer = ScenarioTransfer(place: place)
    guard let map = node?.mapping() else { return transfer }
    if !isPossible {
      node?.report(
        "transfer", "`transfer` is between two pools, and there is one",
        hint: "describe them under `pools.prefill` and `pools.decode`")
    }
    transfer.bytesPerSecond = map.optional("bandwidth")?
      .quantity(.bytesPerSecond, .within(1e3...1e18))
    transfer.latencySeconds = map.optional("latency")?.quantity(.seconds, .within(0...3_600))
    map.finish()
    return transfer
  }

  // MARK: Experts

  private enum Choice: String, CaseIterable {
    case tokenChoice = "token-choice"
    case expertChoice = "expert-choice"
  }

  private func readExperts(_ node: ConfigNode?) -> ExpertRouting? {
    guard let map = node?.mapping() else { return nil }
    let choice = map.optional("routing")?.choice(Choice.self, default: .tokenChoice)
    let skew = map.optional("skew")
    let value = skew?.number(.within(0...4))
    map.finish()
    switch choice ?? .tokenChoice {
    case .tokenChoice: return value.map { .tokenChoice(skew: $0) }
    case .expertChoice:
      skew?.report("experts", "expert choice gives every expert the same load and has no skew")
      return .expertChoice
    }
  }

  private func readObjectives(_ node: ConfigNode?) -> (Objectives, attainment: Double) {
    guard let map = node?.mapping() else { return (Objectives(), Self.attainment) }
    func limit(_ key: String) -> SimDuration? {
      map.optional(key).map { SimDuration(seconds: $0.quantity(.seconds)) }
    }
    let objectives = Objectives(
      timeToFirstToken: limit("ttft"), timePerOutputToken: limit("tpot"),
      endToEndLatency: limit("e2e"))
    let attainment = map.optional("attainment")?.number(.within(0...1)) ?? Self.attainment
    map.finish()
    return (objectives, attainment)
  }

  /// Where nothing is written there is no first token, and none after it.
  private func checkTokens(_ node: ConfigNode?, of workload: Workload) {
    guard workload.answersNothing, let map = node?.mapping() else { return }
    for key in ["ttft", "tpot"] {
      map.optional(key)?.report(
        "no-answer", "`objectives.\(key)` is of tokens, and no request writes any",
        hint: "set `objectives.e2e` instead")
    }
  }

  /// Attainment of those who do not say: as service levels are mostly written, at the 99th
  /// percentile.
  private static let attainment = 0.99

  private func readRequirements(_ node: ConfigNode?, of workload: Workload) -> [Requirement] {
    (node?.sequence() ?? []).compactMap { entry in
      // What is no text has been reported, and would be once more.
      guard let text = source.clean({ entry.words() }) else { return nil }
      do throws(InvalidInput) {
        let requirement = try Requirement(
          text, of: RunFigures.names, at: entry.location, path: entry.path)
        checkClass(of: requirement, workload, at: entry)
        return requirement
      } catch {
        source.adopt(error)
        return nil
      }
    }
  }

  /// A figure of one class is of one that there is.
  private func checkClass(of requirement: Requirement, _ workload: Workload, at node: ConfigNode) {
    guard let name = RunFigures.className(in: requirement.figure.path) else { return }
    let known = workload.classes.count > 1 ? workload.classes.map(\.name) : []
    guard !known.contains(name) else { return }
    node.report(
      "unknown-class", "no class of the workload has this name: \(name)",
      notes: known.isEmpty ? ["it has but one kind of requests"] : [],
      hint: Suggestion.nearest(to: name, in: known).map { "did you mean `\($0)`?" })
  }
}
