/// Which replica of a pool gets a request. Ties go to the replica after the last one chosen, so
/// that idle replicas take turns.
package enum RoutingPolicy: String, CaseIterable, Sendable {
  /// Replicas take requests one after the other.
  case roundRobin = "round-robin"
  /// Fewest requests that are not finished.
  case leastRequests = "least-requests"
  /// Fewest prompt and answer tokens of requests that are not finished.
  case leastTokens = "least-tokens"
  /// Fewest cache blocks in use.
  case leastCache = "least-cache"
  /// Sends all requests of a session to one replica; requests without one by round robin.
  case session
  /// Sends a request to the replica that was sent most of its prompt's beginning before, while
  /// loads are even.
  case prefix
}
