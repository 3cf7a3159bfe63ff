internal import Economics
package import Hardware
internal import OperatorCosts
package import Results
package import Scenarios
internal import ServingSimulation

extension ReportProvenance {
  /// - Parameters:
  ///   - hasEnergy, price: what of the results is there and needs an account of its figures.
  package init(_ deployment: Deployment, hasEnergy: Bool, price: Price.Basis?) {
    var entries = Self.performance(deployment)
    if hasEnergy { entries += Self.energy(deployment) }
    if let price {
      entries += Self.entries(of: deployment, .cost) { _, _ in ["prices.\(price.rawValue)"] }
    }
    func weakest(_ part: Behind?) -> String? {
      let relevant = entries.filter { part == nil || $0.behind == part }
      return Status.weakest(relevant.compactMap { Status(rawValue: $0.status) })?.rawValue
    }
    // Tokens cost what the machine-hours cost divided by what the machine does in them.
    let cost = [weakest(.cost), weakest(.performance)].compactMap { $0.flatMap(Status.init) }
    let power = [weakest(.energy), weakest(.performance)].compactMap { $0.flatMap(Status.init) }
    self.init(
      weakest: weakest(nil) ?? Status.assumed.rawValue,
      weakestBehind: Weakest(
        performance: weakest(.performance) ?? Status.assumed.rawValue,
        energy: hasEnergy ? Status.weakest(power)?.rawValue : nil,
        cost: price == nil ? nil : Status.weakest(cost)?.rawValue), figures: entries)
  }

  private static func performance(_ deployment: Deployment) -> [Entry] {
    entries(of: deployment, .performance) { machine, pool in
      if let remote = pool.design.remoteFeedForward, remote.hardware == machine {
        return remotePaths(pool, remote)
      }
      return pool.design.kernelFigurePaths + memoryPaths + collectivePaths(pool)
        + transferPaths(deployment) + remoteLinkPaths(pool)
        + (pool.prefixCache?.loadSecondsPerBlock ?? 0 > 0 ? ["host_link.bandwidth"] : [])
    } + engine(deployment)
  }

  private static let memoryPaths = [
    "accelerator.memory.0.capacity", "accelerator.memory.0.bandwidth",
  ]

  /// Of the chips that do a pool's feed-forwards.
  private static func remotePaths(_ pool: DeployedPool, _ remote: RemoteFeedForward) -> [String] {
    var design = pool.design
    design.hardware = remote.hardware
    design.layout = ParallelLayout()
    design.remoteFeedForward = nil
    return design.kernelFigurePaths + memoryPaths + remoteLinkPaths(pool)
  }

  private static func remoteLinkPaths(_ pool: DeployedPool) -> [String] {
    guard let keys = pool.scenario.feedForward else { return [] }
    return (keys.bytesPerSecond == nil ? ["scale_out.bandwidth"] : [])
      + (keys.latencySeconds == nil ? ["scale_out.latency"] : [])
  }

  /// Measured curves of the layout's groups, or the links that stand in for them.
  private static func collectivePaths(_ pool: DeployedPool) -> [String] {
    let layout = pool.design.layout
    guard layout.accelerators > 1, pool.hardware.kind == .gpu else { return [] }
    let link = pool.hardware.scaleUp
    var groups: [(kind: CollectiveKind, ranks: Int)] = []
    if layout.tensor > 1 {
      groups += [(.allReduce, layout.tensor), (.allGather, layout.tensor)]
    }
    if layout.attentionData > 1, layout.expert == 1 {
      groups += [(.allGather, layout.ranksPerStage), (.reduceScatter, layout.ranksPerStage)]
    }
    let curves = groups.map { link.curve($0.kind, ranks: min($0.ranks, link.domain)) }
    var paths = curves.compactMap { $0.map { pool.hardware.path(of: $0) } }
    if layout.expert > 1 { paths += exchangePaths(of: "scale_up", link.expertExchange) }
    let stages = layout.pipeline > 1 && layout.accelerators <= link.domain
    if curves.contains(where: { $0 == nil }) || stages {
      paths += ["scale_up.bandwidth", "scale_up.latency"]
    }
    guard layout.accelerators > link.domain else { return paths }
    return paths + ["scale_out.bandwidth", "scale_out.latency"]
      + (layout.expert > 1
        ? exchangePaths(of: "scale_out", pool.hardware.scaleOut?.expertExchange) : [])
  }

  /// Of dispatch and combine: what was measured, else the link.
  private static func exchangePaths(of link: String, _ exchange: ExpertExchange?) -> [String] {
    guard exchange != nil else { return ["\(link).bandwidth"] }
    return ["\(link).expert_exchange.latency", "\(link).expert_exchange.bandwidth"]
  }

  /// The link between the pools, unless the scenario states it.
  private static func transferPaths(_ deployment: Deployment) -> [String] {
    guard let link = deployment.transfer?.link, link != .scenario else { return [] }
    let stated = deployment.scenario.transfer
    return (stated.bytesPerSecond == nil ? ["\(link.rawValue).bandwidth"] : [])
      + (stated.latencySeconds == nil ? ["\(link.rawValue).latency"] : [])
  }

  /// Settings of the engine that the scenario left as they are.
  private static func engine(_ deployment: Deployment) -> [Entry] {
    let pools = deployment.pools.map(\.scenario)
    let replaced = [
      "scheduler.policy": pools.allSatisfy { $0.policy != nil },
      "scheduler.token_budget": pools.allSatisfy { $0.tokenBudget != nil },
      "scheduler.maximum_sequences": pools.allSatisfy { $0.maximumSequences != nil },
      "scheduler.reserved_answer_share": pools.allSatisfy { $0.reservedAnswerShare != nil },
      "scheduler.overlap_batches": pools.allSatisfy { $0.overlapsBatches != nil },
      "memory.usable_fraction": pools.allSatisfy { $0.usableMemoryFraction != nil },
      "memory.reserved": pools.allSatisfy { $0.reservedMemoryBytes != nil },
      "memory.block_tokens": pools.allSatisfy { $0.blockTokens != nil },
      // Where nothing is shared the setting decides nothing.
      "memory.prefix_cache": pools.allSatisfy { $0.prefixCache != nil }
        || deployment.pools.allSatisfy { $0.prefixCache == nil },
      "memory.share_planned": deployment.pools.allSatisfy { $0.prefixCache == nil },
    ]
    return deployment.engine.settings.filter { replaced[$0.path] != true }.map { setting in
      Entry(
        from: "engine", path: setting.path, value: setting.text,
        status: setting.provenance.status.rawValue, source: setting.provenance.citation,
        behind: .performance)
    }
  }

  private static func energy(_ deployment: Deployment) -> [Entry] {
    let paths = [
      "accelerator.power.tdp", "accelerator.power.idle", "system.power_per_accelerator",
    ]
    let reachesFacility = deployment.pools.allSatisfy {
      $0.hardware.systemPowerPerAccelerator != nil
    }
    let assumptions = PowerShares.all.filter {
      reachesFacility || $0.name != PowerShares.usageEffectiveness.name
    }
    return entries(of: deployment, .energy) { _, _ in paths }
      + assumptions.map { assumption in
        Entry(
          from: "power model", path: assumption.name, value: assumption.value.description,
          status: assumption.provenance.status.rawValue, source: assumption.provenance.citation,
          behind: .energy)
      }
  }

  /// The figures of every machine that one of the pools rests on, machine after machine.
  private static func entries(
    of deployment: Deployment, _ part: Behind,
    at paths: (HardwareProfile, DeployedPool) -> [String]
  ) -> [Entry] {
    let used = deployment.pools.flatMap { pool in
      ([pool.hardware] + (pool.design.remoteFeedForward.map { [$0.hardware] } ?? []))
        .map { (machine: $0, paths: paths($0, pool)) }
    }
    let machines = used.map(\.machine).uniqued
    return machines.flatMap { machine in
      let rested = used.filter { $0.machine == machine }.flatMap(\.paths)
      return machine.provenances.filter { rested.contains($0.path) }.map { item in
        Entry(
          from: machines.count > 1 ? "hardware \(machine.name)" : "hardware", path: item.path,
          value: machine.words(at: item.path), status: item.provenance.status.rawValue,
          source: item.provenance.citation, behind: part)
      }
    }
  }
}

extension Deployment {
  /// The machines of all pools, those that do feed-forwards included, each once.
  package var machines: [HardwareProfile] {
    pools.flatMap { [$0.hardware] + ($0.design.remoteFeedForward.map { [$0.hardware] } ?? []) }
      .uniqued
  }
}

extension Array where Element: Equatable {
  /// Each element once, where it first stands.
  package var uniqued: [Element] {
    reduce(into: []) { list, element in
      if !list.contains(element) { list.append(element) }
    }
  }
}
