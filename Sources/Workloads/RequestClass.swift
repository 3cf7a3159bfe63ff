/// A kind of request with its share of the traffic and its lengths.
package struct RequestClass: Equatable, Sendable {
  package var name: String
  /// Weight against the other classes; only the proportions matter.
  package var share: Double
  /// Prompt tokens of its own: what comes after a shared text, and after the turns before.
  package var input: LengthDistribution
  /// Thinking tokens before the answer; nil for a model that does not think.
  package var thinking: LengthDistribution?
  /// Answer tokens; a fixed 0 where prompts are read for vectors or scores.
  package var output: LengthDistribution
  /// The texts that its prompts begin with.
  package var sharedPrefix: SharedPrefix?
  /// The conversations that its requests are turns of; `share` is then of first turns.
  package var sessions: Sessions?
  /// What becomes of their caches between two turns.
  package var betweenTurns = BetweenTurns.kept
  /// Published part of the prompt tokens that hit a cache, 0...1: taken as it is, with no regard to
  /// what the cache could hold.
  package var cachedShare: Double?
  /// How each question is answered; nil by one call, and then nothing is kept of it.
  package var strategy: Strategy?
  /// Share of the questions that this way of answering answers rightly, as somebody published or
  /// measured it.
  package var accuracy: AccuracyCurve.Reading?
  /// Images, sound or video in each prompt, behind its `input`.
  package var media: Media?
  /// Priority against the other classes: the lower goes first where the engine orders by it.
  package var priority: Int32 = 0
  /// How long its clients wait; nil where they wait for ever.
  package var patience: Patience?

  package init(
    name: String, share: Double = 1, input: LengthDistribution,
    thinking: LengthDistribution? = nil, output: LengthDistribution,
    sharedPrefix: SharedPrefix? = nil, sessions: Sessions? = nil, cachedShare: Double? = nil,
    strategy: Strategy? = nil, accuracy: AccuracyCurve.Reading? = nil
  ) {
    self.name = name
    self.share = share
    self.input = input
    self.thinking = thinking
    self.output = output
    self.sharedPrefix = sharedPrefix
    self.sessions = sessions
    self.cachedShare = cachedShare
    self.strategy = strategy
    self.accuracy = accuracy
  }
}

extension RequestClass {
  /// Tokens of what prompts have beside text; zero where they have nothing.
  var mediaTokens: Int { media?.allTokens ?? 0 }

  /// Tokens of a prompt in the mean, those of images and the like included.
  var meanInput: Double { input.mean + Double(mediaTokens) }

  /// Tokens of an answer in the mean, thinking included.
  var meanOutput: Double { output.mean + (thinking?.mean ?? 0) }

  /// Whether nothing is written.
  package var answersNothing: Bool { output == .fixed(0) }
}

/// Images, sound or video as the tokens that they become.
package struct Media: Equatable, Sendable {
  /// Items in a prompt.
  package var items: Int
  /// Tokens of each.
  package var tokens: Int

  package init(items: Int, tokens: Int) {
    self.items = items
    self.tokens = tokens
  }

  package var allTokens: Int { items * tokens }
}

/// How long a client waits for an answer before it goes away: the server is told, and works no more
/// on it.
package struct Patience: Equatable, Sendable {
  /// Time from the arrival to the first token that a client waits; nil waits for it until the
  /// deadline.
  package var firstToken: DurationDistribution?
  /// Time from the arrival to the last token that a client waits: an answer that comes later is of
  /// no use.
  package var deadline: DurationDistribution?

  package init(firstToken: DurationDistribution? = nil, deadline: DurationDistribution? = nil) {
    self.firstToken = firstToken
    self.deadline = deadline
  }
}

/// Texts that many prompts begin with: system prompts, documents that are asked about again.
package struct SharedPrefix: Equatable, Sendable {
  /// Length of a text. Each variant keeps the one it drew.
  package var tokens: LengthDistribution
  /// How many different texts there are.
  package var variants: Int
  /// Zipf exponent `s`: text `k` of `1...variants` is taken in proportion to `k^-s`; 0 takes all
  /// alike.
  package var popularity: Double

  package init(tokens: LengthDistribution, variants: Int, popularity: Double = 0) {
    self.tokens = tokens
    self.variants = variants
    self.popularity = popularity
  }
}

/// Conversations: the prompt of each further turn is the prompt before it, its answer without the
/// thinking, and new input.
package struct Sessions: Equatable, Sendable {
  /// Requests in a conversation, at least one.
  package var turns: LengthDistribution
  /// Time from the end of an answer to the next question, or until a tool has run.
  package var thinkTime: DurationDistribution
  /// Tools that run side by side after each turn: the next one waits for the last of them, and
  /// reads what each has to say.
  package var tools = 1
  /// How tools fail; nil where they never do.
  package var failures: ToolFailures?
  /// How contexts are summed up; nil where they grow as they do.
  package var compaction: Compaction?

  package init(turns: LengthDistribution, thinkTime: DurationDistribution) {
    self.turns = turns
    self.thinkTime = thinkTime
  }
}
