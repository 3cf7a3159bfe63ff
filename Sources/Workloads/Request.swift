package import Units

/// One prompt and its answer, as the engine sees it: lengths, not text.
package struct Request: Equatable, Sendable {
  /// Order of arrival, from 0.
  package var index: Int32
  /// Position in the scenario's list of request classes.
  package var classIndex: Int16
  /// Position in its session, or of a call in its round, from 0; `firstVerdict` more of a call that
  /// judges what others wrote.
  package var turn: Int16
  package var arrival: SimTime
  /// Prompt length in tokens, shared ones included.
  package var inputTokens: Int32
  /// Generated tokens, thinking included; none where a prompt is read for a vector or a score.
  package var outputTokens: Int32
  /// How many of the generated tokens, from the first on, are thinking and not answer.
  package var thinkingTokens: Int32
  /// The conversation it belongs to, or -1.
  package var session: Int32
  /// Leading prompt tokens whose keys and values are known to be cached, whatever the cache holds.
  package var cachedTokens: Int32
  /// Row of the request in a recorded trace in memory, or -1.
  package var row: Int32
  /// What the request's conversation was like until then.
  package var course = Course()

  /// What a conversation has been through that is no turn of its own.
  package struct Course: Equatable, Sendable {
    package enum Kind: UInt8, Sendable {
      case turn
      /// Reads the error of a tool, and tries again.
      case retry
      /// Sums up what was said, so that the next prompt is short again.
      case compaction
      /// Asks for another answer to the prompt of the call before it, in one request with it.
      case furtherAnswer
    }

    /// Leading tokens of the prompt that earlier requests of the conversation have had, in prompts
    /// or answers.
    package var said: Int32 = 0
    /// Requests of it that were no turns, this one included.
    var detours: Int16 = 0
    /// The kind in the lowest two bits, and in the others how often what was said has been summed
    /// up: requests wait in large numbers, and of two of them one at the most is a summary.
    private var bits: UInt16 = 0

    package init() {}

    package var kind: Kind {
      get { Kind(rawValue: UInt8(bits & 3)) ?? .turn }
      set { bits = bits & ~3 | UInt16(newValue.rawValue) }
    }

    /// How often what was said has been summed up before this one.
    package var compactions: Int16 {
      get { Int16(bits >> 2) }
      set { bits = UInt16(newValue) << 2 | bits & 3 }
    }
  }

  package init(
    index: Int32, classIndex: Int16 = 0, turn: Int16 = 0, arrival: SimTime, inputTokens: Int32,
    outputTokens: Int32, thinkingTokens: Int32 = 0, session: Int32 = -1, cachedTokens: Int32 = 0,
    row: Int32 = -1
  ) {
    self.index = index
    self.classIndex = classIndex
    self.turn = turn
    self.arrival = arrival
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.thinkingTokens = thinkingTokens
    self.session = session
    self.cachedTokens = cachedTokens
    self.row = row
  }

  package var answerTokens: Int32 { outputTokens - thinkingTokens }

  /// More calls than a round may have.
  static let firstVerdict: Int16 = 1 << 14

  /// Whether it judges what other calls of its question wrote.
  package var isVerdict: Bool { turn >= Self.firstVerdict && session >= 0 }

  /// Its place among the calls of its round.
  var place: Int { Int(turn & (Self.firstVerdict - 1)) }
}
