internal import Statistics
package import Units

/// Makes the requests of a workload one at a time, so that ten million of them need no memory.
///
/// Arrivals, lengths and the choice of class draw from their own random streams: another arrival
/// rate leaves the lengths as they were. The turns of a conversation draw from streams of that
/// conversation: whatever the machine, session 7 says the same, and nothing is kept of
/// conversations that wait. A recorded trace that is too long to be kept is read as its requests
/// are asked for.
package struct RequestSource {
  /// A gap of a very bursty process may be longer than 64 bits of nanoseconds; 127 years are
  /// enough.
  private static let latest = 4e18

  private let workload: Workload
  /// How many are issued in all.
  private var most: Int
  private let seed: UInt64
  private let recorded: TraceCursor?
  /// By class, where a trace has requests of several.
  private let priorities: [Int32]
  /// The ids of requests under way, where they are read and not kept.
  package let openTexts: OpenTexts?
  private let cumulativeShares: [Double]
  /// Whether any class has more to it than lengths.
  private let isShared: Bool
  private let sharedTexts: SharedTexts
  private var arrivals: RandomStream
  private var lengths: RandomStream
  private var classes: RandomStream
  private var next: Int = 0
  /// Requests that were issued, a question of several calls counted once.
  private var asked: Int = 0
  /// Where questions are answered by several calls.
  private var questions: OpenQuestions?
  /// Calls of a question that come with the one that was issued last, the next one last.
  private var siblings: [Request] = []
  /// Calls that nobody needs any more since the end of another one was told; whoever takes notice
  /// empties it.
  package var cancelled: [Int32] = []
  private var sessions: Int32 = 0
  /// Work that nobody waits for; nil where there is none.
  private var batch: BatchSender?
  /// The next arrival, while requests of a batch come before it.
  private var held: Request?
  /// Seconds since the start; kept as a sum in `Double`, rounded once per arrival.
  private var clock = 0.0

  /// - Parameter isEndless: whether more requests come than the workload says.
  package init(_ workload: Workload, seed: UInt64, isEndless: Bool = false) {
    self.workload = workload
    var isTimed = false
    if case .staged = workload.arrivals { isTimed = true }
    most = isEndless || isTimed ? Int(Int32.max) : workload.requests
    self.seed = seed
    // A trace has the requests that it has; other arrivals ask for them again and again.
    var isTrace = false
    if case .trace = workload.arrivals { isTrace = true }
    recorded = workload.recorded.map { TraceCursor($0, seed: seed, isEndless: !isTrace) }
    priorities = workload.classes.count > 1 ? workload.recorded?.summary.priorities ?? [] : []
    let isRead = workload.recorded.map { $0.recording.kept == nil && $0.blockTokens != nil }
    openTexts = isRead == true ? OpenTexts() : nil
    isShared = workload.classes.contains {
      $0.sharedPrefix != nil || $0.sessions != nil || $0.cachedShare != nil || $0.strategy != nil
    }
    sharedTexts = SharedTexts(workload, seed: seed)
    if workload.classes.contains(where: { $0.strategy != nil }) {
      questions = OpenQuestions(workload.classes, seed: seed)
    }
    batch = workload.batch.map {
      BatchSender($0, workload.classes[Int($0.classIndex)], seed: seed)
    }
    let total = workload.classes.reduce(0) { $0 + $1.share }
    var sum = 0.0
    cumulativeShares = workload.classes.map { item in
      sum += item.share / total
      return sum
    }
    arrivals = RandomStream(seed: seed, name: "arrivals")
    lengths = RandomStream(seed: seed, name: "lengths")
    classes = RandomStream(seed: seed, name: "classes")
  }

  /// Issues no further request.
  package mutating func close() {
    most = asked
    siblings = []
    held = nil
    batch?.isClosed = true
  }

  /// Reason why requests of a trace do not come any more, where it is not that there are none.
  package var failure: TraceFailure? { recorded?.failure }

  package var issued: Int { next }
  package var remaining: Int { most - asked }

  /// What became of questions that several calls answer; nil where there are none.
  package var questionSummary: QuestionSummary? { questions?.summary }
  package var callTexts: CallTexts? { questions?.texts }

  /// The next request of a process that does not wait for answers, or of a client's first round.
  ///
  /// Nil when all are issued, or when a closed loop has given every client its first request.
  package mutating func nextArrival() -> Request? {
    batch == nil ? nextAsked() : nextBesideBatch()
  }

  /// What became of the batch's windows; nil where there is none.
  package var batchSummary: BatchSummary? { batch?.summary }

  /// Whether a request of the batch comes before another arrival, which is to be asked for again.
  package mutating func takesBack(_ arrival: Request) -> Bool {
    guard let opening = batch?.opening, opening < arrival.arrival else { return false }
    held = arrival
    return true
  }

  /// With the last of the other requests the batch is over too.
  private mutating func nextBesideBatch() -> Request? {
    if held == nil { held = nextAsked() }
    guard let arrival = held else {
      batch?.isClosed = true
      return nil
    }
    guard let opening = batch?.opening, opening <= arrival.arrival else {
      held = nil
      batch?.seen(arrival.arrival)
      return arrival
    }
    next += 1
    return batch?.open(index: next - 1, texts: sharedTexts)
  }

  private mutating func nextAsked() -> Request? {
    if let sibling = siblings.popLast() { return sibling }
    guard asked < most else { return nil }
    switch workload.arrivals {
    case .poisson(let rate):
      clock += arrivals.exponential() / rate
    case .gamma(let rate, let cv):
      clock += arrivals.gamma(shape: 1 / (cv * cv)) / rate
    case .diurnal(let rate):
      clock = rate.arrival(after: clock, &arrivals)
    case .staged(let rate):
      guard let arrival = rate.arrival(after: clock, &arrivals) else { return nil }
      clock = arrival
    case .closedLoop(let clients, _):
      guard asked < clients else { return nil }
    case .offline: break
    case .trace:
      return recorded?.next().map { issue($0, at: SimTime(nanoseconds: $0.nanoseconds)) }
    }
    return request(at: SimTime(nanoseconds: Int64(min(clock * 1e9 + 0.5, Self.latest))))
  }

  /// What follows the completion of a request at `time`: the next turn of its conversation, or when
  /// that is over what `nextAfterCompletion(at:)` says.
  package mutating func nextAfterCompletion(of request: Request, at time: SimTime) -> Request? {
    if let turn = nextTurn(after: request, at: time) { return turn }
    return nextAfterCompletion(at: time)
  }

  /// The request with which a closed loop's client begins anew, a think time after `time`; nil for
  /// open processes and when all requests are issued.
  ///
  /// A request that is refused ends its conversation, so this is what follows it.
  package mutating func nextAfterCompletion(at time: SimTime) -> Request? {
    guard asked < most, case .closedLoop(_, let thinkTime) = workload.arrivals else {
      return nil
    }
    return request(at: time + thinkTime)
  }

  private mutating func issue(
    _ item: RecordedRequest, at arrival: SimTime, turn: Int16 = 0
  ) -> Request {
    next += 1
    asked += 1
    let classIndex = priorities.isEmpty ? 0 : priorities.firstIndex(of: item.priority) ?? 0
    var request = Request(
      index: Int32(next - 1), classIndex: Int16(classIndex), turn: turn, arrival: arrival,
      inputTokens: item.inputTokens,
      outputTokens: item.outputTokens, session: item.session, row: item.row)
    if isShared { request.cachedTokens = cachedTokens(of: request) }
    if let openTexts, let recorded { recorded.keepText(of: request.index, in: openTexts) }
    return request
  }

  private mutating func request(at arrival: SimTime) -> Request? {
    if let recorded { return recorded.next().map { issue($0, at: arrival) } }
    var classIndex = 0
    if workload.classes.count > 1 {
      let point = classes.uniform()
      classIndex =
        cumulativeShares.firstIndex { point < $0 } ?? workload.classes.count - 1
    }
    let text = workload.classes[classIndex].input.sample(&lengths)
    let input = text + workload.classes[classIndex].mediaTokens
    if let strategy = workload.classes[classIndex].strategy {
      return ask(strategy, classIndex, input: input, at: arrival)
    }
    let thinking = workload.classes[classIndex].thinking?.sample(&lengths) ?? 0
    let answer = workload.classes[classIndex].output.sample(&lengths)
    next += 1
    asked += 1
    var request = Request(
      index: Int32(next - 1), classIndex: Int16(classIndex), arrival: arrival,
      inputTokens: Int32(input), outputTokens: Int32(thinking + answer),
      thinkingTokens: Int32(thinking))
    if isShared { share(&request) }
    return request
  }

  /// The first call of a question; the others of its first round are its siblings.
  private mutating func ask(
    _ strategy: Strategy, _ classIndex: Int, input: Int, at arrival: SimTime
  ) -> Request? {
    let number = Int32(asked)
    asked += 1
    let probe = Request(
      index: number, classIndex: Int16(classIndex), arrival: arrival, inputTokens: 0,
      outputTokens: 1, session: number)
    var calls: [Request] = []
    questions?.ask(
      number, of: Int16(classIndex), strategy, at: arrival,
      shared: (sharedTexts.tokens(of: probe), sharedTexts.variant(of: probe)), tokens: input,
      next: &next, into: &calls)
    siblings = calls.reversed()
    return siblings.popLast()
  }

  /// What follows when a request has ended, or was refused or lost: the next turn of its
  /// conversation, the next calls of its question, or what a closed loop's client asks next.
  package mutating func ended(
    _ request: Request, at time: SimTime, _ end: RequestEnd, into following: inout [Request]
  ) {
    openTexts?.remove(request.index)
    if let window = workload.batch, request.classIndex == window.classIndex {
      let followed = batch?.end(request, at: time, end, index: next, texts: sharedTexts)
      if let followed {
        next += 1
        following.append(followed)
      }
      return
    }
    if questions != nil, workload.classes[Int(request.classIndex)].strategy != nil {
      guard
        questions?.end(
          request, at: time, end, next: &next, into: &following, cancelling: &cancelled) == true
      else { return }
    } else if let branches = recorded?.branches, request.row >= 0 {
      let goesOn = end != .refused && end != .abandoned
      let (turns, isOver) = branches.end(Int(request.row), at: time, isAnswered: goesOn)
      for turn in turns where asked < most {
        guard let item = recorded?.request(turn) else { continue }
        let arrival = turn.answered + SimDuration(nanoseconds: item.nanoseconds)
        following.append(issue(item, at: arrival, turn: turn.turn))
      }
      guard isOver else { return }
    } else if end != .refused, end != .abandoned, let turn = nextTurn(after: request, at: time) {
      following.append(turn)
      return
    }
    guard let first = nextAfterCompletion(at: time) else { return }
    following.append(first)
    while let sibling = siblings.popLast() { following.append(sibling) }
  }

  /// What a request has in common with others.
  private mutating func share(_ request: inout Request) {
    let classIndex = Int(request.classIndex)
    if workload.classes[classIndex].sessions != nil {
      request.session = sessions
      sessions += 1
    }
    request.inputTokens += Int32(sharedTexts.tokens(of: request))
    request.cachedTokens = cachedTokens(of: request)
  }

  /// At most all but the last token of the prompt: an engine always computes that one.
  private func cachedTokens(of request: Request) -> Int32 {
    guard let share = workload.classes[Int(request.classIndex)].cachedShare else { return 0 }
    return min(Int32((Double(request.inputTokens) * share).rounded()), request.inputTokens - 1)
  }

  /// The next turn of a conversation; nil when it is over or all requests are issued.
  private mutating func nextTurn(after request: Request, at time: SimTime) -> Request? {
    guard request.session >= 0, asked < most else { return nil }
    if let recorded {
      guard let turn = recorded.next(after: request) else { return nil }
      let arrival = time + SimDuration(nanoseconds: turn.nanoseconds)
      return issue(turn, at: arrival, turn: request.turn &+ 1)
    }
    let item = workload.classes[Int(request.classIndex)]
    let turn = Conversation(item, seed: seed)?.next(
      after: request, at: time, shared: sharedTexts.tokens(of: request), index: next)
    guard turn != nil else { return nil }
    next += 1
    asked += 1
    return turn
  }
}

/// How a request ends.
package enum RequestEnd: Sendable {
  case finished
  /// The request can never be served, which ends its conversation.
  case refused
  /// The request is lost with the replica that had it.
  case lost
  /// Nobody wants its answer any more.
  case cancelled
  /// The request's client has gone away, which ends its conversation.
  case abandoned
}
