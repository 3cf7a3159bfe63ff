internal import Diagnostics
internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
internal import ServingSimulation
internal import Workloads

/// Fills in what a scenario leaves open of one pool, and checks it.
struct PoolResolver {
  let scenario: Scenario
  let pool: ScenarioPool
  let architecture: Architecture
  let hardware: HardwareProfile
  /// That do the feed-forwards.
  let chips: HardwareProfile?
  /// What guesses tokens, as its config says it.
  let draft: Architecture?
  /// With what the scenario says in its place.
  let engine: EngineProfile
  private let loads: ExpertLoads
  let checks: DeploymentChecks

  init(
    scenario: Scenario, pool: ScenarioPool, architecture: Architecture, hardware: HardwareProfile,
    chips: HardwareProfile?, engine: EngineProfile, draft: Architecture? = nil,
    loads: ExpertLoads = ExpertLoads()
  ) {
    self.scenario = scenario
    self.pool = pool
    self.architecture = architecture
    self.hardware = hardware
    self.chips = chips
    self.draft = draft
    self.loads = loads
    checks = DeploymentChecks(
      scenario: scenario, pool: pool, architecture: architecture, hardware: hardware)
    self.engine = pool.engine.put(
      into: engine.started(on: hardware, tensor: checks.layout.tensor))
  }

  /// Nil when something is wrong with it; `checks` knows what.
  ///
  /// - Parameter limitsSteps: whether steps that the clock cannot hold are refused.
  func resolve(limitsSteps: Bool = true) -> DeployedPool? {
    checks.checkLayout()
    checks.checkWriting()
    checks.checkOutages()
    checks.checkAnswers()
    let weights = pool.weights ?? checks.checkpointFormat()
    let sequences = engine.maximumSequences
    let needed = sequences * (pool.speculation?.verifiedTokens ?? 1)
    let context = scenario.maximumContext ?? architecture.maximumContext
    // Its texts are never cut, so that engines make a step as large as the longest.
    let wholeText = architecture.isEncoder ? context ?? scenario.workload.longestRequest : 0
    let budget =
      pool.engine.states("scheduler.token_budget")
      ? engine.tokenBudget : max(engine.tokenBudget, needed, wholeText)
    checks.checkBudget(budget, sequences: sequences)
    checks.checkWholeTexts(budget, context: wholeText)
    guard let weights else { return nil }
    let remote = remoteFeedForward(weights)
    let speculation = speculation()
    guard checks.problems.isEmpty else { return nil }
    let host = hostCosts()
    checks.checkAdapters()
    checks.checkMedia()
    guard checks.problems.isEmpty else { return nil }
    var design = ReplicaDesign(
      architecture: loaded, hardware: hardware,
      precision: Precision(
        weights: weights, keyValueCache: pool.keyValueCache ?? architecture.servedCache),
      layout: checks.layout, host: host,
      routing: scenario.experts ?? .measured, speculation: speculation,
      overlapsBatches: engine.overlapsBatches,
      remoteFeedForward: remote, loads: loads)
    if speculation?.model != nil { checks.checkViews(design) }
    guard checks.problems.isEmpty else { return nil }
    design.adapters = scenario.adapters
    design.diffusion = pool.diffusion
    var limits = SchedulerLimits(
      policy: policy, tokenBudget: budget,
      maximumSequences: sequences,
      reservedAnswerShare: engine.reservedAnswerShare,
      maximumContext: context,
      plansAhead: host.overlapsAccelerator && hardware.kind != .lpu,
      retractionSecondsPerToken: retractionSecondsPerToken(design),
      gathering: pool.gathering)
    limits.priorities = priorities
    let policy = memoryPolicy(tokenBudget: budget, host)
    let memory = MemoryPlan(
      design, policy: policy, tokenBudget: budget, maximumSequences: sequences)
    checks.checkFit(memory, design, policy, limits)
    if limitsSteps, checks.problems.isEmpty { checks.checkStepTime(design, memory, limits) }
    let prefixCache = prefixCache(design, blockTokens: memory.blockTokens)
    checkBetweenTurns(prefixCache)
    guard checks.problems.isEmpty else { return nil }
    return DeployedPool(
      pool, replicas: pool.replicas ?? 1, routing: pool.routing ?? .leastRequests,
      hardware: hardware, design: design, memory: memory, limits: limits,
      availability: pool.availability ?? .always, prefixCache: prefixCache,
      frontEnd: engine.frontEnd, takes: pool.takes(of: scenario.workload))
  }

  /// The model as it is loaded: a tower that the scenario describes stands for its own.
  private var loaded: Architecture {
    var loaded = architecture
    if scenario.mediaEncoder != nil { loaded.towerParameters = 0 }
    return loaded
  }

  /// An encoder reads whole texts; blocks are refined apart from prompts (SGLang's
  /// `_process_dllm_batches`).
  private var policy: SchedulingPolicy {
    if architecture.isEncoder { return .wholePrompts }
    return pool.diffusion == nil ? engine.policy : .prefillFirst
  }

  /// The engine's, with what the scenario says of planning ahead and of captured batches.
  private func hostCosts() -> HostCosts {
    var host = engine.host(pool.role, on: hardware)
    // Neither vLLM nor SGLang plans ahead where nothing is written.
    if pool.answersNothing(of: scenario.workload) {
      host.overlapsAccelerator = false
      // Fitted to models that write; nobody has measured those that only read.
      host.secondsPerLaunchedLayer = 0
    }
    // A pass waits for what the one before has unmasked.
    if pool.diffusion != nil { host.overlapsAccelerator = false }
    if let plansAhead = pool.plansAhead { host.overlapsAccelerator = plansAhead }
    host.capturedBatches = engine.capturedBatches(
      tokensPerSequence: pool.diffusion?.block ?? pool.speculation?.verifiedTokens ?? 1)
    if let most = pool.capturedTo {
      host.capturedBatches = host.capturedBatches.filter { $0 < most } + [most]
    }
    // Whoever captures numbers of tokens does not mind whose they are.
    if engine.capturesTokens {
      host.capturedPromptTokens = pool.capturedTo ?? engine.host.capturedBatches.last ?? 0
    }
    return host
  }

  /// The engine's, with what the scenario says; a reserve that is stated is all of it.
  private func memoryPolicy(tokenBudget: Int, _ host: HostCosts) -> MemoryPolicy {
    var policy = engine.memory
    let held = engine.heldBack.map {
      $0.usableFraction(
        tokenBudget: tokenBudget, captured: host.capturedBatches.last ?? 0,
        ranks: checks.layout.accelerators, of: hardware.accelerator.memory[0].foundBytes)
    }
    if !pool.engine.states("memory.usable_fraction"), let held { policy.usableFraction = held }
    if pool.engine.states("memory.reserved") {
      (policy.communicationBytes, policy.graphBytes, policy.graphBytesPerLayer) = (0, 0, 0)
    }
    // The tower's weights are beside the model's, a slice on each rank.
    if let encoder = scenario.mediaEncoder, pool.role != .decode {
      policy.reservedBytes += encoder.weightBytes / Double(checks.layout.tensor)
    }
    policy.statedBlocks = pool.cacheBlocks ?? pool.cacheTokens.map { $0 / policy.blockTokens }
    return policy
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
