/// Which work goes into a step.
package enum SchedulingPolicy: String, CaseIterable, Sendable {
  /// Every decoding sequence takes part in every step; prompt chunks fill the rest of the token
  /// budget. The default of vLLM V1; TensorRT-LLM's in-flight batching with chunked context.
  case chunkedPrefill = "chunked-prefill"
  /// As long as a prompt can be admitted, steps prefill only; decoding waits. SGLang's default and
  /// vLLM's before V1.
  case prefillFirst = "prefill-first"
}

/// The limits an engine schedules within.
package struct SchedulerLimits: Equatable, Sendable {
  package var policy: SchedulingPolicy
  /// Most tokens in a step; at least `maximumSequences`.
  package var tokenBudget: Int
  /// Most sequences that are being prefilled or decoded at a time.
  package var maximumSequences: Int
  /// Share of a request's still unwritten answer for which cache blocks are set aside when it is
  /// admitted: 0 admits while there is room (vLLM), 1 never has to preempt (TensorRT-LLM).
  package var reservedAnswerShare: Double
  /// Longest prompt and answer together; nil without a limit.
  package var maximumContext: Int?

  package init(
    policy: SchedulingPolicy, tokenBudget: Int, maximumSequences: Int,
    reservedAnswerShare: Double = 0, maximumContext: Int? = nil
  ) {
    precondition(tokenBudget >= maximumSequences, "every decoding sequence needs a token")
    self.policy = policy
    self.tokenBudget = tokenBudget
    self.maximumSequences = maximumSequences
    self.reservedAnswerShare = reservedAnswerShare
    self.maximumContext = maximumContext
  }
}
