internal import Diagnostics
internal import Units
internal import Workloads

// Questions that several calls answer.
extension WorkloadReader {
  private enum Kind: String, CaseIterable {
    case vote, best, revision, debate, tree, batch

    /// What papers and engines call them.
    static let otherNames: [String: Kind] = [
      "self-consistency": .vote, "majority": .vote, "cons": .vote,
      "best-of-n": .best, "bon": .best, "verifier": .best, "rerank": .best,
      "self-refine": .revision, "reflexion": .revision, "sequential": .revision,
      "multi-agent": .debate, "mcts": .tree, "beam": .tree, "beam-search": .tree,
      "tree-search": .tree, "tree-of-thoughts": .tree,
    ]
  }

  private enum Limits {
    static let samples = 1...10_000
    static let agents = 1...1_000
    static let rounds = 1...1_000
    static let mostCalls = 100_000
    /// Most calls of one round.
    static let mostAtOnce = 16_384
    /// A verdict of no tokens is the score of a reward model.
    static let verdicts = 0...WorkloadLimits.longest
  }

  /// `answering`: the strategy of a class, and what is published of it.
  func readAnswering(_ node: ConfigNode, into item: inout RequestClass) {
    let map = node.mapping()
    let kind =
      map.required("strategy")?
      .choice(Kind.self, default: .vote, otherNames: Kind.otherNames) ?? .vote
    let strategy: Strategy =
      switch kind {
      case .vote: .vote(readVote(map))
      case .best:
        .best(
          Strategy.Best(
            samples: map.required("samples")?.integer(in: Limits.samples) ?? 1,
            verdict: map.required("verdict")?.integer(in: Limits.verdicts) ?? 1,
            instruction: map.optional("instruction")?.integer(in: 0...WorkloadLimits.longest) ?? 0))
      case .revision:
        .debate(
          agents: 1, rounds: map.required("rounds")?.integer(in: Limits.rounds) ?? 1)
      case .debate:
        .debate(
          agents: map.required("agents")?.integer(in: Limits.agents) ?? 1,
          rounds: map.required("rounds")?.integer(in: Limits.rounds) ?? 1)
      case .tree: .tree(readTree(map))
      case .batch:
        .batch(
          Strategy.Batch(
            texts: map.required("texts")?.integer(in: Limits.samples) ?? 1,
            text: readLength(map.required("text"), WorkloadLimits.lengths)))
      }
    item.strategy = strategy
    if let accuracy = map.optional("accuracy") { readAccuracy(accuracy, strategy, into: &item) }
    map.finish()
    checkCalls(of: strategy, at: node)
    if item.answersNothing, kind != .batch {
      node.report(
        "no-answer", "a question without an answer is not answered by `\(kind.rawValue)`",
        hint: "set `output` to 1 or more, or `strategy` to `batch`")
    }
    if item.sessions != nil {
      node.report(
        "two-strategies", "`\(node.path)` cannot be given together with `sessions`",
        notes: ["each turn of a conversation is a request of one call"],
        hint: "leave out one of them")
    }
    if item.cachedShare != nil {
      node.report(
        "two-caches", "`\(node.path)` cannot be given together with `cached_share`",
        notes: ["what the calls of a question share is looked up in the cache"],
        hint: "leave out `cached_share`")
    }
  }

  private func checkCalls(of strategy: Strategy, at node: ConfigNode) {
    if strategy.calls > Limits.mostCalls {
      node.report(
        "out-of-range",
        "a question makes more than \(NumberText.grouped(Limits.mostCalls)) calls: "
          + NumberText.grouped(strategy.calls))
    }
    if strategy.callsAtOnce > Limits.mostAtOnce {
      node.report(
        "out-of-range",
        "a round has more than \(NumberText.grouped(Limits.mostAtOnce)) calls: "
          + NumberText.grouped(strategy.callsAtOnce))
    }
  }

  private func readVote(_ map: ConfigMapping) -> Strategy.Vote {
    let samples = map.required("samples")?.integer(in: Limits.samples) ?? 1
    let atOnce = map.optional("at_once")?.integer(in: 1...samples)
    let share = map.optional("agreement")?.number(.within(0...1))
    let others = map.optional("other_answers")
    if let others, share == nil {
      others.report(
        "missing-key", "`\(others.path)` says nothing without `agreement`",
        hint: "say how often a sample gives the most common answer: `agreement: 0.6`")
    }
    return Strategy.Vote(
      samples: samples, atOnce: atOnce,
      agreement: share.map {
        Strategy.Agreement(share: $0, others: others?.integer(in: 1...1_000_000) ?? 4)
      })
  }

  private func readTree(_ map: ConfigMapping) -> Strategy.Tree {
    Strategy.Tree(
      width: map.required("width")?.integer(in: Limits.agents) ?? 1,
      branches: map.required("branches")?.integer(in: Limits.agents) ?? 1,
      depth: map.required("depth")?.integer(in: Limits.rounds) ?? 1,
      verdict: map.required("verdict")?.integer(in: Limits.verdicts) ?? 1)
  }
}
