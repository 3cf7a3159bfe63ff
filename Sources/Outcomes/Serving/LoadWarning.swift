package import Diagnostics
internal import Results

/// What is to be said of a run whose figures are those of a backlog.
///
/// Nil of a load that is served.
package struct LoadWarning: Hashable, Sendable {
  private let trouble: LoadTrouble

  package var words: String { trouble.words }
  /// What there is no more of.
  package var cause: String? { trouble.cause }

  package init?(_ outcome: Outcome) {
    self.init(outcome.load, peak: outcome.peak.first?.load)
  }

  package init?(_ load: LoadOutcome, peak: LoadOutcome? = nil) {
    guard
      let found = LoadTrouble(of: LoadResults(load), peak: peak.map { LoadResults($0) })
    else { return nil }
    trouble = found
  }

  /// - Parameter help: what to type.
  package func diagnostic(help: String) -> Diagnostic {
    Diagnostic(
      .warning, code: "load/overload", words, notes: [cause].compactMap { $0 }, hint: help)
  }
}
