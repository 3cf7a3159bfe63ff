internal import Scenarios
internal import Workloads

extension Candidate {
  /// Replicas that a search simulates of more than these: a request that has the choice between so
  /// many finds a free one as it would among all, and what is left of the difference makes the part
  /// a little slower than the whole.
  private static let enoughReplicas = 16

  /// A part of a large fleet of replicas that do not depend on each other, and its share of the
  /// load; nil where all of it is needed. Turns of a conversation and calls of a question go where
  /// their texts are, whatever else there is.
  func part(of scenario: Scenario) -> (candidate: Candidate, share: Double)? {
    guard scenario.workload.isJudgedSteady, scenario.workload.sharesNoTexts,
      scenario.pools.allSatisfy({ $0.availability == nil })
    else { return nil }
    var smaller = self
    switch shape {
    case .together(var part):
      guard part.replicas > Self.enoughReplicas else { return nil }
      let share = Double(Self.enoughReplicas) / Double(part.replicas)
      part.replicas = Self.enoughReplicas
      smaller.shape = .together(part)
      return (smaller, share)
    case .apart(var prefill, var decode):
      // In their proportion, to within what a whole number of the others is off by.
      let few = min(prefill.replicas, decode.replicas)
      guard few > Self.enoughReplicas else { return nil }
      let share = Double(Self.enoughReplicas) / Double(few)
      func part(_ count: Int) -> Int { Int((Double(count) * share).rounded(.down)) }
      (prefill.replicas, decode.replicas) = (part(prefill.replicas), part(decode.replicas))
      smaller.shape = .apart(prefill: prefill, decode: decode)
      return (smaller, share)
    }
  }
}

extension Workload {
  /// Whether no request has anything in common with another that a replica could keep.
  var sharesNothing: Bool {
    sharesNoTexts && !classes.contains { $0.sessions != nil || $0.strategy != nil }
  }

  /// Whether conversations and questions have nothing in common that a replica could keep.
  fileprivate var sharesNoTexts: Bool {
    recorded?.blockTokens == nil && !classes.contains { $0.sharedPrefix != nil }
  }
}
