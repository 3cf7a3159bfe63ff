internal import Diagnostics
internal import Units
internal import Workloads

// What agents' conversations are like: tools side by side, tools that fail, contexts summed up.
extension WorkloadReader {
  private static let tools = 1...1_000
  /// One in ten that work is the least: a conversation whose tools always fail has no end.
  private static let failures = 0...0.9

  /// The keys of `sessions` beside turns and pauses.
  func readAgents(_ map: ConfigMapping, into sessions: inout Sessions) {
    sessions.tools = map.optional("tools")?.integer(in: Self.tools) ?? 1
    if let failures = map.optional("failures")?.mapping() {
      sessions.failures = ToolFailures(
        share: failures.required("share")?.number(.within(Self.failures)) ?? 0,
        input: readLength(failures.required("input"), WorkloadLimits.lengths))
      failures.finish()
    }
    guard let node = map.optional("compaction") else { return }
    let compaction = node.mapping()
    let found = Compaction(
      at: compaction.required("at")?.integer(in: WorkloadLimits.lengths) ?? 1,
      instruction: compaction.optional("instruction")?.integer(in: 0...WorkloadLimits.longest) ?? 0,
      summary: readLength(compaction.required("summary"), WorkloadLimits.lengths))
    compaction.finish()
    sessions.compaction = found
    guard found.summary.longest >= found.at else { return }
    node.report(
      "out-of-range",
      "a summary of `\(node.path)` may be as long as what it sums up: "
        + "\(NumberText.grouped(found.summary.longest)) of \(NumberText.grouped(found.at)) tokens",
      hint: "raise `at`, or cut `summary` with a `maximum`")
  }
}
