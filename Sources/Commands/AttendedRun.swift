internal import Diagnostics
internal import Outcomes
internal import Runs
internal import Scenarios
internal import ServingSimulation
internal import Workloads

/// A run that somebody waits for: with a bar, an ear for Ctrl-C and an eye on this computer's
/// memory.
struct AttendedRun {
  let scenario: Scenario

  /// - Parameter unit: what the progress is of.
  /// - Throws: `InvalidInput` when it cannot be simulated here, `NoFeasibleDeployment` when every
  ///   request is refused, `Interruption`.
  func simulate<Result>(
    _ deployment: Deployment, within budget: WorkBudget? = nil,
    counting unit: StaticString = "requests",
    _ run: (RunWatch) throws -> Result
  ) throws -> Result {
    var bar = ProgressBar(isEnabled: StandardStreams.errorIsTerminal)
    defer { bar.finish() }
    let memory = MemoryCheck(workload: scenario.workload, file: scenario.file)
    try memory.checkBefore()
    Interrupts.beginPolling()
    defer { Interrupts.endPolling() }
    let watch = RunWatch(
      isCancelled: { Interrupts.isRequested },
      progress: { bar.update($0, of: scenario.workload.requests, unit) },
      mostPresent: memory.mostPresent, budget: budget)
    do {
      return try run(watch)
    } catch let failure as RunFailure {
      switch failure {
      case .cancelled: throw Interruption()
      case .outOfTime: throw outOfTime
      case .noProgress(let standstill): throw noProgress(standstill)
      case .outOfBudget: preconditionFailure("a search says itself what it has tried")
      case .traceChanged(let failure): throw InvalidInput(failure.diagnostic)
      case .nothingServed(let counts): throw nothingServed(counts, deployment)
      case .tooManyPresent(let count):
        try memory.check(count)
        throw outOfTime
      }
    }
  }

  private func nothingServed(
    _ counts: RunCounts, _ deployment: Deployment
  ) -> NoFeasibleDeployment {
    NoFeasibleDeployment([
      Diagnostic(
        code: "run/nothing-served",
        "nothing is served: \(counts.refusalWords(of: deployment))",
        at: SourceLocation(file: scenario.file), path: counts.refusalPath,
        hint: counts.refusalRemedy(of: deployment))
    ])
  }

  private func noProgress(_ standstill: Standstill) -> NoFeasibleDeployment {
    NoFeasibleDeployment([
      Diagnostic(
        code: "run/no-progress", standstill.words,
        at: SourceLocation(file: scenario.file), path: "availability",
        hint: "raise `availability.mean_time_between_failures`, or shorten `workload.output`")
    ])
  }

  private var outOfTime: InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "scenario/too-long", "the run takes more than 146 years of simulated time",
        at: SourceLocation(file: scenario.file), path: "workload",
        hint: "lower `workload.requests`, or look for what is slow: `windtunnel explain`"))
  }
}
