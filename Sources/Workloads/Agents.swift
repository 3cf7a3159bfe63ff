/// Tools of an agent that fail: the next request reads the error and tries again, and is none of
/// the conversation's turns.
package struct ToolFailures: Equatable, Sendable {
  /// How often, 0...1.
  package var share: Double
  /// Tokens of the error.
  package var input: LengthDistribution

  package init(share: Double, input: LengthDistribution) {
    self.share = share
    self.input = input
  }
}

/// A context that has become long is summed up by a call of its own; the next prompt begins with
/// the shared text and the summary, of which no cache knows anything yet.
package struct Compaction: Equatable, Sendable {
  /// Tokens of prompt and answer from which on the next turn is preceded by one.
  package var at: Int
  /// Tokens that ask for it, behind all that was said.
  package var instruction: Int
  /// Tokens of the summary.
  package var summary: LengthDistribution

  package init(at: Int, instruction: Int, summary: LengthDistribution) {
    self.at = at
    self.instruction = instruction
    self.summary = summary
  }
}
