package import Hardware
package import ModelArchitecture
package import OperatorCosts
package import ServingSimulation
internal import Workloads

/// A scenario with every name looked up and every default filled in: what will be simulated.
package struct Deployment: Sendable {
  package let scenario: Scenario
  package let architecture: Architecture
  package internal(set) var engine: EngineProfile
  /// The pools: one that serves, or the parts of a fleet, or one that prefills and one that
  /// decodes.
  package internal(set) var pools: [DeployedPool]
  /// The link between a pool that prefills and one that decodes; nil elsewhere.
  package internal(set) var transfer: DeployedTransfer?
  /// What others ask for the same tokens, where somebody wants to know.
  package let api: APIPrice?

  /// Accelerators deployed, over which every figure of one accelerator is taken.
  package var accelerators: Int { pools.reduce(0) { $0 + $1.accelerators } }

  /// The models that it serves, each once; several where parts of a fleet have their own.
  package var architectures: [Architecture] {
    pools.reduce(into: []) { found, pool in
      let own = pool.design.architecture
      if !found.contains(where: { $0.name == own.name }) { found.append(own) }
    }
  }

  /// The pool that writes the answers.
  package var decoding: DeployedPool { pools[pools.count - 1] }

  /// The files that it was read from, and names that might be files.
  package var inputFiles: [String] {
    let machines =
      scenario.pools.compactMap(\.hardware?.name)
      + scenario.pools.compactMap(\.feedForward?.hardware.name)
      + scenario.pools.compactMap(\.model?.name)
    let references = [scenario.model.name, scenario.engine.name] + machines
    return scenario.inputFiles
      + references.filter { $0.contains("/") || $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }
  }

  package func configuration(
    mode: SimulationConfiguration.Mode = .fastForward, keepsRecords: Bool = false
  ) -> SimulationConfiguration {
    SimulationConfiguration(
      pools: pools.map { configured($0) }, transfer: transfer?.transfer,
      workload: scenario.workload, objectives: scenario.objectives, seed: scenario.seed,
      mode: mode, keepsRecords: keepsRecords)
  }
}

extension Deployment {
  private func configured(_ pool: DeployedPool) -> PoolConfiguration {
    var configuration = pool.configuration
    guard let encoder = scenario.mediaEncoder, pool.role != .decode else { return configuration }
    configuration.encoding = scenario.workload.classes.map { item in
      guard let media = item.media else { return PartCost() }
      return encoder.cost(
        items: media.items, tokens: media.tokens, on: pool.hardware,
        ranks: pool.design.layout.tensor)
    }
    return configuration
  }
}

/// Replicas of one kind, on accelerators of one kind.
package final class DeployedPool: Sendable {
  package let name: String
  package let role: ReplicaRole
  package let replicas: Int
  package let routing: RoutingPolicy
  package let hardware: HardwareProfile
  package let design: ReplicaDesign
  /// How the memory of one accelerator is divided.
  package let memory: MemoryPlan
  package let limits: SchedulerLimits
  package let availability: Availability
  /// How prompts share what is cached; nil when that is off, or when none have anything in common.
  package let prefixCache: PrefixCacheSettings?
  package let frontEnd: FrontEnd
  /// Requests that the pool takes, where it is a part of a fleet.
  package let takes: RequestFilter
  /// The pool as the scenario writes it.
  package let scenario: ScenarioPool

  init(
    _ scenario: ScenarioPool, replicas: Int, routing: RoutingPolicy, hardware: HardwareProfile,
    design: ReplicaDesign, memory: MemoryPlan, limits: SchedulerLimits,
    availability: Availability, prefixCache: PrefixCacheSettings?, frontEnd: FrontEnd,
    takes: RequestFilter
  ) {
    (name, role) = (scenario.name, scenario.role)
    (self.replicas, self.routing) = (replicas, routing)
    (self.hardware, self.design) = (hardware, design)
    (self.memory, self.limits) = (memory, limits)
    (self.availability, self.prefixCache) = (availability, prefixCache)
    (self.frontEnd, self.takes) = (frontEnd, takes)
    self.scenario = scenario
  }

  /// Accelerators of one replica, the chips that do its feed-forwards apart.
  package var acceleratorsPerReplica: Int { design.layout.accelerators }
  /// Chips that do the feed-forwards of one replica.
  package var chipsPerReplica: Int { design.remoteFeedForward?.chips ?? 0 }
  /// Accelerators of all replicas, the chips that do feed-forwards included.
  package var accelerators: Int { replicas * (acceleratorsPerReplica + chipsPerReplica) }

  /// Machines of one replica: what does attention and all else, and the chips that do
  /// feed-forwards.
  package var machines: [(name: String, hardware: HardwareProfile, perReplica: Int)] {
    [(name, hardware, acceleratorsPerReplica)]
      + (design.remoteFeedForward.map { [("\(name) feed-forward", $0.hardware, $0.chips)] } ?? [])
  }

  var configuration: PoolConfiguration {
    PoolConfiguration(
      name: name, role: role, replicas: replicas, model: StepModel(design), limits: limits,
      capacity: CacheCapacity(memory), routing: routing, availability: availability,
      prefixCache: prefixCache, frontEnd: frontEnd, takes: takes)
  }
}
