package import Units

/// A run in which requests are lost to failures again and again and none completes: it may never
/// end, and what it says of the few that might complete is nothing.
package struct Standstill: Equatable, Sendable {
  /// The last completion, or the beginning.
  package var since: SimTime
  package var now: SimTime
  /// Requests that failing replicas had since then, each as often as it was.
  package var interruptions: Int64
  /// Requests in the system.
  package var present: Int

  package var words: String {
    let since = NumberText.quantity(self.since.seconds, .seconds, digits: 3)
    let now = NumberText.quantity(self.now.seconds, .seconds, digits: 3)
    return "failures come faster than answers: from \(since) to \(now) "
      + "\(NumberText.grouped(interruptions)) requests were interrupted and none completed"
  }
}

/// Looks out for a standstill between slices of a run.
struct StandstillDetector {
  private var completed: Int64 = 0
  private var interrupted: Int64 = 0
  private var since = SimTime.zero

  /// Interruptions of each request in the system, and of however few, that are no bad luck.
  private static let perRequest = 100
  private static let least = 10_000

  /// - Parameter interrupted: retried and lost since the beginning.
  mutating func look(
    completed: Int64, interrupted: Int64, now: SimTime, present: () -> Int
  ) -> Standstill? {
    guard completed == self.completed else {
      self.completed = completed
      self.interrupted = interrupted
      since = now
      return nil
    }
    let count = interrupted - self.interrupted
    guard count >= Self.least else { return nil }
    let present = present()
    guard count >= Self.least + Self.perRequest * present else { return nil }
    return Standstill(since: since, now: now, interruptions: count, present: present)
  }
}
