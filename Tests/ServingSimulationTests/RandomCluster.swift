import Hardware
import ModelArchitecture
import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Units
import Workloads

/// A small crowded scenario of several replicas, ranks and pools, drawn from a seed: a
/// `RandomScenario` with what a cluster adds to it.
///
///     RandomCluster(seed: 17).configuration       // the same on every run
struct RandomCluster: CustomStringConvertible {
  let seed: UInt64
  var configuration: SimulationConfiguration
  var notes: [String]
  var random: RandomStream
  /// Of a trace, where it is one.
  let entries: [Trace.Entry]
  /// Roughly the time of a step, and of one request that is alone [s].
  let step: Double
  let alone: Double

  init(seed: UInt64) {
    self.seed = seed
    let scenario = RandomScenario(seed: seed)
    configuration = scenario.configuration
    notes = [scenario.description]
    entries = scenario.entries
    random = RandomStream(seed: seed, name: "cluster")
    step = [0.001, 0.001, 0.003][random.integer(in: 0...2)]
    alone = step * 100
    let step = step
    changeModel(near: step)
    changeCapacity()
    let base = configuration.pools[0]
    if chance(0.4), !configuration.model.writesBlocks {
      var prefill = pool(base, name: "prefill")
      prefill.role = .prefill
      var decode = pool(base, name: "decode")
      decode.role = .decode
      decode.prefixCache = nil
      configuration.pools = [prefill, decode]
      configuration.transfer = CacheTransfer(
        latencySeconds: pick([0, step, step / 3]),
        bytesPerSecond: 100 / (step * pick([0.1, 1, 8])),
        bytesPerToken: 1, bytesPerSequence: pick([0, 10]))
    } else {
      configuration.pools = [pool(base, name: "serving")]
    }
    changeTraffic()
    changeFrontEnd()
    askQuestions()
    let isApart = configuration.transfer != nil
    if isApart, chance(0.5) {
      configuration.pools[1].limits.retractionSecondsPerToken = step / pick([10, 1_000])
      notes.append("caches of sequences that lose their blocks wait with the host")
    }
    if !isApart { splitIntoFleet() }
    addBatch()
    orderByPriority()
    loseClients()
    addMedia()
    holdCaches()
  }

  var description: String { "RandomCluster(seed: \(seed)): " + notes.joined(separator: ", ") }

  // MARK: Draws

  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[random.integer(in: 0...choices.count - 1)]
  }
  mutating func chance(_ probability: Double) -> Bool { random.uniform() < probability }

  // MARK: Machines

  /// Half keep constant prices, on one or several ranks; the others have a graph or a pipeline.
  private mutating func changeModel(near step: Double) {
    let host = pick([
      .none, configuration.model.host, .serial(step: step / 3, sequence: step / 10),
      HostCosts(
        secondsPerStep: step, secondsPerSequence: step / 20, secondsPerPrefill: 0,
        overlapsAccelerator: true, exposedElementwiseFloor: 0.5, capturedBatches: [2, 4, 8]),
    ])
    if chance(0.6) {
      let ranks = pick([1, 2, 2, 3, 4])
      // Round parts, so that ranks are often equally slow.
      configuration.model = StepModel(
        secondsPerStep: step, secondsPerToken: pick([0, step / 100]),
        secondsPerContextToken: pick([0, step / 100, step / 777]),
        visibilities: pick([
          [.full], [.full, .sliding(tokens: 20)], [.full, .chunked(tokens: 16)],
        ]),
        host: host, attentionRanks: ranks, secondsPerJointToken: pick([0, step / 50]))
      writeBlocks(step, host)
      notes.append("\(ranks) ranks at \(step) s, host \(host)")
    } else if chance(0.2), let profile = try? HardwareCatalogue.load(nameOrPath: "groq-lpu") {
      var design = ReplicaDesign(
        architecture: pick(SampleModels.all), hardware: profile,
        precision: Precision(weights: .int8, keyValueCache: .bf16),
        layout: ParallelLayout(pipeline: pick([1, 2, 3])), host: host)
      design.hardware.lpu?.layerLatency?.value = pick([41e-6, 1e-6, 100e-9])
      configuration.model = StepModel(design)
      notes.append("a pipeline")
    } else {
      let ranks = pick([1, 2, 4])
      let architecture = pick([SampleModels.mixture(), pick(SampleModels.all)])
      let isMixture = architecture.name == "mixture"
      let design = ReplicaDesign(
        architecture: architecture, hardware: SampleMachine.profile,
        precision: Precision(weights: .fp8, keyValueCache: .bf16),
        layout: ParallelLayout(
          tensor: pick([1, 2]), attentionData: ranks, pipeline: pick([1, 1, 2]),
          expert: isMixture ? pick([1, ranks]) : 1),
        host: host,
        speculation: pick([
          nil, Speculation(drafter: .lookup, acceptance: [0.7, 0.5]),
          Speculation(drafter: .lookup, acceptance: [0.8]),
          Speculation(
            drafter: .model(
              DraftModel(architecture: SampleModels.dense(layers: 2), weights: .bf16)),
            acceptance: [0.8, 0.6, 0.5], branches: 2, verified: 6),
        ]), overlapsBatches: chance(0.5))
      configuration.model = StepModel(design)
      notes.append(
        "\(architecture.name) on \(design.layout), \(String(describing: design.speculation)), "
          + "overlap \(design.overlapsBatches), host \(host)")
    }
    // Every sequence has as many tokens as are verified.
    let least = configuration.limits.maximumSequences * configuration.model.verifiedTokens
    configuration.limits.tokenBudget = max(configuration.limits.tokenBudget, least)
  }

  /// Lets some write blocks of tokens, from a stream of their own.
  private mutating func writeBlocks(_ step: Double, _ host: HostCosts) {
    let others = random
    defer { random = others }
    random = RandomStream(seed: seed, name: "blocks")
    guard chance(0.2) else { return }
    configuration.model = StepModel(
      secondsPerStep: step, secondsPerToken: pick([0, step / 100]),
      secondsPerContextToken: pick([0, step / 777]), host: host, block: pick([2, 4, 32]))
    configuration.limits.policy = .prefillFirst
    configuration.limits.gathering = nil
    notes.append("blocks of \(configuration.model.verifiedTokens)")
  }

  private mutating func changeCapacity() {
    let blockTokens = pick([1, 4, 16, 16])
    guard chance(0.7) else { return }
    let total = pick([60, 130, 400, 3000]) / blockTokens + 1
    configuration.capacity = CacheCapacity(totalBlocks: total, blockTokens: blockTokens)
    notes.append("in fact \(total) blocks of \(blockTokens)")
  }

  private mutating func pool(_ base: PoolConfiguration, name: String) -> PoolConfiguration {
    var pool = base
    pool.name = name
    pool.replicas = pick([1, 2, 2, 3, 5])
    pool.routing = pick(RoutingPolicy.allCases)
    pool.availability = availability(replicas: pool.replicas)
    if pool.capacity.blockTokens <= 64, chance(0.6) {
      pool.prefixCache = PrefixCacheSettings(
        hashTokens: pool.capacity.blockTokens * pick([1, 1, 2]), hostBlocks: pick([0, 0, 3, 40]),
        loadSecondsPerBlock: pick([0, alone / 200]), sharesPlanned: chance(0.5))
      notes.append("\(name) keeps \(pool.prefixCache!)")
    }
    notes.append("\(pool.replicas) \(name) by \(pool.routing.rawValue), \(pool.availability)")
    return pool
  }

  /// From a stream of its own, so that the rest of a seed's cluster is the same without it.
  private mutating func changeFrontEnd() {
    guard configuration.pools[0].frontEnd != .none else { return }
    random = RandomStream(seed: seed, name: "front end")
    configuration.pools[0].frontEnd = FrontEnd(
      secondsPerRequest: pick([0, step / 2, step]),
      secondsPerPromptToken: pick([0, 0, step / 100]), delaySeconds: pick([0, step, step / 3]))
    notes.append("in fact \(configuration.pools[0].frontEnd)")
  }

  mutating func availability(replicas: Int) -> Availability {
    guard chance(0.5) else { return .always }
    var availability = Availability(loss: pick(Availability.Loss.allCases))
    for _ in 0..<pick([0, 1, 2, 4]) {
      // On round instants now and then, where steps end as well.
      let start = chance(0.5) ? step * Double(pick([1, 2, 7, 30])) : alone * 5 * random.uniform()
      availability.planned.append(
        Availability.Outage(
          kind: pick(Availability.Kind.allCases), replica: random.integer(in: 0...replicas - 1),
          start: SimTime.zero + SimDuration(seconds: start),
          duration: SimDuration(seconds: pick([step / 7, step, alone, alone * 20]))))
    }
    if chance(0.4) {
      availability.meanTimeBetweenFailures = SimDuration(seconds: alone * pick([20, 100]))
      availability.restart = SimDuration(seconds: pick([step / 2, alone]))
    }
    return availability
  }
}

extension RandomCluster {
  /// Nil when it goes on for longer than such a small one can.
  static func summary(
    _ configuration: SimulationConfiguration, _ mode: SimulationConfiguration.Mode
  ) -> RunSummary? {
    var configuration = configuration
    configuration.mode = mode
    var simulation = Simulation(configuration)
    // Step by step, thousands of requests of a batch take more than a million.
    if simulation.advance(events: 10_000_000) { return nil }
    return simulation.finish()
  }
}
