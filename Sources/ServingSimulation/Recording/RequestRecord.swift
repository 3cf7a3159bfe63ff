package import Units
package import Workloads

/// What happened to one request, at the instants a client would see.
package struct RequestRecord: Equatable, Sendable {
  package var request: Request
  /// Time at which the request first entered a step.
  package var scheduled: SimTime
  /// The finish where nothing is written.
  package var firstToken: SimTime
  /// The first token after the thinking; the first token when there is none.
  package var firstAnswer: SimTime
  package var finish: SimTime
  package var preemptions: Int32

  package init(
    request: Request, scheduled: SimTime, firstToken: SimTime, firstAnswer: SimTime,
    finish: SimTime, preemptions: Int32
  ) {
    self.request = request
    self.scheduled = scheduled
    self.firstToken = firstToken
    self.firstAnswer = firstAnswer
    self.finish = finish
    self.preemptions = preemptions
  }

  /// Arrival, schedule, first token, first answer token, finish.
  package var isInOrder: Bool {
    // By their numbers: `<=` of times is reached through a witness table.
    request.arrival.nanoseconds <= scheduled.nanoseconds
      && scheduled.nanoseconds <= firstToken.nanoseconds
      && firstToken.nanoseconds <= firstAnswer.nanoseconds
      && firstAnswer.nanoseconds <= finish.nanoseconds && !finish.isNever
  }

  /// First token minus arrival, queueing included.
  package var timeToFirstToken: SimDuration { firstToken - request.arrival }

  /// First answer token minus arrival: what a reader waits when the thinking is hidden.
  package var timeToFirstAnswerToken: SimDuration { firstAnswer - request.arrival }

  package var endToEndLatency: SimDuration { finish - request.arrival }

  /// (finish - first token) / (output tokens - 1) in nanoseconds; nil for a one-token answer.
  package var timePerOutputTokenNanoseconds: Double? {
    guard request.outputTokens > 1 else { return nil }
    return Double((finish - firstToken).nanoseconds) / Double(request.outputTokens - 1)
  }
}
