internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
internal import Outcomes
internal import Scenarios
internal import ServingSimulation
internal import Units

extension PoolInputs {
  init(_ pool: DeployedPool, basis: Price.Basis) {
    let design = pool.design
    let limits = pool.limits
    name = pool.name
    role = pool.role.rawValue
    replicas = pool.replicas
    accelerators = pool.accelerators
    let isPart = pool.scenario.takes != nil
    routing = pool.replicas > 1 && !isPart ? pool.routing.rawValue : nil
    model = isPart ? design.architecture.name : nil
    takes = pool.scenario.takes?.words
    hardware = RunInputs.Hardware(name: pool.hardware.name, title: pool.hardware.title)
    layout = Layout(
      sizes: design.layout,
      chips: pool.hardware.kind == .lpu ? design.layout.accelerators : nil)
    formats = Formats(
      weights: design.precision.weights.rawValue,
      keyValueCache: design.precision.keyValueCache.rawValue)
    scheduler = Scheduler(
      policy: limits.policy.rawValue, tokenBudget: limits.tokenBudget,
      maximumSequences: limits.maximumSequences, reservedAnswerShare: limits.reservedAnswerShare,
      overlapsBatches: design.overlapsBatches, maximumContext: limits.maximumContext,
      order: limits.priorities.map { _ in RequestOrder.priority.rawValue },
      preemptionMargin: limits.priorities?.margin.map { Int($0) })
    adapters = design.adapters.map { Adapters(rank: $0.rank, count: $0.count) }
    speculation = design.speculation.map {
      Speculation($0, pool.scenario.speculation?.method ?? .lookup)
    }
    diffusion = design.diffusion.map {
      Diffusion(block: $0.block, passes: $0.passes, tokensPerPass: $0.tokensPerPass)
    }
    feedForward = design.remoteFeedForward.map { remote in
      FeedForward(
        hardware: RunInputs.Hardware(name: remote.hardware.name, title: remote.hardware.title),
        chips: remote.chips, bytesPerSecond: remote.linkBytesPerSecond,
        latencySeconds: remote.linkLatencySeconds)
    }
    memory = MemoryInputs(pool.memory)
    prefixCache = pool.prefixCache.map { cache in
      PrefixCache(
        blockTokens: cache.hashTokens, hostBlocks: cache.hostBlocks,
        loadSecondsPerBlock: cache.loadSecondsPerBlock)
    }
    price = PriceInputs(pool.hardware.price(basis), basis: basis)
  }
}

extension PoolInputs.Speculation {
  fileprivate init(_ speculation: Speculation, _ method: SpeculationKeys.Method) {
    self.method = method.rawValue
    model = speculation.model?.architecture.name
    acceptance = speculation.acceptance
    if speculation.branches > 1 {
      (branches, verifiedTokens) = (speculation.branches, speculation.verifiedTokens)
    }
    tokensPerStep = speculation.simulatedTokensPerStep
  }
}

extension MemoryInputs {
  init(_ plan: MemoryPlan) {
    capacityBytes = Int64(plan.capacityBytes.rounded())
    usableBytes = Int64(plan.usableBytes.rounded())
    weightBytes = Int64(plan.weightBytes.rounded())
    activationBytes = Int64(plan.activationBytes.rounded())
    reservedBytes = Int64(plan.reservedBytes.rounded())
    cacheBytes = plan.keepsNothing ? 0 : Int64(plan.poolBytes.rounded())
    cacheBlocks = plan.keepsNothing ? 0 : plan.blocks
    guard plan.blockTokens < Int(Int32.max) else { return }
    blockTokens = plan.blockTokens
    cacheTokens = plan.blocks * plan.blockTokens
  }
}

extension PriceInputs {
  init(_ price: Price?, basis: Price.Basis) {
    self.basis = basis.rawValue
    guard let figure = price?.figure else { return }
    dollarsPerAcceleratorHour = figure.value
    low = figure.low
    high = figure.high
    date = figure.date
    status = figure.status.rawValue
    source = figure.citation
  }
}

extension TransferInputs {
  init(_ deployed: DeployedTransfer) {
    let transfer = deployed.transfer
    link = deployed.link.rawValue
    bytesPerSecond = transfer.bytesPerSecond
    latencySeconds = transfer.latencySeconds
    bytesPerToken = transfer.bytesPerToken
    bytesPerSequence = transfer.bytesPerSequence
  }
}

// MARK: In words

extension ScenarioPool.TakesKeys {
  /// `prompts of 4,001 tokens and more, of \`chat\``; nil where it takes everything.
  fileprivate var words: String? {
    let lengths: String? =
      switch (shortest, longest) {
      case (let low?, let high?):
        "of \(NumberText.grouped(low)) to \(NumberText.grouped(high)) tokens"
      case (let low?, nil): "of \(NumberText.grouped(low)) tokens and more"
      case (nil, let high?): "of up to \(NumberText.grouped(high)) tokens"
      case (nil, nil): nil
      }
    let kind = calls == .verdicts ? "verdicts" : calls == .answers ? "answers" : "prompts"
    let named = classes.map { "of " + $0.map { "`\($0)`" }.joined(separator: ", ") }
    let parts = [lengths, named].compactMap { $0 }
    guard !parts.isEmpty || calls ?? .all != .all else { return nil }
    return ([kind] + parts).joined(separator: " ")
  }
}

extension PoolInputs {
  /// `2 replicas of 4, tensor parallel 4, least-requests routing`
  package var words: String {
    let count =
      replicas > 1
      ? "\(replicas) replicas of \(layout.accelerators)" : "1 replica of \(layout.accelerators)"
    let parts = [
      count, layout.words, routing.map { "\($0) routing" } ?? "",
      takes.map { "takes \($0)" } ?? "",
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }
}

extension PoolInputs.Layout {
  package var accelerators: Int { sizes.accelerators }
  /// Whether one group of tensor ranks is all there is.
  package var isOnlyTensor: Bool { sizes.tensor == accelerators }

  /// What is divided, and over how many: empty for one accelerator.
  package var words: String {
    if chips != nil { return "" }
    return sizes.used.map { "\($0.dimension.words) \($0.size)" }.joined(separator: ", ")
  }
}
