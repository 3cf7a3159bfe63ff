package import Diagnostics
internal import Results
internal import Runs
internal import Units

/// What is to be said of a run whose figures are those of a backlog.
///
/// Nil of a load that is served.
package struct LoadWarning: Hashable, Sendable {
  /// `20 req/s offered, 9.4 served: the queue grows; figures are of a backlog, not of a service`
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
    guard let offered = load.offered, load.isSustained == false else { return nil }
    func rate(_ value: Double) -> String { NumberText.significant(value, 3) }
    switch load.state {
    case .overloaded:
      words =
        "\(rate(offered)) req/s offered, \(rate(load.served)) served: the queue grows; figures are "
        + "of a backlog, not of a service"
    default:
      words =
        "\(rate(offered)) req/s offered, \(rate(load.capacity?.rate ?? load.served)) can be "
        + "served: too near to be judged; how long the queue becomes is not known"
    }
    cause = load.capacity.map { capacity in
      let pool = capacity.pool == "serving" ? "" : " of the \(capacity.pool) pool"
      return "there is no more \(capacity.limit.words)\(pool); "
        + "\(rate(capacity.rate)) req/s can be served"
    }
  }

  /// - Parameter help: what to type.
  package func diagnostic(help: String) -> Diagnostic {
    Diagnostic(
      .warning, code: "load/overload", words, notes: [cause].compactMap { $0 }, hint: help)
  }
}
