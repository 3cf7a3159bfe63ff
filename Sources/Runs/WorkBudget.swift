/// How much simulating a search may do in all, whatever it tries.
///
/// It is counted in events, not in seconds, so that the same question ends at the same place on
/// every computer. An event of a large fleet counts for more, because a router looks at every
/// replica, and so does setting one up.
package final class WorkBudget {
  /// Events that take one core some minutes; a search of one machine mostly takes a hundredth of
  /// it.
  package static let usual = 2_000_000_000

  package let limit: Int
  package private(set) var spent = 0

  package init(_ limit: Int = WorkBudget.usual) { self.limit = limit }

  package var left: Int { limit - spent }
  package var isExhausted: Bool { left <= 0 }

  /// Replicas that take as long to look at as an event does otherwise.
  private static let replicasPerEvent = 512

  /// What was simulated elsewhere on its account.
  package func charge(_ events: Int) { spent += events }

  func spend(events: Int, replicas: Int) {
    spent += events * (1 + replicas / Self.replicasPerEvent)
  }
}
