internal import Units
internal import Workloads

/// What a request passes before a scheduler sees it: the server that takes requests, cuts prompts
/// into tokens and hands them to the engine, and the way of the answer back.
///
///     ready = max(arrival, free) + a + b · n + d        free = ready - d
///
/// - free: when the server has done with the requests before     - n: prompt tokens
/// - a [s], b [s]: of one request and one prompt token, one request at a time
/// - d [s]: under way, while the server does something else; the answer's way back is in it, since
///   a client cannot tell the two
///
/// A replica has one such server. Requests that come at the same instant therefore reach the
/// scheduler one after the other, and are not all in the first step's batch. What can never fit is
/// refused before it and takes none of its time.
/// Check: a = 1 ms, b = 0.1 ms, d = 0.5 ms; 10 and 20 tokens at once: 2.5 and 5.5 ms
/// (`EngineTimingTests.requestsOfOneInstantPassTheFrontEndInTurn`).
package struct FrontEnd: Equatable, Sendable {
  package var secondsPerRequest: Double
  package var secondsPerPromptToken: Double
  package var delaySeconds: Double

  package init(secondsPerRequest: Double, secondsPerPromptToken: Double, delaySeconds: Double) {
    self.secondsPerRequest = secondsPerRequest
    self.secondsPerPromptToken = secondsPerPromptToken
    self.delaySeconds = delaySeconds
  }

  package static let none = FrontEnd(
    secondsPerRequest: 0, secondsPerPromptToken: 0, delaySeconds: 0)
}

/// The servers of a pool, each taking the next request that has come.
struct FrontEndQueue {
  private let frontEnd: FrontEnd
  /// When each server is free again [ns].
  private var free: [Int64]

  init(_ frontEnd: FrontEnd, servers: Int) {
    self.frontEnd = frontEnd
    free = [Int64](repeating: 0, count: servers)
  }

  /// Whether requests pass it at once.
  var isNone: Bool { frontEnd == .none }

  /// When a request that arrives now is ready to be scheduled.
  mutating func pass(_ request: Request) -> SimTime {
    var server = 0
    for other in free.indices where free[other] < free[server] { server = other }
    let seconds =
      frontEnd.secondsPerRequest
      + frontEnd.secondsPerPromptToken * Double(request.inputTokens)
    free[server] =
      max(free[server], request.arrival.nanoseconds) + SimDuration(seconds: seconds).nanoseconds
    return SimTime(nanoseconds: free[server]) + SimDuration(seconds: frontEnd.delaySeconds)
  }
}
