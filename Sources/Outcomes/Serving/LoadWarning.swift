package import Diagnostics
internal import Results

/// What is to be said of a run whose figures are those of a backlog.
///
/// Nil of a load that is served.
package struct LoadWarning: Hashable, Sendable {
  package let words: String
  /// What there is no more of.
  package let cause: String?

  /// The first that is to be said of what was run: of all of it, or of its busiest time.
  package init?(_ outcome: Outcome) {
    if let whole = LoadWarning(outcome.load) {
      self = whole
    } else if let peak = outcome.peak.first.flatMap({ LoadWarning($0.load) }) {
      words = "at the highest rate, \(peak.words)"
      cause = peak.cause
    } else {
      return nil
    }
  }

  package init?(_ load: LoadOutcome) {
    let results = LoadResults(load)
    guard load.isSustained == false, let trouble = results.trouble else { return nil }
    words = trouble
    cause = results.cause
  }

  /// - Parameter help: what to type.
  package func diagnostic(help: String) -> Diagnostic {
    Diagnostic(
      .warning, code: "load/overload", words, notes: [cause].compactMap { $0 }, hint: help)
  }
}
