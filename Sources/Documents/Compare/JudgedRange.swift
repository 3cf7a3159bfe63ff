internal import Planning
internal import Requirements
internal import Results

/// A figure that a verdict is about, and between what it lies eight times in ten: as the queue of a
/// slower and of a faster machine has it. In base units.
package struct JudgedRange: Encodable, Sendable {
  package var figure: String
  package var value: Double?
  /// Least value, eight times in ten; absent at an end that grows with the length of the run.
  package var low: Double?
  /// Largest value, eight times in ten; absent at an end that grows with the length of the run.
  package var high: Double?

  init(_ range: Assurance.Range, of results: RunResults) {
    figure = range.figure.path
    value = results.value(of: range.figure)
    low = range.low
    high = range.high
  }
}
