package import Economics
internal import Hardware
internal import OperatorCosts
package import Results
package import Scenarios
package import ServingSimulation
internal import Statistics
internal import Units
internal import Workloads

extension RunResults {
  package init(_ outcome: Outcome) {
    self.init(outcome.summary, of: outcome.deployment)
    outcome.meanLoad.map { adopt($0) }
    load = LoadResults(outcome.load)
    if outcome.peak.contains(where: { $0.load.state == .overloaded }), load?.state == .sustained {
      load?.state = .overloadedAtPeak
    }
    if let capacity = load?.capacity, capacity > 0, let hour = cost?.dollarsPerHour {
      api = api?.limited(to: capacity, dollarsPerHour: hour)
    }
    sample = SampleResults(outcome.sample)
    peak = outcome.peak.first.map { found in
      let results = RunResults(found)
      var peak = PeakResults(load: LoadResults(found.load))
      peak.timeToFirstToken = results.timeToFirstToken
      peak.timePerOutputToken = results.timePerOutputToken
      peak.endToEnd = results.endToEnd
      peak.attainment = results.attainment
      return peak
    }
  }

  package init(_ summary: RunSummary, of deployment: Deployment) {
    let accelerators = Double(deployment.accelerators)
    let makespan = summary.makespan.seconds
    let runs = PoolRun.all(of: summary, deployment)
    // Of a fleet all of it writes, and otherwise the last pool.
    let isFleet = deployment.scenario.isFleet
    let decoding = isFleet ? summary.pools : [summary.pools[summary.pools.count - 1]]
    let replicas = decoding.reduce(0) { $0 + $1.replicas }
    func rate(_ count: Int64, over parts: Double = 1) -> Double? {
      makespan > 0 ? Double(count) / makespan / parts : nil
    }
    self.init()
    requests = Requests(summary, of: deployment)
    tokens = Tokens(summary)
    makespanSeconds = makespan
    steps = summary.steps
    requestsPerSecond = rate(summary.completed)
    // Where prompts are read for vectors or scores there is no output that could be slow.
    if summary.answers > 0 || summary.completed == 0 {
      outputRate = rate(summary.outputTokens)
      outputRatePerAccelerator = rate(summary.outputTokens, over: accelerators)
      outputRatePerReplica = rate(summary.outputTokens, over: Double(replicas))
    }
    let all = summary.inputTokens + summary.outputTokens
    totalRate = rate(all)
    totalRatePerAccelerator = rate(all, over: accelerators)
    addLatencies(summary)
    if !summary.objectives.isEmpty {
      let ended = summary.counts.judged
      goodput = rate(summary.good)
      attainment = ended > 0 ? Double(summary.good) / Double(ended) : nil
    }
    keyValueOccupancy = MeanAndMaximum(
      mean: runs.weighted(\.meanOccupancy),
      max: summary.pools.reduce(0) { max($0, $1.highestOccupancy) })
    batch = MeanAndMaximum(batchOf: decoding)
    queue = MeanAndMaximum(
      mean: summary.queue.mean(over: summary.makespan.nanoseconds),
      max: Double(summary.queue.maximum))
    classes = ClassResults.all(of: summary, deployment)
    batchWork = BatchResults(summary.batch)
    detours = DetourResults(summary)
    conversations = ConversationResults(summary, of: deployment)
    transfers = TransferResults(summary.transfers)
    addUtilization(runs)
    addEnergy(runs, outputTokens: summary.outputTokens)
    addCost(runs, summary, of: deployment)
    questions = QuestionResults(
      summary, deployment.scenario.workload,
      flops: runs.reduce(0) {
        $0 + $1.summary.work.flops * Double($1.deployed.acceleratorsPerReplica)
      },
      dollars: cost?.total,
      joules: energy?.facilityKilowattHours.map { $0 * 3.6e6 },
      cacheByteSeconds: runs.reduce(0) { $0 + $1.cacheByteSeconds })
  }

  private mutating func addLatencies(_ summary: RunSummary) {
    timeToFirstToken = Spread(summary.timeToFirstToken)
    timeToFirstAnswerToken = Spread(summary.timeToFirstAnswer)
    timePerOutputToken = Spread(summary.timePerOutputToken)
    interTokenLatency = Spread(
      summary.interToken, meanNanoseconds: summary.meanInterTokenSeconds.map { $0 * 1e9 })
    endToEnd = Spread(summary.endToEnd)
  }

  private mutating func addUtilization(_ runs: [PoolRun]) {
    guard runs.allSatisfy({ $0.makespanSeconds > 0 }) else { return }
    boundBy = BoundBy(shares: (0..<4).map { part in runs.weighted { $0.shares[part] } })
    modelBandwidthUtilization =
      runs.weighted { $0.modelBandwidthUtilization }
    guard runs.allSatisfy({ $0.modelFLOPsUtilization != nil }) else { return }
    modelFLOPsUtilization =
      runs.weighted { $0.modelFLOPsUtilization ?? 0 }
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

extension CostSummary {
  /// What a run costs; nil when a profile has no price.
  package init?(_ summary: RunSummary, of deployment: Deployment) {
    let basis = deployment.scenario.price
    let runs = PoolRun.all(of: summary, deployment)
    guard runs.allSatisfy({ !$0.uses(basis).isEmpty }) else { return nil }
    self.init(runs, summary, basis: basis)
  }

  fileprivate init(_ runs: [PoolRun], _ summary: RunSummary, basis: Price.Basis) {
    self.init(
      pools: runs.flatMap { $0.uses(basis) },
      tokens: TokenCounts(
        input: summary.inputTokens, cached: summary.cachedTokens, thinking: summary.thinkingTokens,
        answer: summary.outputTokens - summary.thinkingTokens))
  }
}

extension RunResults.MeanAndMaximum {
  /// Sequences in a step of any replica that decodes, weighted by the time of the steps.
  fileprivate init(batchOf pools: [PoolSummary]) {
    let busy = pools.reduce(0) { $0 + $1.busySeconds }
    let mean = busy > 0 ? pools.reduce(0) { $0 + $1.meanBatch * $1.busySeconds } / busy : 0
    self.init(
      // One pool's value as it is, not rounded by a multiplication and a division.
      mean: pools.count == 1 ? pools[0].meanBatch : mean,
      max: Double(pools.map(\.largestBatch).max() ?? 0))
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
    func milliseconds(_ nanoseconds: Double?) -> Double { (nanoseconds ?? 0) * 1e-6 }
    self.init(
      mean: milliseconds(mean), p50: milliseconds(sketch.quantile(0.5)),
      p90: milliseconds(sketch.quantile(0.9)), p95: milliseconds(sketch.quantile(0.95)),
      p99: milliseconds(sketch.quantile(0.99)), max: milliseconds(Double(sketch.maximum)))
  }
}

extension EnergyResults {
  init(_ use: EnergyUse, seconds: Double, outputTokens: Int64) {
    func watts(_ joules: Double) -> Double { joules / seconds }
    self.init()
    acceleratorPowerWatts = watts(use.acceleratorJoules)
    informationTechnologyPowerWatts = use.informationTechnologyJoules.map(watts)
    powerUsageEffectiveness = PowerAssumptions.usageEffectiveness.value
    guard let facility = use.facilityJoules else { return }
    meanPowerWatts = watts(facility)
    facilityKilowattHours = facility / 3.6e6
    guard outputTokens > 0 else { return }
    joulesPerOutputToken = facility / Double(outputTokens)
    tokensPerSecondPerMegawatt = Double(outputTokens) / facility * 1e6
  }
}

extension RunResults.Requests {
  fileprivate init(_ summary: RunSummary, of deployment: Deployment) {
    self.init()
    completed = summary.completed
    rejected = summary.rejected
    tooLong = summary.tooLong
    preempted = summary.preemptedRequests
    preemptions = summary.preemptions
    retried = summary.retried
    lost = summary.lost
    abandoned = deployment.scenario.workload.hasPatience ? summary.abandoned : nil
    if rejected + lost > 0 { refusal = summary.counts.refusalWords(of: deployment) }
  }
}

extension RunResults.Tokens {
  fileprivate init(_ summary: RunSummary) {
    self.init()
    input = summary.inputTokens
    output = summary.outputTokens
    thinking = summary.thinkingTokens
    answer = summary.outputTokens - summary.thinkingTokens
    cached = summary.cachedTokens
    prefilled = summary.prefilledTokens
    if summary.wastedInput + summary.wastedTokens > 0 {
      unfinished = RunResults.Unfinished(
        input: summary.wastedInput, cached: summary.wastedCached, output: summary.wastedTokens)
    }
  }
}
