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
    // A run that is looked at often may have less than a slice between two looks.
    guard !watch.isCancelled() else { throw .cancelled }
    while try advance(before: end, spending: watch.budget) {
      guard !watch.isCancelled() else { throw .cancelled }
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

  /// Handles a slice of events, and pays for those that there are: a run that is looked at often
  /// has few of them between two looks.
  private mutating func advance(
    before end: SimTime, spending budget: WorkBudget?
  ) throws(RunFailure) -> Bool {
    let before = handledEvents
    let goesOn = advance(events: Self.slice, before: end)
    if let budget {
      budget.spend(events: handledEvents - before, replicas: replicaCount)
      guard !budget.isExhausted else { throw .outOfBudget }
    }
    return goesOn
  }
}
