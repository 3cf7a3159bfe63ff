package import OperatorCosts
package import ServingSimulation

/// Most tests have one pool: its settings without the detour.
extension SimulationConfiguration {
  package var model: StepModel {
    get { pools[0].model }
    set { pools[0].model = newValue }
  }
  package var limits: SchedulerLimits {
    get { pools[0].limits }
    set { pools[0].limits = newValue }
  }
  package var capacity: CacheCapacity {
    get { pools[0].capacity }
    set { pools[0].capacity = newValue }
  }
}

extension RunSummary {
  package var work: PartCost { pools[0].work }
  package var largestBatch: Int64 { pools[0].largestBatch }
}
