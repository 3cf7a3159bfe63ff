package import Statistics

/// What became of the questions of a run.
package struct QuestionSummary: Sendable {
  package internal(set) var asked: Int64 = 0
  package internal(set) var answered: Int64 = 0
  /// Questions of which every call of a round was refused or lost.
  package internal(set) var failed: Int64 = 0
  /// Calls of questions that have ended.
  package internal(set) var calls: Int64 = 0
  /// Calls that a vote did not need any more and that were not made.
  package internal(set) var spared: Int64 = 0
  /// Such as were made and taken back; those that end in the step that decides are none.
  package internal(set) var cancelled: Int64 = 0
  /// Time from a question to its answer [ns].
  package internal(set) var latencies = QuantileSketch()

  package init() {}

  package var open: Int64 { asked - answered - failed }
}
