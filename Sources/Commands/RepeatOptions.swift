internal import ArgumentParser
internal import Documents
internal import Outcomes
internal import ParallelRuns
internal import Runs
internal import Scenarios

/// Repeats a run with other seeds, on all processors.
struct RepeatOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Simulate with so many seeds: mean and spread of every figure.", valueName: "number"))
  var repeats = 1

  func validate() throws {
    guard (1...1_000).contains(repeats) else {
      throw ValidationError("'--repeats' must be from 1 to 1000: \(repeats)")
    }
  }

  /// Nil where nobody asks.
  ///
  /// - Throws: `Interruption`, and the first failure of a run.
  func report(
    _ first: Outcome, asking question: OutcomeQuestion, from catalogues: Catalogues
  ) throws -> RepeatReport? {
    guard repeats > 1 else { return nil }
    var question = question
    // The deployment stays, and what it can serve.
    question.capacity = first.load.capacity
    question.keepsHistory = false
    question.timelineEvents = nil
    let scenario = first.deployment.scenario
    let asked = question
    Interrupts.beginPolling()
    defer { Interrupts.endPolling() }
    let others = ParallelCases.map(Array(1..<UInt64(repeats)), jobs: ProcessorCount.online) {
      offset in
      Result {
        var changed = scenario
        changed.seed = scenario.seed &+ offset
        return try Outcome.simulate(
          try Deployment(changed, from: catalogues), asked,
          RunWatch(isCancelled: { Interrupts.isRequested }))
      }
    }
    try Interrupts.check()
    let outcomes = [first] + (try others.map { try $0.get() })
    let broken = outcomes.flatMap(\.brokenLaws)
    try BrokenLaws.check(broken, reproduction: "--seed \(scenario.seed)")
    return RepeatReport(outcomes)
  }
}
