internal import Statistics
internal import Units

/// What follows a request of a conversation, whatever the machine: everything is drawn from streams
/// of the conversation and of the place in it.
struct Conversation {
  /// A conversation ends before its prompt is longer than this.
  private static let longestPrompt = 1_000_000_000

  let item: RequestClass
  let sessions: Sessions
  let seed: UInt64

  init?(_ item: RequestClass, seed: UInt64) {
    guard let sessions = item.sessions else { return nil }
    self.item = item
    self.sessions = sessions
    self.seed = seed
  }

  /// The next request; nil when the conversation is over.
  ///
  /// - Parameters:
  ///   - time: when the request before has ended.
  ///   - shared: tokens of the text that its prompts begin with.   - index: of the next request.
  func next(after request: Request, at time: SimTime, shared: Int, index: Int) -> Request? {
    let session = Int(request.session)
    let turn = Int(request.turn) + 1
    guard goesOn(after: request) else { return nil }
    let said = Int(request.inputTokens) + Int(request.answerTokens)
    var course = request.course
    course.said = Int32(clamping: said)
    var (prompt, thinking, answer): (Int, Int, Int)
    if let compaction = sessions.compaction, request.course.kind != .compaction,
      said >= compaction.at
    {
      var lengths = stream("summaries", session, turn)
      course.kind = .compaction
      course.detours += 1
      (prompt, thinking) = (said + compaction.instruction, 0)
      answer = compaction.summary.sample(&lengths)
    } else {
      var lengths = stream("turn lengths", session, turn)
      let input = input(session, turn, &lengths, &course, after: request)
      thinking = item.thinking?.sample(&lengths) ?? 0
      answer = item.output.sample(&lengths)
      if request.course.kind == .compaction {
        course.compactions += 1
        course.said = Int32(clamping: shared)
        prompt = shared + Int(request.answerTokens) + input
      } else {
        prompt = said + input
      }
    }
    guard prompt <= Self.longestPrompt, turn <= Int(Int16.max) else { return nil }
    var next = Request(
      index: Int32(index), classIndex: request.classIndex, turn: Int16(turn),
      arrival: time + pause(session, turn, after: request), inputTokens: Int32(prompt),
      outputTokens: Int32(thinking + answer), thinkingTokens: Int32(thinking),
      session: request.session)
    next.course = course
    return next
  }

  /// Whether another request comes after one: whoever runs the tools knows.
  func goesOn(after request: Request) -> Bool {
    // A summary is always for a turn.
    if request.course.kind == .compaction { return true }
    var turns = stream("turns", Int(request.session), 0)
    return Int(request.turn) + 1 - Int(request.course.detours) < sessions.turns.sample(&turns)
  }

  /// What a turn adds to what was said: what the tools say, or the error of one that failed.
  private func input(
    _ session: Int, _ turn: Int, _ lengths: inout RandomStream, _ course: inout Request.Course,
    after request: Request
  ) -> Int {
    course.kind = .turn
    if let failures = sessions.failures, request.course.kind != .compaction {
      var luck = stream("tool failures", session, turn)
      if luck.uniform() < failures.share {
        course.kind = .retry
        course.detours += 1
        return failures.input.sample(&lengths)
      }
    }
    return (0..<sessions.tools).reduce(0) { sum, _ in sum + item.input.sample(&lengths) }
  }

  /// A summary is written when the tools have run, and its turn follows at once.
  private func pause(_ session: Int, _ turn: Int, after request: Request) -> SimDuration {
    guard request.course.kind != .compaction else { return .zero }
    var pauses = stream("turn think times", session, turn)
    return (0..<sessions.tools).reduce(.zero) { longest, _ in
      max(longest, sessions.thinkTime.sample(&pauses))
    }
  }

  private func stream(_ name: String, _ session: Int, _ turn: Int) -> RandomStream {
    RandomStream(seed: seed, name: name, key: (session, turn))
  }
}

extension Workload {
  /// Conversations that are looked at, and requests of them in all.
  private static let looked = (conversations: 2_000, requests: 200_000)

  /// Requests of a conversation of a class in the mean; of those with detours as drawn.
  static func meanRequests(of item: RequestClass) -> Double {
    guard let sessions = item.sessions else { return Double(item.strategy?.calls ?? 1) }
    guard sessions.failures != nil || sessions.compaction != nil else { return sessions.turns.mean }
    guard let conversation = Conversation(item, seed: 0) else { return 1 }
    let shared = Int(item.sharedPrefix?.tokens.mean ?? 0)
    var (conversations, requests) = (0, 0)
    while conversations < looked.conversations, requests < looked.requests {
      var lengths = RandomStream(seed: 0, name: "first turns", key: (conversations, 0))
      let input = shared + item.input.sample(&lengths)
      let thinking = item.thinking?.sample(&lengths) ?? 0
      let answer = item.output.sample(&lengths)
      var last: Request? = Request(
        index: 0, arrival: .zero, inputTokens: Int32(input),
        outputTokens: Int32(thinking + answer), thinkingTokens: Int32(thinking),
        session: Int32(conversations))
      while let request = last {
        requests += 1
        last = conversation.next(after: request, at: .zero, shared: shared, index: 0)
      }
      conversations += 1
    }
    return Double(requests) / Double(conversations)
  }
}
