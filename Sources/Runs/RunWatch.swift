package import ServingSimulation
package import Workloads

/// Who waits for a run: asked all along whether it is still wanted, told how far it is.
package struct RunWatch {
  package var isCancelled: () -> Bool
  /// Share of the work that is done, 0...1, as far as anybody can know.
  package var progress: (Double) -> Void
  /// Requests in the system at a time with which a run is given up: this computer holds no more.
  package var mostPresent: Int
  /// What it may take together with other runs; nil for as much as it takes.
  package var budget: WorkBudget?

  package init(
    isCancelled: @escaping () -> Bool = { false }, progress: @escaping (Double) -> Void = { _ in },
    mostPresent: Int = .max, budget: WorkBudget? = nil
  ) {
    self.isCancelled = isCancelled
    self.progress = progress
    self.mostPresent = mostPresent
    self.budget = budget
  }
}

/// Why a run has no result.
package enum RunFailure: Error, Equatable, Sendable {
  case cancelled
  /// It goes beyond what simulated time can hold.
  case outOfTime
  /// Every request is refused.
  case nothingServed(RunCounts)
  /// The search that it belongs to has simulated as much as it may.
  case outOfBudget
  /// Requests are interrupted again and again, and none of them ends.
  case noProgress(Standstill)
  /// More requests are in the system at once than were allowed.
  case tooManyPresent(Int)
  /// The trace that it replays is not what it was.
  case traceChanged(TraceFailure)
}
