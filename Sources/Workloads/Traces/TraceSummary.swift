package import Units

/// What is known of a recorded trace when all of it has been looked at once.
package struct TraceSummary: Equatable, Sendable {
  package var format: TraceFormat?
  /// Requests that ask for something.
  package var requests = 0
  /// Requests that wait for nobody; others wait for the answer of the turn before.
  package var heads = 0
  package var sessions = 0
  /// Whether rows name conversations, whether or not turns of them wait.
  package var hasSessions = false
  /// Turns without ids that wait for another, and those of them whose prompt is shorter than the
  /// one before: where most are, lengths may count what is new.
  package var plainTurns = 0
  package var shorterTurns = 0
  /// Rows left out because they are no requests (`TraceFormat.isRequest`), sessions because they
  /// repeat another, rows because nobody knows when they came.
  package var skippedRows = 0
  package var repeatedSessions = 0
  package var undatedRows = 0
  /// Time of the first request, by the clock of the trace [ns].
  package var firstNanoseconds: Int64 = 0
  /// Time from the first request to the last that waits for nobody [ns].
  package var spanNanoseconds: Int64 = 0
  /// Whether rows have times.
  package var isTimed = true
  /// Rows that come earlier than one before them: how many, the first of them, and by how much at
  /// the most [ns].
  package var earlierRows = 0
  package var firstEarlierLine = 0
  package var latenessNanoseconds: Int64 = 0
  /// Tokens of the blocks that ids stand for; nil where there are no ids.
  package var blockTokens: Int?
  /// Tokens of prompt and answer of the longest request.
  package var longestRequest = 0
  /// Priorities of its requests, the lowest first; none where all are alike, or there are more than
  /// anybody could mean.
  package var priorities: [Int32] = []
  package var inputTokens: Double = 0
  package var outputTokens: Double = 0

  package init() {}

  package var hasTurns: Bool { heads < requests }

  package var span: SimDuration { SimDuration(nanoseconds: spanNanoseconds) }
}
