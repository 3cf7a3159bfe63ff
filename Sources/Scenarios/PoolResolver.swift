internal import Diagnostics
internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
internal import ServingSimulation

/// Fills in what a scenario leaves open of one pool, and checks it.
struct PoolResolver {
  let scenario: Scenario
  let pool: ScenarioPool
  let architecture: Architecture
  let hardware: HardwareProfile
  /// That do the feed-forwards.
  let chips: HardwareProfile?
  let engine: EngineProfile
  private let loads: ExpertLoads
  var checks: DeploymentChecks

  init(
    scenario: Scenario, pool: ScenarioPool, architecture: Architecture, hardware: HardwareProfile,
    chips: HardwareProfile?, engine: EngineProfile, loads: ExpertLoads = ExpertLoads()
  ) {
    self.scenario = scenario
    self.pool = pool
    self.architecture = architecture
    self.hardware = hardware
    self.chips = chips
    self.engine = engine
    self.loads = loads
    checks = DeploymentChecks(
      scenario: scenario, pool: pool, architecture: architecture, hardware: hardware)
  }

  /// Nil when something is wrong with it; `checks` knows what.
  ///
  /// - Parameter limitsSteps: whether steps that the clock cannot hold are refused.
  mutating func resolve(limitsSteps: Bool = true) -> DeployedPool? {
    checks.checkLayout()
    checks.checkSpeculation()
    checks.checkOutages()
    let weights = pool.weights ?? checks.checkpointFormat()
    let sequences = pool.maximumSequences ?? engine.maximumSequences
    let needed = sequences * (pool.speculation?.verifiedTokens ?? 1)
    let budget = pool.tokenBudget ?? max(engine.tokenBudget, needed)
    checks.checkBudget(budget, sequences: sequences)
    guard let weights else { return nil }
    let remote = remoteFeedForward(weights)
    guard checks.problems.isEmpty else { return nil }
    var host = engine.host(pool.role, on: hardware)
    if let plansAhead = pool.plansAhead { host.overlapsAccelerator = plansAhead }
    checks.checkAdapters()
    guard checks.problems.isEmpty else { return nil }
    var design = ReplicaDesign(
      architecture: architecture, hardware: hardware,
      precision: Precision(
        weights: weights, keyValueCache: pool.keyValueCache ?? architecture.servedCache),
      layout: checks.layout, host: host,
      routing: scenario.experts ?? .measured, speculation: pool.speculation,
      overlapsBatches: pool.overlapsBatches ?? engine.overlapsBatches,
      remoteFeedForward: remote, loads: loads)
    design.adapters = scenario.adapters
    let limits = SchedulerLimits(
      policy: pool.policy ?? engine.policy, tokenBudget: budget, maximumSequences: sequences,
      reservedAnswerShare: pool.reservedAnswerShare ?? engine.reservedAnswerShare,
      maximumContext: scenario.maximumContext ?? architecture.maximumContext,
      plansAhead: host.overlapsAccelerator && hardware.kind != .lpu,
      retractionSecondsPerToken: retractionSecondsPerToken(design),
      gathering: pool.gathering)
    let policy = MemoryPolicy(
      usableFraction: pool.usableMemoryFraction ?? engine.memory.usableFraction,
      basis: engine.memory.basis,
      reservedBytes: pool.reservedMemoryBytes ?? engine.memory.reservedBytes,
      blockTokens: pool.blockTokens ?? engine.memory.blockTokens)
    let memory = MemoryPlan(
      design, policy: policy, tokenBudget: budget, maximumSequences: sequences)
    checks.checkFit(memory, design, policy, limits)
    if limitsSteps, checks.problems.isEmpty { checks.checkStepTime(design, memory, limits) }
    let prefixCache = prefixCache(design, blockTokens: memory.blockTokens)
    guard checks.problems.isEmpty else { return nil }
    return DeployedPool(
      name: pool.name, role: pool.role, replicas: pool.replicas ?? 1,
      routing: pool.routing ?? .leastRequests, hardware: hardware, design: design, memory: memory,
      limits: limits,
      availability: pool.availability ?? .always, prefixCache: prefixCache,
      frontEnd: engine.frontEnd, scenario: pool)
  }

  /// What moving the cache of one token to the host's memory takes, all accelerators of a rank
  /// moving their parts at once; nil where it is computed anew.
  private func retractionSecondsPerToken(_ design: ReplicaDesign) -> Double? {
    guard pool.role == .decode, engine.retractsToHost,
      let link = hardware.hostLinkBandwidth?.value
    else { return nil }
    return CacheFootprint(design).growingBytesPerToken / link
  }
}
