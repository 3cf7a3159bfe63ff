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
    let counts = replicas
    guard let few = counts.min(), few > Self.enoughReplicas else { return nil }
    // In their proportion, to within what a whole number of the others is off by.
    return (
      with(replicas: counts.map { $0 * Self.enoughReplicas / few }),
      Double(Self.enoughReplicas) / Double(few)
    )
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
