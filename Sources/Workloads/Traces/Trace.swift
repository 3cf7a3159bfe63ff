package import Units

/// Recorded requests, in order of arrival.
package struct Trace: Equatable, Sendable {
  package struct Entry: Equatable, Sendable {
    /// Since the first request of the trace.
    package var arrival: SimTime
    package var inputTokens: Int32
    package var outputTokens: Int32

    package init(arrival: SimTime, inputTokens: Int32, outputTokens: Int32) {
      self.arrival = arrival
      self.inputTokens = inputTokens
      self.outputTokens = outputTokens
    }
  }

  package var entries: [Entry]
  /// Rows left out because they ask for no tokens, with the reason; shown as a warning.
  package var skippedRows: Int
  /// What the prompts begin with, where the trace says so.
  package var prefixes: TracePrefixes?

  package init(entries: [Entry], skippedRows: Int = 0, prefixes: TracePrefixes? = nil) {
    self.entries = entries
    self.skippedRows = skippedRows
    self.prefixes = prefixes
  }
}

/// The block ids of a trace's prompts, one after the other.
///
/// A prompt has one id for every `blockTokens` of it, the last one begun included. The last id of a
/// prompt thus stands for fewer tokens, and comes again only with a prompt that is the same to the
/// end.
package struct TracePrefixes: Equatable, Sendable {
  package var blockTokens: Int
  /// Each stands for its block and all before it.
  package var ids: [UInt64]
  /// Where the ids of each entry begin.
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
