/// How a question is answered: by several calls of the model that begin alike or read each other.
///
/// Calls come in rounds. A round begins when all calls of the one before have ended; the question
/// is answered with the last one.
package enum Strategy: Equatable, Sendable {
  /// Answers side by side, of which the most common one is taken (self-consistency, cons@k).
  case vote(Vote)
  /// Answers side by side, each read and judged by another call; the best one is taken.
  case best(Best)
  /// Writers who read all answers of the rounds before; one writer is revision after revision.
  case debate(agents: Int, rounds: Int)
  /// Beam search: every kept path is continued several times by a step of `output` tokens, each
  /// step is judged by another call, and the best paths are kept.
  case tree(Tree)
  /// Texts that are read side by side behind the same beginning: the documents that a reranker
  /// scores for a query, a batch of one call to an embedding service.
  case batch(Batch)

  package struct Vote: Equatable, Sendable {
    package var samples: Int
    /// How many are written at a time; all of them where it is `samples`.
    package var atOnce: Int
    /// Rule that ends a vote early; nil writes all samples, whatever they say.
    package var agreement: Agreement?

    package init(samples: Int, atOnce: Int? = nil, agreement: Agreement? = nil) {
      self.samples = samples
      self.atOnce = atOnce ?? samples
      self.agreement = agreement
    }
  }

  /// What samples say: with a probability the answer that is the most common one in the long run,
  /// otherwise one of so many others, all alike. With it a vote ends as soon as no answer can
  /// overtake the leading one.
  package struct Agreement: Equatable, Sendable {
    package var share: Double
    package var others: Int

    package init(share: Double, others: Int) {
      self.share = share
      self.others = others
    }
  }

  package struct Best: Equatable, Sendable {
    package var samples: Int
    /// Tokens of a verdict.
    package var verdict: Int
    /// Tokens that a judge is told behind prompt and answer.
    package var instruction: Int

    package init(samples: Int, verdict: Int, instruction: Int = 0) {
      self.samples = samples
      self.verdict = verdict
      self.instruction = instruction
    }
  }

  package struct Tree: Equatable, Sendable {
    /// Paths that are kept.
    package var width: Int
    /// Steps with which each is continued.
    package var branches: Int
    package var depth: Int
    /// Tokens of a step's verdict.
    package var verdict: Int

    package init(width: Int, branches: Int, depth: Int, verdict: Int) {
      self.width = width
      self.branches = branches
      self.depth = depth
      self.verdict = verdict
    }
  }

  package struct Batch: Equatable, Sendable {
    package var texts: Int
    /// Length of each.
    package var text: LengthDistribution

    package init(texts: Int, text: LengthDistribution) {
      self.texts = texts
      self.text = text
    }
  }

  /// Calls of the model for a question; where a vote may end early, at the most:
  ///
  ///     vote k      best 2 k      debate a · r      tree 2 · w · b · d      batch n
  ///
  /// Check: a tree of 4 paths, 4 branches and 10 steps makes 320 calls
  /// (`StrategyTests.callsAreCounted`).
  package var calls: Int {
    switch self {
    case .vote(let vote): vote.samples
    case .best(let best): 2 * best.samples
    case .debate(let agents, let rounds): agents * rounds
    case .tree(let tree): 2 * tree.width * tree.branches * tree.depth
    case .batch(let batch): batch.texts
    }
  }

  /// Calls of the largest round.
  package var callsAtOnce: Int {
    switch self {
    case .vote(let vote): vote.atOnce
    case .best(let best): best.samples
    case .debate(let agents, _): agents
    case .tree(let tree): tree.width * tree.branches
    case .batch(let batch): batch.texts
    }
  }

  /// Rounds of a question; where a vote may end early, at the most.
  ///
  /// Check: a tree of 10 steps has 20, a vote of 7 samples, 3 at a time, has 3
  /// (`ConversationTests.aQuestionIsAsLongAsItsRounds`).
  var mostRounds: Int {
    switch self {
    case .vote(let vote): (vote.samples + vote.atOnce - 1) / vote.atOnce
    case .best: 2
    case .debate(_, let rounds): rounds
    case .tree(let tree): 2 * tree.depth
    case .batch: 1
    }
  }

  /// Whether calls judge what others wrote.
  package var hasVerdicts: Bool {
    switch self {
    case .best, .tree: true
    case .vote, .debate, .batch: false
    }
  }

  /// Tokens of a verdict; nil where there are none.
  package var verdictTokens: Int? {
    switch self {
    case .best(let best): best.verdict
    case .tree(let tree): tree.verdict
    case .vote, .debate, .batch: nil
    }
  }

  /// Tokens of prompt and answer of the longest call, of a prompt and an answer at their longest.
  func longestCall(prompt: Int, written: Int, answer: Int) -> Int {
    switch self {
    case .vote: prompt + written
    case .best(let best): prompt + max(written, answer + best.instruction + best.verdict)
    case .debate(let agents, let rounds): prompt + (rounds - 1) * agents * answer + written
    case .tree(let tree): prompt + tree.depth * answer + max(written - answer, tree.verdict)
    case .batch(let batch): prompt + batch.text.longest + written
    }
  }
}
