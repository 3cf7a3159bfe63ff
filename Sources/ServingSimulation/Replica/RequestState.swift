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
  /// The replica's count of decode steps when this sequence began to take part.
  var joinStep: Int64 = 0
  /// Tokens in the cache at `joinStep`.
  var joinContext: Int32 = 0
  var fixedBlocks: Int32 = 0
  var reservedBlocks: Int32 = 0
  var scheduledAt = SimTime.never
  var firstTokenAt = SimTime.never
  var firstAnswerAt = SimTime.never
  var lastToken: FineClock

  init(_ request: Request) {
    self.request = request
    prefillTarget = request.inputTokens
    lastToken = FineClock(request.arrival)
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

  /// Stops decoding at the replica's step `step`; what it emitted so far is noted.
  mutating func endDecoding(atStep step: Int64) {
    generated += Int32(step - joinStep)
    decodingIndex = -1
    // Milestones of the old generation are ignored when they come up.
    generation &+= 1
  }

  /// Notes the token that ends a prefill.
  ///
  /// - Returns: whether it is the request's first.
  mutating func emitAfterPrefill(at time: SimTime) -> Bool {
    let isFirst = firstTokenAt == .never
    if isFirst { firstTokenAt = time }
    generated += 1
    if generated == request.thinkingTokens + 1 { firstAnswerAt = time }
    return isFirst
  }

  func record(finish: SimTime) -> RequestRecord {
    RequestRecord(
      request: request, scheduled: scheduledAt, firstToken: firstTokenAt,
      firstAnswer: firstAnswerAt, finish: finish, preemptions: preemptions)
  }

  /// The longest context it can reach: the last token is emitted and never cached.
  var finalContext: Int { Int(request.inputTokens) + Int(request.outputTokens) - 1 }
}

/// A decode step at which something happens to one sequence.
struct Milestone: Comparable {
  enum Kind: Equatable {
    case finish
    /// The first token after the thinking.
    case answer
    /// A sliding window is full.
    case windowFull(view: Int8)
    /// A chunk of chunked attention begins anew.
    case chunkRestart(view: Int8)
  }

  var step: Int64
  /// Ties are handled in the order in which they were set.
  var order: Int64
  var slot: Int32
  var generation: Int32
  var kind: Kind

  @inline(__always)
  static func < (left: Milestone, right: Milestone) -> Bool {
    left.step != right.step ? left.step < right.step : left.order < right.order
  }
}
