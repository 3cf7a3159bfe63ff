internal import Results
package import Runs
internal import ServingSimulation
internal import Units

/// How much is asked of a deployment, how much it serves, and how much it could.
package struct LoadOutcome: Hashable, Sendable {
  package var state: State
  /// Requests a second that come in the long run; nil where completions decide it.
  package var offered: Double?
  /// Requests a second that were served in the judged part.
  package var served: Double
  /// Rate that could be served for ever; nil where it was not asked for, or nothing is ever served.
  package var capacity: Capacity?
  /// Share of the time in which somebody waited.
  package var waitingShare: Double

  /// Offered over what could be served, or over what that is at least.
  package var utilization: Double? {
    guard let offered, let capacity, capacity.rate > 0 else { return nil }
    return offered / capacity.rate
  }

  /// Whether figures are those of a service; nil where the load ends.
  package var isSustained: Bool? {
    switch state {
    case .sustained: true
    case .overloaded, .fragile, .overloadedAtPeak, .undecided: false
    case .finite: nil
    }
  }
}
