internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
internal import Scenarios
internal import ServingSimulation
internal import Units
internal import Workloads

extension RunInputs {
  init(_ deployment: Deployment, mode: SimulationConfiguration.Mode?) {
    let scenario = deployment.scenario
    let design = deployment.design
    let limits = deployment.limits
    let parameters = deployment.architecture.parameterCount
    self.scenario = Scenario(name: scenario.name, title: scenario.title, file: scenario.file)
    hardware = Hardware(name: deployment.hardware.name, title: deployment.hardware.title)
    model = Model(
      name: deployment.architecture.name, family: deployment.architecture.family,
      parameters: parameters.total, activeParameters: parameters.active)
    engine = Engine(
      name: deployment.engine.name, title: deployment.engine.title,
      release: deployment.engine.release)
    layout = Layout(tensorParallel: design.layout.tensor, accelerators: deployment.accelerators)
    formats = Formats(
      weights: design.precision.weights.rawValue,
      keyValueCache: design.precision.keyValueCache.rawValue)
    scheduler = Scheduler(
      policy: limits.policy.rawValue, tokenBudget: limits.tokenBudget,
      maximumSequences: limits.maximumSequences, reservedAnswerShare: limits.reservedAnswerShare,
      maximumContext: limits.maximumContext)
    memory = MemoryInputs(deployment.memory)
    workload = WorkloadInputs(scenario.workload)
    objectives = Objectives(scenario.objectives)
    price = Price(deployment.hardware.price(scenario.price), basis: scenario.price)
    self.mode = mode?.rawValue
  }
}

extension RunInputs.Objectives {
  fileprivate init?(_ objectives: Objectives) {
    guard !objectives.isEmpty else { return nil }
    timeToFirstToken = objectives.timeToFirstToken?.milliseconds
    timePerOutputToken = objectives.timePerOutputToken?.milliseconds
    endToEnd = objectives.endToEndLatency?.milliseconds
  }
}

extension RunInputs.Price {
  fileprivate init(_ price: Hardware.Price?, basis: Hardware.Price.Basis) {
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

extension MemoryInputs {
  init(_ plan: MemoryPlan) {
    capacityBytes = plan.capacityBytes.rounded()
    usableBytes = plan.usableBytes.rounded()
    weightBytes = plan.weightBytes.rounded()
    activationBytes = plan.activationBytes.rounded()
    reservedBytes = plan.reservedBytes.rounded()
    cacheBytes = plan.poolBytes.rounded()
    cacheBlocks = plan.blocks
    guard plan.blockTokens < Int(Int32.max) else { return }
    blockTokens = plan.blockTokens
    cacheTokens = plan.blocks * plan.blockTokens
  }
}

extension WorkloadInputs {
  init(_ workload: Workload) {
    requests = workload.requests
    classes = workload.classes.map { item in
      Class(
        name: item.name, share: item.share, input: item.input.words,
        thinking: item.thinking?.words, output: item.output.words)
    }
    switch workload.arrivals {
    case .poisson(let rate):
      process = "poisson"
      self.rate = ReportNumber.rounded(rate)
    case .gamma(let rate, let variation):
      process = "gamma"
      self.rate = ReportNumber.rounded(rate)
      coefficientOfVariation = variation
    case .closedLoop(let clients, let thinkTime):
      process = "closed-loop"
      self.clients = clients
      thinkTimeSeconds = thinkTime.seconds
    case .offline: process = "offline"
    case .trace(let trace):
      process = "trace"
      skippedRows = trace.skippedRows
      classes = []
    }
  }
}

extension LengthDistribution {
  /// As a person would say it: `lognormal, mu 6.56, sigma 0.833, from 1 to 100,000`.
  fileprivate var words: String {
    func span(_ range: ClosedRange<Int>) -> String {
      "from \(NumberText.grouped(range.lowerBound)) to \(NumberText.grouped(range.upperBound))"
    }
    switch self {
    case .fixed(let length): return NumberText.grouped(length)
    case .uniform(let range): return "uniform \(span(range))"
    case .logNormal(let mu, let sigma, let range):
      return "lognormal, mu \(NumberText.significant(mu, 4)), sigma "
        + "\(NumberText.significant(sigma, 4)), \(span(range))"
    case .empirical(let lengths, _):
      return "one of \(NumberText.grouped(lengths.count)) lengths up to "
        + NumberText.grouped(longest)
    }
  }
}
