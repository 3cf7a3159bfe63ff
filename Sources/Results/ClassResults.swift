/// What became of the requests of one class, where a workload has several.
package struct ClassResults: Encodable, Equatable, Sendable {
  package var name = ""
  /// The lower goes first; absent where the engine takes requests as they come.
  package var priority: Int?
  package var completed: Int64 = 0
  /// Rejected, lost, or left by their clients.
  package var failed: Int64 = 0
  /// Requests of the class that their clients left; absent where all wait for ever.
  package var abandoned: Int64?
  /// Completed requests that lost their cache blocks at least once.
  package var preempted: Int64 = 0
  package var outputRate: Double?
  package var timeToFirstToken: RunResults.Spread?
  package var timePerOutputToken: RunResults.Spread?
  package var endToEnd: RunResults.Spread?
  /// Share of its requests that meet every objective; absent without objectives.
  package var attainment: Double?

  package init() {}

  package var ended: Int64 { completed + failed }
}
