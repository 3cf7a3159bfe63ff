internal import Economics
internal import Hardware
internal import OperatorCosts
package import Scenarios
package import ServingSimulation
internal import Statistics
internal import Units

extension RunResults {
  package init(_ outcome: Outcome) {
    self.init(outcome.summary, of: outcome.deployment)
    load = LoadResults(outcome.load)
    sample = SampleResults(outcome.sample)
    peak = outcome.peak.first.map { found in
      let results = RunResults(found)
      return PeakResults(
        load: LoadResults(found.load), timeToFirstToken: results.timeToFirstToken,
        timePerOutputToken: results.timePerOutputToken, endToEnd: results.endToEnd,
        attainment: results.attainment)
    }
  }

  package init(_ summary: RunSummary, of deployment: Deployment) {
    let accelerators = Double(deployment.accelerators)
    let makespan = summary.makespan.seconds
    let runs = zip(summary.pools, deployment.pools).map {
      PoolRun(summary: $0, deployed: $1, makespanSeconds: makespan)
    }
    let decoding = summary.pools[summary.pools.count - 1]
    func rate(_ count: Int64, over parts: Double = 1) -> Double? {
      makespan > 0 ? ReportNumber.rounded(Double(count) / makespan / parts) : nil
    }
    requests = Requests(
      completed: summary.completed, rejected: summary.rejected, tooLong: summary.tooLong,
      preempted: summary.preemptedRequests, preemptions: summary.preemptions,
      retried: summary.retried, lost: summary.lost)
    tokens = Tokens(
      input: summary.inputTokens, output: summary.outputTokens,
      thinking: summary.thinkingTokens, answer: summary.outputTokens - summary.thinkingTokens,
      cached: summary.cachedTokens, prefilled: summary.prefilledTokens)
    makespanSeconds = ReportNumber.rounded(makespan, digits: 9)
    steps = summary.steps
    requestsPerSecond = rate(summary.completed)
    outputRate = rate(summary.outputTokens)
    outputRatePerAccelerator = rate(summary.outputTokens, over: accelerators)
    outputRatePerReplica = rate(summary.outputTokens, over: Double(decoding.replicas))
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
      let ended = summary.completed + summary.rejected + summary.lost
      goodput = rate(summary.good)
      attainment = ended > 0 ? ReportNumber.rounded(Double(summary.good) / Double(ended)) : nil
    }
    keyValueOccupancy = MeanAndMaximum(
      rounding: runs.weighted(\.meanOccupancy),
      summary.pools.reduce(0) { max($0, $1.highestOccupancy) })
    batch = MeanAndMaximum(rounding: decoding.meanBatch, Double(decoding.largestBatch))
    queue = MeanAndMaximum(
      rounding: summary.queue.mean(over: summary.makespan.nanoseconds),
      Double(summary.queue.maximum))
    transfers = TransferResults(summary.transfers)
    pools = []
    unknown = []
    addUtilization(runs)
    addEnergy(runs, outputTokens: summary.outputTokens)
    addCost(runs, summary, of: deployment)
    questions = QuestionResults(
      summary, deployment.scenario.workload,
      flops: runs.reduce(0) {
        $0 + $1.summary.work.flops * Double($1.deployed.acceleratorsPerReplica)
      },
      dollars: cost?.total,
      joules: energy?.facilityKilowattHours.map { $0 * 3.6e6 })
  }

  private mutating func addUtilization(_ runs: [PoolRun]) {
    guard runs.allSatisfy({ $0.makespanSeconds > 0 }) else { return }
    boundBy = BoundBy(shares: (0..<4).map { part in runs.weighted { $0.shares[part] } })
    modelBandwidthUtilization = ReportNumber.rounded(
      runs.weighted { $0.modelBandwidthUtilization })
    guard runs.allSatisfy({ $0.modelFLOPsUtilization != nil }) else { return }
    modelFLOPsUtilization = ReportNumber.rounded(
      runs.weighted { $0.modelFLOPsUtilization ?? 0 })
  }

  private mutating func addEnergy(_ runs: [PoolRun], outputTokens: Int64) {
    var use = EnergyUse()
    for run in runs {
      if let name = run.add(to: &use) {
        addUnknown("energy", "the profile `\(name)` has no TDP or no idle power")
      }
      for machine in run.machines where machine.hardware.systemPowerPerAccelerator == nil {
        addUnknown(
          "energy.mean_power_w",
          "the profile `\(machine.hardware.name)` has no `system.power_per_accelerator`")
      }
    }
    // Of two reasons the first is enough.
    if unknown.contains(where: { $0.key == "energy" }) {
      unknown.removeAll { $0.key == "energy.mean_power_w" }
    }
    let makespan = runs[0].makespanSeconds
    guard makespan > 0, !unknown.contains(where: { $0.key == "energy" }) else { return }
    energy = EnergyResults(use, seconds: makespan, outputTokens: outputTokens)
  }

  mutating func addUnknown(_ key: String, _ reason: String) {
    let item = Unknown(key: key, reason: reason)
    if !unknown.contains(item) { unknown.append(item) }
  }
}

extension [PoolRun] {
  /// The mean over the accelerators of all pools.
  fileprivate func weighted(_ value: (PoolRun) -> Double) -> Double {
    // One pool's value as it is, not rounded by a multiplication and a division.
    guard count > 1 else { return value(self[0]) }
    let all = reduce(0) { $0 + $1.accelerators }
    return reduce(0) { $0 + value($1) * $1.accelerators } / all
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
  init(rounding mean: Double, _ maximum: Double) {
    self.init(mean: ReportNumber.rounded(mean), max: ReportNumber.rounded(maximum))
  }
}

extension RunResults.BoundBy {
  /// Shares in millionths, so that they add up to one as printed.
  ///
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
  init(_ use: EnergyUse, seconds: Double, outputTokens: Int64) {
    func watts(_ joules: Double) -> Double { ReportNumber.rounded(joules / seconds) }
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
