internal import BasicContainers
internal import DequeModule
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
/// refused before it and takes none of its time. Answers that are asked for together (`n` of the
/// API) are one request here, whose prompt is cut once: they are ready with the first of them (vLLM
/// 0.11 `AsyncLLM.add_request`, SGLang 0.5 `TokenizerManager`).
/// Check: a = 1 ms, b = 0.1 ms, d = 0.5 ms; 10 and 20 tokens at once: 2.5 and 5.5 ms
/// (`EngineTimingTests.requestsOfOneInstantPassTheFrontEndInTurn`); three answers to 10 tokens: all
/// at 2.5 ms (`StrategyTests.answersAskedForTogetherPassTheFrontEndOnce`).
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

/// The servers of a pool, each taking the next request that has come, and the requests they have.
struct FrontEndQueue: ~Copyable {
  // Not private: the queue is destroyed in another file, where Swift 6.3 does not find it then.
  struct Entry {
    let ready: Int64
    let request: Request
  }

  private let secondsPerRequest: Double
  private let secondsPerPromptToken: Double
  private let delay: SimDuration
  /// When each server is free again [ns].
  private var free: UniqueArray<Int64>
  /// By when they are ready. That is nearly the order in which they come, so they need no heap.
  private var entries = UniqueDeque<Entry>()
  /// The call that came last: its question, when it came, and when it is ready [ns].
  private var last = (question: Int32(-1), arrival: SimTime.zero, ready: Int64(0))
  /// When the next one is ready to be scheduled; `.max` when there is none [ns].
  private(set) var next = Int64.max

  init(_ frontEnd: FrontEnd, servers: Int) {
    secondsPerRequest = frontEnd.secondsPerRequest
    secondsPerPromptToken = frontEnd.secondsPerPromptToken
    delay = SimDuration(seconds: frontEnd.delaySeconds)
    free = UniqueArray(repeating: 0, count: servers)
  }

  /// Takes a request that arrives now.
  mutating func enter(_ request: Request) {
    // The first of them may have been refused, where it alone was too long.
    if request.course.kind == .furtherAnswer, request.session == last.question,
      request.arrival == last.arrival
    {
      return enter(request, readyAt: last.ready)
    }
    var server = 0
    for other in 1..<free.count where free[other] < free[server] { server = other }
    let seconds = secondsPerRequest + secondsPerPromptToken * Double(request.inputTokens)
    free[server] =
      max(free[server], request.arrival.nanoseconds) + SimDuration(seconds: seconds).nanoseconds
    let ready = free[server] + delay.nanoseconds
    last = (request.session, request.arrival, ready)
    enter(request, readyAt: ready)
  }

  private mutating func enter(_ request: Request, readyAt ready: Int64) {
    // Every other server may have one longer prompt that is ready later.
    var position = entries.count
    while position > 0, entries[position - 1].ready > ready { position -= 1 }
    entries.insert(Entry(ready: ready, request: request), at: position)
    if position == 0 { next = ready }
  }

  /// Hands over the next request, which must be there.
  mutating func leave() -> Request {
    let request = entries.removeFirst().request
    next = entries.isEmpty ? .max : entries[0].ready
    return request
  }
}
