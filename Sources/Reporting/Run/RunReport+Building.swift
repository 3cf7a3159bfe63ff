internal import Economics
internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
package import Scenarios
package import ServingSimulation
internal import Statistics
internal import Units

extension RunReport {
  package init(
    _ summary: RunSummary, of deployment: Deployment, mode: SimulationConfiguration.Mode
  ) {
    let results = RunResults(summary, of: deployment)
    seed = deployment.scenario.seed
    fingerprint = summary.fingerprint.text
    inputs = RunInputs(deployment, mode: mode)
    provenance = ReportProvenance(
      deployment, hasEnergy: results.energy != nil,
      price: results.cost == nil ? nil : deployment.hardware.price(deployment.scenario.price))
    self.results = results
  }
}

extension RunResults {
  init(_ summary: RunSummary, of deployment: Deployment) {
    let accelerators = Double(deployment.accelerators)
    let makespan = summary.makespan.seconds
    func rate(_ count: Int64, over parts: Double = 1) -> Double? {
      makespan > 0 ? ReportNumber.rounded(Double(count) / makespan / parts) : nil
    }
    requests = Requests(
      completed: summary.completed, rejected: summary.rejected,
      preempted: summary.preemptedRequests, preemptions: summary.preemptions)
    tokens = Tokens(
      input: summary.inputTokens, output: summary.outputTokens,
      thinking: summary.thinkingTokens, answer: summary.outputTokens - summary.thinkingTokens,
      prefilled: summary.prefilledTokens)
    makespanSeconds = ReportNumber.rounded(makespan, digits: 9)
    steps = summary.steps
    requestsPerSecond = rate(summary.completed)
    outputRate = rate(summary.outputTokens)
    outputRatePerAccelerator = rate(summary.outputTokens, over: accelerators)
    outputRatePerReplica = rate(summary.outputTokens)
    let all = summary.inputTokens + summary.outputTokens
    totalRate = rate(all)
    totalRatePerAccelerator = rate(all, over: accelerators)
    timeToFirstToken = Spread(summary.timeToFirstToken)
    timeToFirstAnswerToken = Spread(summary.timeToFirstAnswer)
    timePerOutputToken = Spread(summary.timePerOutputToken)
    interTokenLatency = Spread(
      summary.interToken, meanNanoseconds: summary.meanInterTokenSeconds.map { $0 * 1e9 })
    endToEnd = Spread(summary.endToEnd)
    if !summary.objectives.isEmpty {
      let ended = summary.completed + summary.rejected
      goodput = rate(summary.good)
      attainment = ended > 0 ? ReportNumber.rounded(Double(summary.good) / Double(ended)) : nil
    }
    keyValueOccupancy = MeanAndMaximum(
      rounding: summary.pools[0].meanOccupancy(over: makespan), summary.pools[0].highestOccupancy)
    batch = MeanAndMaximum(
      rounding: summary.pools[0].meanBatch, Double(summary.pools[0].largestBatch))
    queue = MeanAndMaximum(
      rounding: summary.queue.mean(over: summary.makespan.nanoseconds),
      Double(summary.queue.maximum))
    boundBy = BoundBy(summary)
    unknown = []
    addUtilization(summary, deployment)
    addEnergy(summary, deployment)
    addCost(summary, deployment)
  }

  /// Work of one rank over what its peaks would do in the makespan, idle time included.
  private mutating func addUtilization(_ summary: RunSummary, _ deployment: Deployment) {
    let makespan = summary.makespan.seconds
    guard makespan > 0 else { return }
    let accelerator = deployment.hardware.accelerator
    let bandwidth = accelerator.memory[0].bandwidth.value
    modelBandwidthUtilization = ReportNumber.rounded(
      summary.pools[0].work.bytes / (bandwidth * makespan))
    guard let peak = accelerator.peak[deployment.design.weightArithmetic]?.value else { return }
    modelFLOPsUtilization = ReportNumber.rounded(summary.pools[0].work.flops / (peak * makespan))
  }

  private mutating func addEnergy(_ summary: RunSummary, _ deployment: Deployment) {
    guard let model = PowerModel(deployment.hardware) else {
      unknown.append(
        Unknown(
          key: "energy",
          reason: "the profile `\(deployment.hardware.name)` has no TDP or no idle power"))
      return
    }
    let use = EnergyUse(summary, accelerators: deployment.accelerators, model: model)
    guard use.seconds > 0 else { return }
    energy = EnergyResults(use, outputTokens: summary.outputTokens)
    if use.facilityJoules == nil {
      unknown.append(
        Unknown(
          key: "energy.mean_power_w",
          reason: "the profile `\(deployment.hardware.name)` has no "
            + "`system.power_per_accelerator`"))
    }
  }

  private mutating func addCost(_ summary: RunSummary, _ deployment: Deployment) {
    let basis = deployment.scenario.price
    guard let price = deployment.hardware.price(basis) else {
      unknown.append(
        Unknown(
          key: "cost",
          reason: "the profile `\(deployment.hardware.name)` has no \(basis.rawValue) price"))
      return
    }
    cost = CostResults(
      CostSummary(summary, accelerators: deployment.accelerators, price: price))
  }
}

extension RunResults.Spread {
  /// Nil when nothing was added. Nanoseconds become milliseconds.
  init?(_ sketch: QuantileSketch, meanNanoseconds: Double? = nil) {
    guard let mean = meanNanoseconds ?? sketch.mean else { return nil }
    func milliseconds(_ nanoseconds: Double?) -> Double {
      ReportNumber.rounded((nanoseconds ?? 0) * 1e-6)
    }
    self.init(
      mean: milliseconds(mean), p50: milliseconds(sketch.quantile(0.5)),
      p90: milliseconds(sketch.quantile(0.9)), p95: milliseconds(sketch.quantile(0.95)),
      p99: milliseconds(sketch.quantile(0.99)), max: milliseconds(Double(sketch.maximum)))
  }
}

extension RunResults.MeanAndMaximum {
  fileprivate init(rounding mean: Double, _ maximum: Double) {
    self.init(mean: ReportNumber.rounded(mean), max: ReportNumber.rounded(maximum))
  }
}

extension RunResults.BoundBy {
  /// Shares in millionths, so that they add up to one as printed.
  init?(_ summary: RunSummary) {
    let makespan = summary.makespan.seconds
    guard makespan > 0 else { return nil }
    self.init(
      shares: [
        summary.pools[0].work.compute, summary.pools[0].work.memory,
        summary.pools[0].work.interconnect, summary.pools[0].work.host,
      ].map { $0 / makespan })
  }

  /// - Parameter shares: of compute, memory, interconnect and host.
  init(shares: [Double]) {
    var parts = shares.map { ($0 * 1e6).rounded() }
    var idle = 1e6 - parts.reduce(0, +)
    // Rounded up one by one, the parts of a run without idle time can be a little too much.
    if idle < 0, let largest = parts.indices.max(by: { parts[$0] < parts[$1] }) {
      parts[largest] += idle
      idle = 0
    }
    self.init(
      compute: parts[0] / 1e6, memory: parts[1] / 1e6, interconnect: parts[2] / 1e6,
      host: parts[3] / 1e6, idle: idle / 1e6)
  }
}

extension EnergyResults {
  init(_ use: EnergyUse, outputTokens: Int64) {
    func watts(_ joules: Double) -> Double { ReportNumber.rounded(joules / use.seconds) }
    acceleratorPowerWatts = watts(use.acceleratorJoules)
    informationTechnologyPowerWatts = use.informationTechnologyJoules.map(watts)
    powerUsageEffectiveness = PowerShares.usageEffectiveness.value
    guard let facility = use.facilityJoules else { return }
    meanPowerWatts = watts(facility)
    facilityKilowattHours = ReportNumber.rounded(facility / 3.6e6)
    guard outputTokens > 0 else { return }
    joulesPerOutputToken = ReportNumber.rounded(facility / Double(outputTokens))
    tokensPerSecondPerMegawatt = ReportNumber.rounded(Double(outputTokens) / facility * 1e6)
  }
}

extension CostResults {
  init(_ summary: CostSummary) {
    price = summary.price.basis.rawValue
    dollarsPerHour = ReportNumber.rounded(summary.dollarsPerHour)
    total = summary.dollars
    func perMillion(_ phase: CostSummary.Line.Phase) -> Double? {
      summary.dollarsPerMillionTokens(phase).map { ReportNumber.rounded($0) }
    }
    perMillionTokens = PerMillionTokens(
      input: perMillion(.prefill), thinking: perMillion(.thinking), output: perMillion(.answer),
      blended: summary.blendedDollarsPerMillionTokens.map { ReportNumber.rounded($0) })
    lines = summary.lines.map { line in
      Line(
        item: line.phase.rawValue, quantity: line.acceleratorHours, unit: "GPU-hour",
        unitPrice: line.dollarsPerAcceleratorHour, cost: line.dollars)
    }
  }
}
