internal import Economics
internal import Hardware
internal import OperatorCosts
internal import Results
internal import Scenarios
internal import ServingSimulation
internal import Units

/// One pool with what its run found.
struct PoolRun {
  let summary: PoolSummary
  let deployed: DeployedPool
  let makespanSeconds: Double

  static func all(of summary: RunSummary, _ deployment: Deployment) -> [PoolRun] {
    zip(summary.pools, deployment.pools).map {
      PoolRun(summary: $0, deployed: $1, makespanSeconds: summary.makespan.seconds)
    }
  }

  /// Time of all replicas of the pool together [s], busy or idle.
  var replicaSeconds: Double { makespanSeconds * Double(summary.replicas) }
  /// Accelerators whose work is counted: the chips that do feed-forwards are not among them.
  var accelerators: Double { Double(deployed.replicas * deployed.acceleratorsPerReplica) }

  /// Shares of the replicas' time that go to compute, memory, interconnect and host.
  var shares: [Double] {
    let work = summary.work
    return [work.compute, work.memory, work.interconnect, work.host].map { $0 / replicaSeconds }
  }

  /// Work of one rank over what its peaks would do in the makespan, idle time included.
  var modelBandwidthUtilization: Double {
    let bandwidth = deployed.hardware.accelerator.memory[0].bandwidth.value
    return summary.work.bytes / (bandwidth * replicaSeconds)
  }

  /// Nil when the profile does not know the peak.
  var modelFLOPsUtilization: Double? {
    deployed.hardware.accelerator.peak[deployed.design.weightArithmetic].map {
      summary.work.flops / ($0.value * replicaSeconds)
    }
  }

  /// Bytes of the cache in use on all accelerators, times the time of the run [B s].
  var cacheByteSeconds: Double {
    if deployed.memory.keepsNothing { return 0 }
    let blockSeconds = meanOccupancy * Double(summary.totalBlocks) * makespanSeconds
    let ranks = deployed.acceleratorsPerReplica / summary.ranks
    return blockSeconds * deployed.memory.bytesPerBlock * Double(ranks)
  }

  var meanOccupancy: Double { summary.meanOccupancy(over: makespanSeconds) }

  /// The pool's machines, of one or two kinds.
  var machines: [(name: String, hardware: HardwareProfile, perReplica: Int)] {
    deployed.machines
  }

  /// A part of a fleet that reads verdicts alone writes nothing.
  private var decodes: Bool {
    deployed.scenario.takes == nil ? summary.role != .prefill : summary.decodedTokens > 0
  }

  /// Empty when a profile has no price of this kind.
  func uses(_ basis: Price.Basis) -> [PoolUse] {
    let priced = machines.compactMap { machine in
      machine.hardware.price(basis).map { price in
        PoolUse(
          name: machine.name, replicas: summary.replicas,
          acceleratorsPerReplica: machine.perReplica, price: price,
          times: PhaseTimes(
            makespanSeconds: makespanSeconds, busySeconds: summary.busySeconds,
            prefillSeconds: summary.prefillSeconds),
          prefills: summary.role != .decode, decodes: decodes)
      }
    }
    return priced.count == machines.count ? priced : []
  }

  /// Adds what the pool drew; the name of the profile that does not know its power, if any.
  ///
  /// Chips that do feed-forwards are taken to draw all they may while their replica works.
  func add(to use: inout EnergyUse) -> String? {
    for (index, machine) in machines.enumerated() {
      guard let model = PowerModel(machine.hardware) else { return machine.hardware.name }
      use.add(
        summary, load: index == 0 ? AcceleratorLoad(summary, on: machine.hardware) : .full,
        makespanSeconds: makespanSeconds, accelerators: machine.perReplica, model: model)
    }
    return nil
  }
}

extension PoolResults {
  init(_ run: PoolRun, cost: CostSummary?) {
    let summary = run.summary
    let makespan = run.makespanSeconds
    self.init()
    name = summary.name
    accelerators = run.deployed.accelerators
    busy = makespan > 0 ? summary.busySeconds / run.replicaSeconds : 0
    batch = RunResults.MeanAndMaximum(
      mean: summary.meanBatch, max: Double(summary.largestBatch))
    keyValueOccupancy = RunResults.MeanAndMaximum(
      mean: run.meanOccupancy, max: summary.highestOccupancy)
    if run.deployed.scenario.takes != nil {
      requests = summary.completed
      requestsPerSecond = makespan > 0 ? Double(summary.completed) / makespan : nil
    }
    steps = summary.steps
    prefilledTokens = summary.prefilledTokens
    decodedTokens = summary.decodedTokens
    if summary.busySeconds > 0 {
      if run.deployed.design.layout.attentionData > 1 {
        imbalance = summary.imbalanceSeconds / summary.busySeconds
      }
      if summary.work.imbalance > 0 {
        expertImbalance = summary.work.imbalance / summary.busySeconds
      }
    }
    if summary.outages > 0 {
      outages = summary.outages
      outageSeconds = summary.outageSeconds
    }
    if let cost {
      let names = run.machines.map(\.name)
      let own = cost.lines.filter { names.contains($0.pool) }
      self.cost = Double(own.reduce(0) { $0 + $1.cost }) / 1e6
      if let requests, requests > 0 { costPerRequest = self.cost.map { $0 / Double(requests) } }
    }
    guard makespan > 0 else { return }
    func rate(_ count: Int64) -> Double? {
      count > 0 ? Double(count) / makespan : nil
    }
    boundBy = RunResults.BoundBy(shares: run.shares)
    modelFLOPsUtilization = run.modelFLOPsUtilization
    modelBandwidthUtilization = run.modelBandwidthUtilization
    prefillRate = rate(summary.prefilledTokens)
    decodeRate = rate(summary.decodedTokens)
    var energy = EnergyUse()
    if run.add(to: &energy) == nil {
      acceleratorPowerWatts = energy.acceleratorJoules / makespan
    }
  }
}

extension TransferResults {
  init?(_ summary: TransferSummary) {
    guard summary.count > 0 else { return nil }
    self.init()
    count = summary.count
    bytes = summary.bytes
    waiting = RunResults.Spread(summary.waiting)
    sending = RunResults.Spread(summary.sending)
  }
}
