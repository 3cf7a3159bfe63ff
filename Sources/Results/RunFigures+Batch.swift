internal import Requirements
internal import Units

// What becomes of work that nobody waits for.
extension RunFigures {
  private static let none = RunFigure.Absence.ofNothing(
    "the scenario has no `workload.batch`, or none of its windows closes in the run")

  static let batch = [
    RunFigure(
      "batch.done", "of a window's batch, done", nil, .more, column: "batch_done_share",
      isShare: true,
      absent: none
    ) { $0.batchWork?.share },
    RunFigure(
      "batch.finish", "from a window's opening to its last answer", .seconds, .less,
      column: "batch_finish_s", absent: .ofNothing("in no window all of the batch is done")
    ) { $0.batchWork?.finishSeconds },
  ]
}
