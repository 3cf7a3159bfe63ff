internal import Requirements
internal import Units

// What conversations find of what they have said, and what agents take beside their turns.
extension RunFigures {
  private static let noTurns = RunFigure.Absence.ofNothing(
    "no conversation has a second turn")
  private static let noDetours = RunFigure.Absence.ofNothing(
    "no context was summed up, and no tool failed")

  static let conversations = [
    RunFigure(
      "turns.repeated", "of what was said before, computed again", nil, .less,
      column: "turns_repeated_share", isShare: true, absent: noTurns
    ) { $0.conversations.flatMap { $0.said > 0 ? $0.repeatedShare : nil } },
    RunFigure(
      "turns.held", "of the cache, held for turns to come", nil, .less, column: "turns_held_share",
      isShare: true,
      absent: .ofNothing("no cache is pinned between turns: `workload.between_turns`")
    ) { $0.conversations?.leases?.cacheShare },
    RunFigure(
      "turns.pause", "from an answer to the next turn", .seconds, .less, column: "turns_pause_s",
      absent: noTurns
    ) { $0.conversations?.pauseSeconds },
    RunFigure(
      "detours.compactions", "contexts summed up", nil, .less, column: "detours_compactions",
      .count(instead: "detours.output"), absent: noDetours
    ) { $0.detours.map { Double($0.compactions) } },
    RunFigure(
      "detours.failures", "tools that failed", nil, .less, column: "detours_tool_failures",
      .count(instead: "detours.input"), absent: noDetours
    ) { $0.detours.map { Double($0.toolRetries) } },
    RunFigure(
      "detours.input", "computed prompt tokens that are no turn's", nil, .less,
      column: "detours_input_share", isShare: true, absent: noDetours
    ) { $0.detours?.prefilledShare },
    RunFigure(
      "detours.output", "written tokens that are no turn's", nil, .less,
      column: "detours_output_share", isShare: true, absent: noDetours
    ) { $0.detours?.outputShare },
  ]
}
