internal import Diagnostics
internal import Workloads

// Who asks: how urgent it is, and how long they wait.
extension WorkloadReader {
  /// From what nobody would notice to 30 days.
  private static let waits = 1e-6...2_592_000.0

  /// `patience` and `deadline`, beside a kind's lengths.
  func readClients(of map: ConfigMapping, into item: inout RequestClass) {
    let nodes = (map.optional("patience"), map.optional("deadline"))
    guard let node = nodes.0 ?? nodes.1 else { return }
    item.patience = Patience(
      firstToken: nodes.0.map { readPause($0, Self.waits).distribution },
      deadline: nodes.1.map { readPause($0, Self.waits).distribution })
    if item.strategy != nil {
      node.report(
        "two-strategies", "`\(node.path)` cannot be given together with `answering`",
        notes: ["a question whose client goes away would leave some of its calls behind"],
        hint: "leave out one of them")
    }
    if let node = nodes.0, item.answersNothing {
      node.report(
        "no-answer", "`\(node.path)` is of first tokens, and no request writes any",
        hint: "set `deadline` instead")
    }
    if case .fixed(let wait)? = item.patience?.firstToken,
      case .fixed(let deadline)? = item.patience?.deadline, wait >= deadline, let node = nodes.0
    {
      node.report(
        "out-of-range", "`\(node.path)` is not below `deadline`, which comes first",
        hint: "leave one of them out")
    }
  }

  static func readPriority(_ node: ConfigNode) -> Int32 {
    Int32(node.integer(in: 0...1_000_000))
  }
}
