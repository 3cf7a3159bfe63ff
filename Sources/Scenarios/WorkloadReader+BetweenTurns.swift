internal import Diagnostics
internal import Units
internal import Workloads

// What becomes of a conversation's cache while its tools run, or its user thinks.
extension WorkloadReader {
  /// From what no tool could take to 30 days.
  private static let leases = 1e-3...2_592_000.0

  private enum Choice: String, CaseIterable {
    case kept, pinned, offloaded, dropped
  }

  /// `between_turns`, beside `sessions` or the trace that has them.
  ///
  /// - Parameter trace: whose conversations they are; nil where they are drawn.
  func readBetweenTurns(_ node: ConfigNode, of trace: Trace? = nil, into item: inout RequestClass) {
    guard item.sessions != nil || trace != nil else {
      node.report(
        "no-sessions", "`\(node.path)` is of conversations, and there are none",
        hint: "say `sessions: {turns: 8, think_time: 5 s}` beside it, or leave it out")
      return
    }
    guard !node.isMapping else {
      let map = node.mapping()
      let time = map.required("pinned")?.quantity(.seconds, .within(Self.leases)) ?? 1
      map.finish()
      item.betweenTurns = .pinned(SimDuration(seconds: time))
      if let trace { checkRecorded(trace, "pinned", at: node) }
      return
    }
    let choice = node.choice(Choice.self, default: .kept)
    switch choice {
    case .kept: return
    case .pinned:
      node.report(
        "no-time", "`\(node.path)` does not say for how long caches are pinned",
        hint: "set it to `{pinned: 30 s}`")
      return
    case .offloaded: item.betweenTurns = .offloaded
    case .dropped: item.betweenTurns = .dropped
    }
    if let trace { checkRecorded(trace, choice.rawValue, at: node) }
  }

  /// Nobody knows which blocks of a recorded prompt other conversations need.
  private func checkRecorded(_ trace: Trace, _ choice: String, at node: ConfigNode) {
    if trace.blockTokens == nil {
      node.report(
        "no-ids", "`\(node.path)` holds nothing: the trace does not say which prompts begin alike",
        hint: "leave it out, or state the share of tokens that hit a cache: `cached_share`")
    } else if choice != "pinned" {
      node.report(
        "recorded-texts",
        "`\(node.path)` cannot be `\(choice)` with a trace: which blocks of a prompt are of no "
          + "other conversation is not recorded",
        hint: choice == "dropped"
          ? "set `prefix_cache` to `false`: then nothing is kept"
          : "set `prefix_cache: {host_memory: 500 GB}`: what has no room goes there")
    }
  }
}
