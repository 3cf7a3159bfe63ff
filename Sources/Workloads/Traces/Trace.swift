package import Units

/// Recorded requests as they are replayed: all of a recording or a part of it, faster or slower.
///
/// What is recorded is shared by all copies, in memory or in a file that is read as it is replayed.
package struct Trace: Equatable, Sendable {
  package struct Entry: Equatable, Sendable {
    /// Time since the first request of the trace.
    package var arrival: SimTime
    package var inputTokens: Int32
    package var outputTokens: Int32

    package init(arrival: SimTime, inputTokens: Int32, outputTokens: Int32) {
      self.arrival = arrival
      self.inputTokens = inputTokens
      self.outputTokens = outputTokens
    }
  }

  package let recording: Recording
  /// Factor by which times are divided.
  package var speed = 1.0
  /// The part that is replayed of rows that are read again, from the first request on [ns]; nil for
  /// all of it.
  package internal(set) var slice: Range<Int64>?
  /// How long the part is that was asked for [ns]; nil where it ends with its last request.
  package internal(set) var partNanoseconds: Int64?
  /// Time over which each request is moved, to where nobody knows [ns]: what its stamp was rounded
  /// to.
  package internal(set) var jitterNanoseconds: Int64 = 0
  /// How often it is played, one time after the other.
  package internal(set) var rounds = 1
  /// Whether answers are cut to one token.
  package var hasShortAnswers = false
  /// What is in the part that is replayed, once.
  package internal(set) var extent: TraceExtent

  package init(_ recording: Recording) {
    self.recording = recording
    extent = TraceExtent(recording.summary)
  }

  /// A trace of requests in memory, in the order of their arrivals.
  package init(entries: [Entry], prefixes: TracePrefixes? = nil) {
    self.init(Recording(entries, prefixes))
  }

  package var summary: TraceSummary { recording.summary }

  /// Requests of all rounds.
  package var requests: Int { extent.requests * rounds }

  /// Whether a request may wait for the answer of another.
  package var hasTurns: Bool { summary.hasTurns }

  /// Tokens of the blocks that its prompts' ids stand for; nil where they have none.
  package var blockTokens: Int? { summary.blockTokens }

  /// Tokens of prompt and answer of the longest request.
  package var longestRequest: Int { extent.longestRequest }

  /// Time from the first request of the first round to the last of the last one [s].
  package var spanSeconds: Double {
    Double(extent.lastNanoseconds + periodNanoseconds * Int64(rounds - 1)) * 1e-9 / speed
  }

  /// Time from the first request to the last, turns that wait for an answer among them when they
  /// came [s].
  var stampedSeconds: Double {
    guard jitterNanoseconds == 0, let stamps = recording.kept?.stamps, let first = stamps.min(),
      let last = stamps.max()
    else { return spanSeconds }
    return Double(last - first + periodNanoseconds * Int64(rounds - 1)) * 1e-9 / speed
  }

  /// From one round to the next [ns]: as long as its part lasts, and a gap of the mean more where
  /// it ends with its last request.
  var periodNanoseconds: Int64 {
    if let partNanoseconds { return partNanoseconds }
    guard extent.requests > 1 else { return max(extent.lastNanoseconds, 1_000_000_000) }
    return extent.lastNanoseconds + extent.lastNanoseconds / Int64(extent.requests - 1)
  }

  /// Tokens of an answer as it is replayed.
  func written(of recorded: Int32) -> Int32 { hasShortAnswers ? min(1, recorded) : recorded }

  /// Whether its prompts are read for vectors or scores, and nothing is written.
  package var answersNothing: Bool { extent.outputTokens == 0 }

  /// Requests a second over its span; nil where all come at once.
  package var rate: Double? {
    spanSeconds > 0 ? Double(requests) / spanSeconds : nil
  }
}

/// What is in a part of a trace.
package struct TraceExtent: Equatable, Sendable {
  package var requests = 0
  /// Requests that wait for nobody.
  package var heads = 0
  /// Time of the last request that waits for nobody, from the beginning of the part on [ns].
  package var lastNanoseconds: Int64 = 0
  package var longestRequest = 0
  package var inputTokens = 0.0
  package var outputTokens = 0.0

  init() {}

  init(_ summary: TraceSummary) {
    requests = summary.requests
    heads = summary.heads
    lastNanoseconds = summary.spanNanoseconds
    longestRequest = summary.longestRequest
    inputTokens = summary.inputTokens
    outputTokens = summary.outputTokens
  }

  /// Tokens of a prompt in the mean.
  package var meanInput: Double { inputTokens / Double(max(1, requests)) }
  /// Tokens of an answer in the mean, where none is cut.
  package var meanOutput: Double { outputTokens / Double(max(1, requests)) }
}

/// The block ids of a trace's prompts in memory, one after the other.
///
/// A prompt has one id for every `blockTokens` of it, the last one begun included.
package struct TracePrefixes: Equatable, Sendable {
  package var blockTokens: Int
  package var ids: [UInt64]
  /// Positions at which the ids of each entry begin.
  package var starts: [Int]

  package init(blockTokens: Int, ids: [UInt64] = [], starts: [Int] = []) {
    self.blockTokens = blockTokens
    self.ids = ids
    self.starts = starts
  }

  package func blocks(ofPrompt tokens: Int32) -> Int {
    (Int(tokens) + blockTokens - 1) / blockTokens
  }
}
