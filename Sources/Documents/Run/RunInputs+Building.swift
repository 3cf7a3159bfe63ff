internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
internal import Outcomes
internal import Scenarios
internal import ServingSimulation
internal import Units
internal import Workloads

extension RunInputs {
  init(_ deployment: Deployment, mode: SimulationConfiguration.Mode?) {
    let scenario = deployment.scenario
    self.scenario = Scenario(name: scenario.name, title: scenario.title, file: scenario.file)
    commandLine = scenario.command.map { command in
      CommandLine(
        taken: command.settings.map { "\($0.key) \($0.value) (\($0.option))" },
        notSimulated: command.remarks.map { "\($0.option): \($0.reason)" })
    }
    let models = deployment.architectures
    model = Model(
      name: models.map(\.name).joined(separator: " + "),
      family: models.map(\.family).uniqued.joined(separator: " + "),
      parameters: models.reduce(0) { $0 + $1.parameterCount.total },
      activeParameters: models.reduce(0) { $0 + $1.parameterCount.active })
    engine = Engine(
      name: deployment.engine.name, title: deployment.engine.title,
      release: deployment.engine.release)
    let pools = deployment.pools.map { PoolInputs($0, basis: scenario.price) }
    self.pools = pools
    let machines = pools.flatMap { [$0.hardware] + ($0.feedForward.map { [$0.hardware] } ?? []) }
      .uniqued
    hardware = Hardware(
      name: machines.map(\.name).joined(separator: " + "),
      title: machines.map(\.title).joined(separator: " + "))
    layout = Layout(
      accelerators: deployment.accelerators, pools: pools.map { "\($0.name): \($0.words)" })
    let prices = pools.map(\.price).uniqued
    price = prices.count == 1 ? prices[0] : PriceInputs(nil, basis: scenario.price)
    experts = Experts(deployment)
    transfer = deployment.transfer.map { TransferInputs($0) }
    workload = WorkloadInputs(scenario.workload)
    objectives = Objectives(scenario.objectives)
    self.mode = mode?.rawValue
  }
}

extension RunInputs.Experts {
  fileprivate init?(_ deployment: Deployment) {
    let hasExperts = deployment.architectures.flatMap(\.groups).contains {
      if case .experts = $0.feedForward { true } else { false }
    }
    guard hasExperts else { return nil }
    switch deployment.decoding.design.routing {
    case .tokenChoice(let skew): self.init(routing: "token-choice", skew: skew)
    case .expertChoice: self.init(routing: "expert-choice", skew: nil)
    }
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

extension WorkloadInputs {
  init(_ workload: Workload) {
    requests = workload.requests
    classes = workload.classes.map { item in
      Class(
        name: item.name, share: item.share, input: item.input.words,
        thinking: item.thinking?.words, output: item.output.words,
        media: item.media.map {
          "\(NumberText.grouped($0.items)) of \(NumberText.grouped($0.tokens)) tokens"
        },
        priority: workload.hasPriorities ? Int(item.priority) : nil,
        patience: item.patience?.firstToken?.words, deadline: item.patience?.deadline?.words)
    }
    batch = workload.batch.map {
      Batch(
        requests: $0.requests, inFlight: $0.inFlight, opensSeconds: $0.opens,
        lengthSeconds: $0.length, periodSeconds: $0.period)
    }
    trace = workload.recorded.flatMap { Recorded($0) }
    switch workload.arrivals {
    case .poisson(let rate):
      process = "poisson"
      self.rate = rate
    case .gamma(let rate, let variation):
      process = "gamma"
      self.rate = rate
      coefficientOfVariation = variation
    case .diurnal(let diurnal):
      process = "diurnal"
      rate = diurnal.mean
      peakRate = diurnal.highest
      swing = diurnal.swing
      periodSeconds = diurnal.periodSeconds
      peakSeconds = diurnal.peakSeconds
    case .staged(let staged):
      process = "stages"
      rate = staged.mean
      peakRate = staged.highest
      periodSeconds = staged.repeats ? staged.seconds : nil
    case .closedLoop(let clients, let thinkTime):
      process = "closed-loop"
      self.clients = clients
      thinkTimeSeconds = thinkTime.seconds
    case .offline: process = Self.batch
    case .trace(let trace):
      process = "trace"
      skippedRows = trace.summary.skippedRows
      classes = []
    }
  }
}

extension WorkloadInputs.Recorded {
  fileprivate init?(_ trace: Trace) {
    guard let path = trace.recording.path, let format = trace.summary.format else { return nil }
    file = path.split(separator: "/").last.map(String.init) ?? path
    self.format = format.rawValue
  }
}

extension DurationDistribution {
  /// The distribution as a person would say it: `exponential, mean 20 s`.
  fileprivate var words: String {
    func time(_ seconds: Double) -> String { NumberText.quantity(seconds, .seconds, digits: 4) }
    return switch self {
    case .fixed(let seconds): time(seconds)
    case .exponential(let mean): "exponential, mean \(time(mean))"
    case .logNormal(let mu, let sigma):
      "lognormal, mu \(NumberText.significant(mu, 4)), sigma "
        + NumberText.significant(sigma, 4)
    }
  }
}

extension LengthDistribution {
  /// The distribution as a person would say it: `lognormal, mu 6.56, sigma 0.833, from 1 to
  /// 100,000`.
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
