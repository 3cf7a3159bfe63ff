internal import Statistics
internal import Units

/// The questions whose answers are awaited. Those that one call answers are none of them, so that
/// ten million need no memory.
struct OpenQuestions {
  let texts = CallTexts()
  private let seed: UInt64
  private let classes: [RequestClass]
  private var open: [Int32: OpenQuestion] = [:]
  private(set) var summary = QuestionSummary()
  /// Calls that were cancelled and have not ended yet.
  private var unwanted: Int = 0

  init(_ classes: [RequestClass], seed: UInt64) {
    self.classes = classes
    self.seed = seed
  }

  /// A question comes.
  ///
  /// - Parameters:
  ///   - shared: tokens of the class's text that it begins with, and which one it is.
  ///   - tokens: of the question itself.
  mutating func ask(
    _ number: Int32, of classIndex: Int16, _ strategy: Strategy, at time: SimTime,
    shared: (tokens: Int, variant: Int32), tokens: Int, next: inout Int, into calls: inout [Request]
  ) {
    let which = UInt64(classIndex) << 32 | UInt64(max(0, shared.variant))
    let prompt = [
      TextSegment(.sharedText, which, tokens: Int32(shared.tokens)),
      TextSegment(.question, UInt64(number), tokens: Int32(tokens)),
    ]
    var question = OpenQuestion(
      number, of: classIndex, classes[Int(classIndex)], strategy, at: time, prompt: prompt,
      seed: seed)
    issue(question.begin(), of: &question, at: time, next: &next, into: &calls)
    open[number] = question
    summary.asked += 1
  }

  /// A call has ended, or is refused or lost; what follows it is added to `calls`.
  ///
  /// - Parameter cancelled: gets the calls that the answer does not need any more.
  /// - Returns: whether that was the end of its question.
  mutating func end(
    _ request: Request, at time: SimTime, _ end: RequestEnd, next: inout Int,
    into calls: inout [Request], cancelling cancelled: inout [Int32]
  ) -> Bool {
    texts.remove(request.index)
    guard var question = open.removeValue(forKey: request.session) else {
      // It may have ended by itself in the step in which it was cancelled.
      precondition(
        unwanted > 0, "law L1 (questions conserved) broken: a call without a question")
      unwanted -= 1
      if end == .finished { summary.cancelled -= 1 }
      return false
    }
    let before = question.round
    switch question.end(request, isLost: end != .finished) {
    case .open:
      if question.round > before {
        issue(question.begin(), of: &question, at: time, next: &next, into: &calls)
      }
      open[request.session] = question
      return false
    case .answered(let spared):
      summary.answered += 1
      summary.spared += Int64(spared)
      summary.cancelled += Int64(question.running.count)
      unwanted += question.running.count
      cancelled.append(contentsOf: question.running)
      summary.latencies.add((time - question.arrival).nanoseconds)
    case .failed: summary.failed += 1
    }
    summary.calls += Int64(question.calls)
    return true
  }

  private func issue(
    _ round: [OpenQuestion.Call], of question: inout OpenQuestion, at time: SimTime,
    next: inout Int, into calls: inout [Request]
  ) {
    for (place, call) in round.enumerated() {
      let tokens = call.prompt.reduce(Int32(0)) { $0 + $1.tokens }
      var request = Request(
        index: Int32(next), classIndex: question.classIndex,
        turn: Int16(place) + (call.isVerdict ? Request.firstVerdict : 0), arrival: time,
        inputTokens: tokens, outputTokens: call.thinking + call.answer,
        thinkingTokens: call.thinking, session: question.number)
      if place > 0, round[place - 1].prompt == call.prompt { request.course.kind = .furtherAnswer }
      next += 1
      texts.add(request.index, call.prompt)
      question.running.append(request.index)
      calls.append(request)
    }
  }
}
