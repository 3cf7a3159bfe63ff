package import ServingSimulation
internal import Units

extension Simulation {
  /// Events between two looks at who waits: few enough that Ctrl-C is answered at once, even one
  /// step an event.
  private static var slice: Int { 1_000 }

  /// The result when every request has ended.
  package consuming func toEnd(_ watch: RunWatch = RunWatch()) throws(RunFailure) -> RunSummary {
    try advance(to: .never, watch)
    guard !isOutOfTime else { throw .outOfTime }
    return finish()
  }

  /// Handles everything that happens before an instant.
  mutating func advance(to end: SimTime, _ watch: RunWatch) throws(RunFailure) {
    var standstill = StandstillDetector()
    while advance(events: Self.slice, before: end) {
      guard !watch.isCancelled() else { throw .cancelled }
      if let budget = watch.budget {
        budget.spend(events: Self.slice, replicas: replicaCount)
        guard !budget.isExhausted else { throw .outOfBudget }
      }
      let counts = counts
      if let found = standstill.look(
        completed: counts.completed, interrupted: counts.retried + counts.lost - counts.cancelled,
        now: now,
        present: { outstanding })
      {
        throw .noProgress(found)
      }
      // An endless process would go on for ever, a closed one at the same instant.
      if end < .never, servesNothing { throw .nothingServed(counts) }
      if end == .never { watch.progress(progress) }
      if watch.mostPresent < .max {
        let present = outstanding
        guard present <= watch.mostPresent else { throw .tooManyPresent(present) }
      }
    }
    if let traceFailure { throw .traceChanged(traceFailure) }
  }
}
