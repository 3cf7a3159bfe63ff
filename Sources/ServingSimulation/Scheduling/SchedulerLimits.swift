/// Which work goes into a step.
package enum SchedulingPolicy: String, CaseIterable, Sendable {
  /// Every decoding sequence takes part in every step; prompt chunks fill the rest of the token
  /// budget. The default of vLLM V1; TensorRT-LLM's in-flight batching with chunked context.
  case chunkedPrefill = "chunked-prefill"
  /// Steps prefill only, as long as a prompt can be admitted; decoding waits. SGLang's default and
  /// vLLM's before V1.
  case prefillFirst = "prefill-first"
  /// Chunked prefill, but a prompt that the budget can hold is computed in one step: while the
  /// decoding sequences and the prompts before it leave it too little, it waits, and so do those
  /// behind it. One that is longer than the whole budget waits until nothing else runs and is cut.
  /// TensorRT-LLM's in-flight batching without chunked context.
  case wholePrompts = "whole-prompts"

  /// Whether prompts and decoding sequences share a step.
  var isMixed: Bool { self != .prefillFirst }
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
  /// Whether a step is planned while the one before it runs, so that a request has to be there
  /// before that one begins, unless nothing runs. Requests that other replicas prefilled join with
  /// the next step all the same.
  package var plansAhead: Bool
  /// Time in which the cache of one token of a sequence that loses its blocks goes to the host's
  /// memory, and again in which it comes back [s]; nil computes it anew.
  package var retractionSecondsPerToken: Double?
  /// How long waiting prompts are gathered while others decode; nil admits them at once.
  package var gathering: PromptGathering?
  /// Which requests go first; nil takes them in the order in which they came.
  package var priorities: PriorityOrder?

  package init(
    policy: SchedulingPolicy, tokenBudget: Int, maximumSequences: Int,
    reservedAnswerShare: Double = 0, maximumContext: Int? = nil, plansAhead: Bool = false,
    retractionSecondsPerToken: Double? = nil, gathering: PromptGathering? = nil
  ) {
    precondition(tokenBudget >= maximumSequences, "every decoding sequence needs a token")
    self.policy = policy
    self.tokenBudget = tokenBudget
    self.maximumSequences = maximumSequences
    self.reservedAnswerShare = reservedAnswerShare
    self.maximumContext = maximumContext
    self.plansAhead = plansAhead
    self.retractionSecondsPerToken = retractionSecondsPerToken
    self.gathering = gathering
  }
}

/// Prompts wait until enough of them fill a step, or long enough: fewer decode steps are made
/// longer (TensorRT-LLM: `batch_wait_max_tokens_ratio`, `batch_wait_timeout_iters`), or a server
/// that looks for new requests now and then (SGLang: `--scheduler-recv-interval`).
///
/// Only beside decoding sequences. Where several attention ranks step together, prompts wait until
/// every rank has so many of its own and a seat for one (TensorRT-LLM: `enable_balance`,
/// `timeout_iters`; one token is any prompt). Steps count in which a prompt could have been
/// admitted, and from the last one that was.
package struct PromptGathering: Equatable, Sendable {
  /// Tokens of waiting prompts and decoding sequences that make a step worth while.
  package var tokens: Int
  /// Steps after which they are admitted anyway.
  package var steps: Int

  package init(tokens: Int, steps: Int) {
    self.tokens = tokens
    self.steps = steps
  }
}
