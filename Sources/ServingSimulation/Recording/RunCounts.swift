/// What a run counts, all of it from the start: the difference of two moments is what happened in
/// between.
package struct RunCounts: Equatable, Sendable {
  // Requests
  package internal(set) var arrived: Int64 = 0
  package internal(set) var completed: Int64 = 0
  package internal(set) var rejected: Int64 = 0
  /// Rejected requests that are longer than the engine's longest context; the others are larger
  /// than a cache.
  package internal(set) var tooLong: Int64 = 0
  /// Requests that a failing replica had: begun anew, and gone for good.
  package internal(set) var retried: Int64 = 0
  package internal(set) var lost: Int64 = 0
  /// Requests whose answer nobody wanted any more, and the tokens that they had written, read and
  /// found in a cache.
  package internal(set) var cancelled: Int64 = 0
  package internal(set) var wastedTokens: Int64 = 0
  package internal(set) var wastedInput: Int64 = 0
  package internal(set) var wastedCached: Int64 = 0
  /// Requests whose clients went away.
  package internal(set) var abandoned: Int64 = 0
  /// Lost requests that had begun anew as often as they may.
  package internal(set) var givenUp: Int64 = 0
  /// How often a running request lost its blocks, and how many completed requests that happened to.
  package internal(set) var preemptions: Int64 = 0
  package internal(set) var preemptedRequests: Int64 = 0
  /// Completed requests that met every objective, and those that missed each one.
  package internal(set) var good: Int64 = 0
  package internal(set) var lateFirstToken: Int64 = 0
  package internal(set) var slowTokens: Int64 = 0
  package internal(set) var lateEnd: Int64 = 0

  /// Completed requests that wrote nothing: embeddings, scores.
  package internal(set) var answerless: Int64 = 0

  /// Completed requests of conversations that summed them up, and those that read a tool's error;
  /// tokens of their prompts that were computed, and that they wrote.
  package internal(set) var compactions: Int64 = 0
  package internal(set) var toolRetries: Int64 = 0
  package internal(set) var detourPrefill: Int64 = 0
  package internal(set) var detourOutput: Int64 = 0
  /// Prompt tokens of completed requests that their conversations had said before, and those of
  /// them that were computed again.
  package internal(set) var saidTokens: Int64 = 0
  package internal(set) var repeatedTokens: Int64 = 0
  /// Turns that came after the answer of another, and the time in between, in which tools run or
  /// users think [us].
  package internal(set) var followUps: Int64 = 0
  package internal(set) var pausedMicroseconds: Int64 = 0
  /// Leases that began between two turns, and how they ended: with the next turn, with their time,
  /// or because the room was needed.
  package internal(set) var leases: Int64 = 0
  package internal(set) var usedLeases: Int64 = 0
  package internal(set) var expiredLeases: Int64 = 0
  package internal(set) var givenUpLeases: Int64 = 0
  /// Cached tokens that went to the host's memory at a turn's end, that came back from it for any
  /// request, and that were forgotten.
  package internal(set) var offloadedTokens: Int64 = 0
  package internal(set) var loadedTokens: Int64 = 0
  package internal(set) var droppedTokens: Int64 = 0
  /// Requests of a batch that are over: nobody waits for them.
  package internal(set) var unjudged: Int64 = 0

  // Tokens of completed requests
  package internal(set) var inputTokens: Int64 = 0
  package internal(set) var outputTokens: Int64 = 0
  package internal(set) var thinkingTokens: Int64 = 0
  /// Prompt tokens found in a cache when their request was first admitted, and those found at every
  /// attempt of any request.
  package internal(set) var cachedTokens: Int64 = 0
  package internal(set) var reusedTokens: Int64 = 0
  /// Gaps between tokens that a failure or a cancellation made worthless.
  var discardedGaps: Int64 = 0

  package init() {}

  /// Every one of them.
  static var all: [WritableKeyPath<RunCounts, Int64>] {
    [
      \.arrived, \.completed, \.rejected, \.tooLong, \.retried, \.lost, \.givenUp, \.cancelled,
      \.wastedTokens, \.wastedInput, \.wastedCached, \.abandoned, \.unjudged,
      \.compactions, \.toolRetries, \.detourPrefill, \.detourOutput,
      \.saidTokens, \.repeatedTokens, \.followUps, \.pausedMicroseconds,
      \.leases, \.usedLeases, \.expiredLeases, \.givenUpLeases,
      \.offloadedTokens, \.loadedTokens, \.droppedTokens,
      \.preemptions, \.preemptedRequests,
      \.answerless, \.good, \.lateFirstToken, \.slowTokens, \.lateEnd, \.inputTokens,
      \.outputTokens,
      \.thinkingTokens, \.cachedTokens, \.reusedTokens, \.discardedGaps,
    ]
  }

  /// Completed requests that wrote something.
  package var answers: Int64 { completed - answerless }

  /// Requests that are over, apart from those that nobody wanted any more.
  package var ended: Int64 { completed + rejected + lost + abandoned }

  /// Requests that are over and that objectives are about.
  package var judged: Int64 { ended - unjudged }

  func since(_ earlier: RunCounts) -> RunCounts {
    var difference = self
    for path in Self.all { difference[keyPath: path] -= earlier[keyPath: path] }
    return difference
  }
}
