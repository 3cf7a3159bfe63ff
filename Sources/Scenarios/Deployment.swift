package import Hardware
package import ModelArchitecture
package import OperatorCosts
package import ServingSimulation

/// A scenario with every name looked up and every default filled in: what will be simulated.
package struct Deployment: Sendable {
  package let scenario: Scenario
  package let architecture: Architecture
  package let hardware: HardwareProfile
  package let engine: EngineProfile
  package let design: ReplicaDesign
  package let memory: MemoryPlan
  package let limits: SchedulerLimits

  /// Accelerators deployed, over which every per-GPU figure is taken.
  package var accelerators: Int { design.layout.accelerators }

  /// The files that it was read from, and names that might be files.
  package var inputFiles: [String] {
    let references = [scenario.model, scenario.hardware, scenario.engine].map(\.name)
    return scenario.inputFiles
      + references.filter { $0.contains("/") || $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }
  }

  package func configuration(
    mode: SimulationConfiguration.Mode = .fastForward, keepsRecords: Bool = false
  ) -> SimulationConfiguration {
    SimulationConfiguration(
      model: StepModel(design), limits: limits, capacity: CacheCapacity(memory),
      workload: scenario.workload, objectives: scenario.objectives, seed: scenario.seed,
      mode: mode, keepsRecords: keepsRecords)
  }
}
