internal import OperatorCosts

/// A way of answering one question: how long, how often, by how many.
package struct AnsweringWay: Equatable, Sendable {
  package var name: String
  /// The workload whose run it is priced with.
  package var workload: String
  package var prompt: Int
  package var thinking: Int
  package var answer: Int
  /// Answers written side by side, of which one is chosen.
  package var samples: Int
  /// Writers that read each other between rounds.
  package var agents: Int
  package var rounds: Int
  /// Whether what is read by several is computed once.
  package var sharesPrompt: Bool

  package init(
    name: String, workload: String, prompt: Int, thinking: Int = 0, answer: Int, samples: Int = 1,
    agents: Int = 1, rounds: Int = 1, sharesPrompt: Bool = true
  ) {
    self.name = name
    self.workload = workload
    self.prompt = prompt
    self.thinking = thinking
    self.answer = answer
    self.samples = samples
    self.agents = agents
    self.rounds = rounds
    self.sharesPrompt = sharesPrompt
  }

  /// Streams that are written at a time.
  var streams: Int { samples * agents }
  /// Tokens that one stream writes in one round.
  var written: Int { thinking + answer }
  /// Tokens that one stream reads in a round, counted from 0: the prompt, and what all agents
  /// answered before. The thinking is not read by others.
  func read(round: Int) -> Int { prompt + round * agents * answer }
}

/// What one answer takes, in every measure.
///
///     round i of r, with streams w = samples · agents, each writing O tokens:
///     read by each: P + i · a · A        computed: what is new since round i - 1, once or w times
///
/// - P, A, O: prompt, answer, and tokens written by one stream, thinking included     - a: agents
/// - FLOPs: 2 N for a token computed or written, and attention at its own context
/// - cache: tokens held at the end; shared text once, or once a stream
/// - time: time to first token once a round, and the tokens of one stream in a round after it
///
/// Hours, dollars and joules are those of the run's tokens, whatever their context: a way with much
/// longer contexts than the run's wants a run of its own.
/// Check: P = 1,000, O = 500, 2 samples with a shared prompt: 1,000 computed, 1,000 cached, 1,000
/// written; 2,000 tokens held (`AnswerCostTests.samplesShareTheirPrompt`).
package struct AnswerCost: Sendable {
  package var way: AnsweringWay
  package var tokens: TokenMix
  package var effort: Effort
  /// Nil when the run has no times.
  package var seconds: Double?
  package var heldTokens: Double
  package var heldBytes: Double

  package init(_ way: AnsweringWay, _ figures: ServingFigures, countsAttention: Bool = true) {
    self.way = way
    let work = figures.work
    let streams = Double(way.streams)
    var mix = TokenMix(input: 0, cached: 0, output: 0)
    var attention = 0.0
    for round in 0..<way.rounds {
      let read = way.read(round: round)
      let known = way.sharesPrompt && round > 0 ? way.read(round: round - 1) : 0
      let copies = way.sharesPrompt ? 1 : streams
      mix.input += Double(read - known) * copies
      mix.cached += Double(read) * streams - Double(read - known) * copies
      mix.output += Double(way.written) * streams
      attention += work.prefillAttention(new: read - known, prior: known) * copies
      attention += work.decodeAttention(new: way.written, prior: read) * streams
    }
    tokens = mix
    effort = figures.effort(of: mix, attention: false)
    if countsAttention { effort.flops += attention }
    if let each = figures.secondsPerOutputToken {
      let first = figures.secondsToFirstToken ?? 0
      seconds = Double(way.rounds) * (first + Double(way.written - 1) * each)
    }
    let read = Double(way.read(round: way.rounds - 1))
    heldTokens = (way.sharesPrompt ? read : read * streams) + Double(way.written) * streams
    heldBytes = heldTokens * figures.cacheBytesPerToken
  }
}
