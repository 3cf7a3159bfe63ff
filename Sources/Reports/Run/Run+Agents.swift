internal import Rendering
internal import Results

// What agents' conversations take beside their turns.
extension RunFindings {
  var agents: Section {
    Section("Agents") {
      if let detours = results.detours { Part.facts(Self.facts(of: detours)) }
    }
  }

  private static func facts(of detours: DetourResults) -> [Fact] {
    [
      Fact("contexts summed up", Words.count(detours.compactions)),
      Fact("tools that failed", Words.count(detours.toolRetries)),
      Fact(
        "both took",
        "\(Words.percent(detours.prefilledShare)) of the computed prompt tokens, "
          + "\(Words.percent(detours.outputShare)) of the written ones"),
    ]
  }
}
