internal import Scenarios
internal import Workloads

extension Candidate {
  /// Replicas that a search simulates of more than these: a request that has the choice between so
  /// many finds a free one as it would among all, and what is left of the difference makes the part
  /// a little slower than the whole.
  private static let enoughReplicas = 16

  /// A part of a large fleet of replicas that do not depend on each other, and its share of the
  /// load; nil where all of it is needed.
  func part(of scenario: Scenario) -> (candidate: Candidate, share: Double)? {
    guard case .together(var part) = shape, part.replicas > Self.enoughReplicas,
      scenario.workload.isJudgedSteady, scenario.workload.sharesNothing,
      scenario.pools.allSatisfy({ $0.availability == nil })
    else { return nil }
    let share = Double(Self.enoughReplicas) / Double(part.replicas)
    part.replicas = Self.enoughReplicas
    var smaller = self
    smaller.shape = .together(part)
    return (smaller, share)
  }
}

extension Workload {
  /// Whether no request has anything in common with another that a replica could keep.
  fileprivate var sharesNothing: Bool {
    recorded?.blockTokens == nil
      && !classes.contains {
        $0.sharedPrefix != nil || $0.sessions != nil || $0.strategy != nil
      }
  }
}
