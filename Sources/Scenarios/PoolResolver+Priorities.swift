internal import ServingSimulation
internal import Workloads

/// In which order waiting requests are admitted.
package enum RequestOrder: String, CaseIterable, Sendable {
  case arrival, priority
}

extension PoolResolver {
  /// By class where classes differ, unless the scenario says that the engine does not look.
  var priorities: PriorityOrder? {
    let workload = scenario.workload
    guard workload.hasPriorities, pool.order != .arrival else { return nil }
    return PriorityOrder(
      ofClasses: workload.classes.map(\.priority),
      margin: engine.preemptsRunning ? Int32(engine.preemptionMargin) : nil)
  }
}
