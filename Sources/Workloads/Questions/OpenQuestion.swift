internal import Statistics
internal import Units

/// A question whose answer is awaited.
struct OpenQuestion {
  struct Call {
    var prompt: [TextSegment]
    /// Tokens of thinking that the call writes.
    var thinking: Int32
    /// Tokens of the answer that the call writes.
    var answer: Int32
    /// Whether it judges what others wrote.
    var isVerdict = false
  }

  let number: Int32
  let classIndex: Int16
  let arrival: SimTime
  private let item: RequestClass
  private let strategy: Strategy
  private let seed: UInt64
  private let prompt: [TextSegment]
  private(set) var round = 0
  private var pending = 0
  /// Calls of the round that have not ended.
  var running: [Int32] = []
  /// What was written in the rounds so far, and in this one.
  private var written: [TextSegment] = []
  private var fresh: [TextSegment] = []
  private var ended = 0
  /// How often each answer was given in a vote.
  private var ballot: [Int: Int] = [:]
  /// Samples of the vote so far.
  private var samples = 0
  /// The steps of each path of a tree that is kept.
  private var paths: [[TextSegment]] = [[]]
  /// The paths that the calls of the round continue.
  private var continued: [[TextSegment]] = []
  /// The paths with the steps that the calls of the round have added.
  private var grown: [[TextSegment]] = []
  private(set) var calls = 0

  /// What comes of the end of a call.
  enum Verdict {
    case open
    case answered(spared: Int)
    case failed
  }

  init(
    _ number: Int32, of classIndex: Int16, _ item: RequestClass, _ strategy: Strategy,
    at arrival: SimTime, prompt: [TextSegment], seed: UInt64
  ) {
    self.number = number
    self.classIndex = classIndex
    self.item = item
    self.strategy = strategy
    self.arrival = arrival
    self.prompt = prompt
    self.seed = seed
  }

  // MARK: Rounds

  /// The calls of the round that begins.
  mutating func begin() -> [Call] {
    fresh = []
    let calls = roundCalls()
    pending = calls.count
    self.calls += calls.count
    ended = 0
    return calls
  }

  private mutating func roundCalls() -> [Call] {
    switch strategy {
    case .vote(let vote):
      return (0..<min(vote.atOnce, vote.samples - samples)).map { answer(prompt, $0 + samples) }
    case .best(let best):
      guard round > 0 else { return (0..<best.samples).map { answer(prompt, $0) } }
      let told = TextSegment(
        .instruction, UInt64(classIndex), tokens: Int32(best.instruction))
      return written.map { verdict(prompt + [$0, told], best.verdict) }
    case .batch(let batch):
      return (0..<batch.texts).map { answer(prompt, $0, reading: batch.text) }
    case .debate(let agents, _):
      return (0..<agents).map { answer(prompt + written, $0 + calls) }
    case .tree(let tree):
      guard round % 2 == 0 else {
        return paths.map { verdict(prompt + $0, tree.verdict) }
      }
      // The first step has as many beginnings as later ones have continuations.
      let each = tree.width * tree.branches / paths.count
      continued = paths.flatMap { Array(repeating: $0, count: each) }
      return continued.enumerated().map { answer(prompt + $1, $0 + calls) }
    }
  }

  /// - Parameter text: what stands behind the prompt, for this call alone.
  private func answer(
    _ prompt: [TextSegment], _ place: Int, reading text: LengthDistribution? = nil
  ) -> Call {
    var lengths = RandomStream(
      seed: seed, name: "lengths of calls", key: (Int(number), place))
    var prompt = prompt
    if let text {
      let which = UInt64(UInt32(number)) << 32 | UInt64(place)
      prompt.append(TextSegment(.document, which, tokens: Int32(text.sample(&lengths))))
    }
    let thinking = item.thinking?.sample(&lengths) ?? 0
    return Call(
      prompt: prompt, thinking: Int32(thinking),
      answer: Int32(item.output.sample(&lengths)))
  }

  private func verdict(_ prompt: [TextSegment], _ tokens: Int) -> Call {
    Call(prompt: prompt, thinking: 0, answer: Int32(tokens), isVerdict: true)
  }

  // MARK: Ends

  /// A call has ended, or is refused or lost.
  mutating func end(_ request: Request, isLost: Bool) -> Verdict {
    pending -= 1
    running.removeAll { $0 == request.index }
    if !isLost {
      ended += 1
      fresh.append(
        TextSegment(.answer, UInt64(request.index), tokens: request.answerTokens))
      noteAnswer(of: request)
    }
    guard pending == 0 else { return isLost ? .open : decision }
    // What is left of a round decides; of none of it nothing can be made.
    guard ended > 0 else { return .failed }
    return finishRound()
  }

  /// What a call that has ended decides while others of its round are written.
  private var decision: Verdict {
    guard case .vote(let vote) = strategy, vote.agreement != nil else { return .open }
    guard isDecided(vote.samples - samples - ended) else { return .open }
    return .answered(spared: vote.samples - calls)
  }

  private mutating func noteAnswer(of request: Request) {
    switch strategy {
    case .vote(let vote):
      guard let agreement = vote.agreement else { return }
      ballot[said(agreement, sample: samples + request.place), default: 0] += 1
    case .tree where round % 2 == 0:
      grown.append(continued[request.place] + [fresh[fresh.count - 1]])
    default: break
    }
  }

  /// Which answer a sample gives: 0 for the most common one.
  private func said(_ agreement: Strategy.Agreement, sample: Int) -> Int {
    var votes = RandomStream(seed: seed, name: "votes", key: (Int(number), sample))
    guard votes.uniform() >= agreement.share else { return 0 }
    return votes.integer(in: 1...agreement.others)
  }

  private mutating func finishRound() -> Verdict {
    defer { round += 1 }
    switch strategy {
    case .vote(let vote):
      samples = calls
      guard samples < vote.samples else { return .answered(spared: 0) }
      let left = vote.samples - samples
      guard vote.agreement != nil, isDecided(left) else { return .open }
      return .answered(spared: left)
    case .batch: return .answered(spared: 0)
    case .best:
      guard round == 0 else { return .answered(spared: 0) }
      written = fresh
      return .open
    case .debate(_, let rounds):
      written += fresh
      return round + 1 < rounds ? .open : .answered(spared: 0)
    case .tree(let tree):
      return finishStep(of: tree)
    }
  }

  /// Whether no answer can overtake the leading one with the samples that are left.
  private func isDecided(_ left: Int) -> Bool {
    let counts = ballot.values.sorted(by: >)
    return counts[0] > (counts.count > 1 ? counts[1] : 0) + left
  }

  private mutating func finishStep(of tree: Strategy.Tree) -> Verdict {
    if round % 2 == 0 {
      paths = grown
      grown = []
      return .open
    }
    // Whose verdicts are best is not known here: any are as likely.
    var choice = RandomStream(seed: seed, name: "paths", key: (Int(number), round))
    var kept: [[TextSegment]] = []
    for place in paths.indices {
      let needed = Double(tree.width - kept.count)
      if Double(paths.count - place) * choice.uniform() < needed { kept.append(paths[place]) }
    }
    paths = kept
    return round + 1 < 2 * tree.depth ? .open : .answered(spared: 0)
  }
}
