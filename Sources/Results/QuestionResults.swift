/// What became of questions that several calls of the model answer.
package struct QuestionResults: Encodable, Equatable, Sendable {
  package var asked: Int64
  package var answered: Int64
  /// Questions whose calls were refused or lost.
  package var failed: Int64
  package var calls: Int64
  /// Calls that votes did not need, for no answer could overtake the leading one any more.
  package var sparedCalls: Int64
  /// Calls that votes took back while they were written, and the tokens written until then.
  package var cancelledCalls: Int64 = 0
  package var wastedTokens: Int64 = 0
  /// Time from a question to its answer.
  package var latency: RunResults.Spread?
  /// What an answered question takes; absent where other requests are served beside questions.
  package var each: Each?

  package struct Each: Encodable, Equatable, Sendable {
    package var calls = 0.0
    /// Input tokens of a question, with those of calls that were taken back.
    package var inputTokens = 0.0
    /// Input tokens of a question that are found in a cache, and so are not computed.
    package var cachedTokens = 0.0
    /// Tokens computed in prefill for a question: the rest of its input, and what preemptions cost.
    package var prefilledTokens = 0.0
    /// Output tokens of a question, with those of calls that were taken back.
    package var outputTokens = 0.0
    /// Floating-point operations of all accelerators, for a question.
    package var flops = 0.0
    package var dollars: Double?
    package var joules: Double?
    /// Cache that is held while it is open, in the mean over that time [B].
    package var cacheBytes: Double?
    /// Share of right answers as somebody published or measured it, and what that rests on.
    package var accuracy: Double?
    package var accuracyBasis: String?
    package var dollarsPerCorrect: Double?

    package init() {}
  }

  package init(asked: Int64, answered: Int64, failed: Int64, calls: Int64, sparedCalls: Int64) {
    self.asked = asked
    self.answered = answered
    self.failed = failed
    self.calls = calls
    self.sparedCalls = sparedCalls
  }
}
