package import OperatorCosts
package import Workloads

/// Everything one simulation needs, with no file, price or format in it.
package struct SimulationConfiguration: Sendable {
  package enum Mode: String, CaseIterable, Sendable {
    /// Undisturbed decode steps are advanced in closed form.
    case fastForward = "fast-forward"
    /// Every step is an event of its own: slower, and the proof of the other.
    case stepwise
  }

  package var model: StepModel
  package var limits: SchedulerLimits
  package var capacity: CacheCapacity
  package var workload: Workload
  package var objectives: Objectives
  package var seed: UInt64
  package var mode: Mode
  /// Keeps a record of every request: for tests and exports, not for ten million requests.
  package var keepsRecords: Bool

  package init(
    model: StepModel, limits: SchedulerLimits, capacity: CacheCapacity, workload: Workload,
    objectives: Objectives = Objectives(), seed: UInt64 = 1, mode: Mode = .fastForward,
    keepsRecords: Bool = false
  ) {
    self.model = model
    self.limits = limits
    self.capacity = capacity
    self.workload = workload
    self.objectives = objectives
    self.seed = seed
    self.mode = mode
    self.keepsRecords = keepsRecords
  }
}
