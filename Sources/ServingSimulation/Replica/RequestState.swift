internal import Units
internal import Workloads

/// A request inside a replica. Slots are reused; `generation` tells their tenants apart.
struct RequestState {
  var request: Request
  var generation: Int32 = 0
  /// Tokens to compute before the next one can be sampled: the prompt, and after a preemption also
  /// what was already generated.
  var prefillTarget: Int32
  var prefilled: Int32 = 0
  /// Tokens emitted up to `joinStep`.
  var generated: Int32 = 0
  var preemptions: Int32 = 0
  /// Order of admission; the latest is preempted first.
  var admission: Int64 = 0
  /// Position in the replica's list of decoding slots, or -1.
  var decodingIndex: Int32 = -1
  /// Prompt tokens found in a cache when it was first admitted.
  var cached: Int32 = 0
  /// The replica's count of decode steps when this sequence began to take part.
  var joinStep: Int64 = 0
  /// Tokens in the cache at `joinStep`.
  var joinContext: Int32 = 0
  /// The attention rank that it is on.
  var rank: Int32 = 0
  var fixedBlocks: Int32 = 0
  var reservedBlocks: Int32 = 0
  /// Whether the keys and values of a prompt computed elsewhere are here in full.
  var hasCome = false
  /// Whether its images have been turned into tokens.
  var isEncoded = false
  /// Whether it is taken out at the end of the step under way.
  var isCancelled = false
  /// Whether the slot holds a request.
  var isPresent = true
  /// Leading hash blocks that it holds in the prefix cache, and how many of them are duplicates of
  /// which it has a copy of its own.
  var heldBlocks: Int32 = 0
  var duplicates: Int32 = 0
  /// When a scheduler could first take notice of it [ns].
  var queuedAt: Int64 = .min
  var scheduledAt = SimTime.never
  var firstTokenAt = SimTime.never
  var firstAnswerAt = SimTime.never
  var lastToken: FineClock

  init(_ request: Request) {
    self.request = request
    prefillTarget = request.inputTokens
    lastToken = FineClock(request.arrival)
  }

  /// A request whose prompt was computed by another replica, which drew the first token.
  init(_ handover: Handover) {
    self.init(handover.request)
    scheduledAt = handover.scheduledAt
    preemptions = handover.preemptions
    cached = handover.cached
    isEncoded = true
    generated = 1
  }

  /// Takes part in decoding from the replica's step `step` on.
  mutating func beginDecoding(
    atStep step: Int64, context: Int32, decodingIndex index: Int, clock: FineClock
  ) {
    joinStep = step
    joinContext = context
    decodingIndex = Int32(index)
    lastToken = clock
  }

  /// Stops decoding; what it emitted since it joined is noted.
  mutating func endDecoding(emitted tokens: Int64) {
    generated += Int32(tokens)
    decodingIndex = -1
    // Milestones of the old generation are ignored when they come up.
    generation &+= 1
  }

  /// Notes the token that ends a prefill.
  ///
  /// - Returns: whether it is the request's first.
  mutating func emitAfterPrefill(at time: SimTime) -> Bool {
    let isFirst = firstTokenAt.isNever
    if isFirst { firstTokenAt = time }
    generated += 1
    if generated == request.thinkingTokens + 1 { firstAnswerAt = time }
    return isFirst
  }

  /// What another replica needs to go on where this one ends.
  func handover(slot: Int32, at time: SimTime) -> Handover {
    Handover(
      request: request, scheduledAt: scheduledAt, preemptions: preemptions, cached: cached,
      slot: slot, readyAt: time)
  }

  /// The first token of a prompt computed elsewhere reaches the client when its cache has come.
  mutating func show(firstTokenAt time: SimTime) {
    guard firstTokenAt.isNever else { return }
    firstTokenAt = time
    if request.thinkingTokens == 0 { firstAnswerAt = time }
  }

  func record(finish: SimTime) -> RequestRecord {
    RequestRecord(
      request: request, scheduled: scheduledAt, firstToken: firstTokenAt,
      firstAnswer: firstAnswerAt, finish: finish, preemptions: preemptions)
  }
}

extension Request {
  /// The longest context it can reach: the last token is emitted and never cached. With speculation
  /// the last step may cache more (`ContextLimit`).
  @inline(__always)
  var finalContext: Int { Int(inputTokens) + max(1, Int(outputTokens)) - 1 }
}
