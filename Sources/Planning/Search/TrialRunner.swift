package import Diagnostics
package import Scenarios
internal import Workloads

/// Simulates the candidates of one search, one after the other, and remembers what it has seen.
package struct TrialRunner {
  /// Of a candidate.
  package enum Outcome: Sendable {
    case finished(Trial)
    /// It cannot work: too little memory, no such format.
    case refused(InvalidInput)
    /// Nobody waits for the answer any more.
    case cancelled
  }

  private struct Key: Hashable {
    var candidate: Candidate
    var load: Int
  }

  private let scenario: Scenario
  private let catalogues: Catalogues
  private let isCancelled: @Sendable () -> Bool
  private var seen: [Key: Outcome] = [:]
  /// Simulations so far.
  package private(set) var count = 0

  package init(
    _ scenario: Scenario, from catalogues: Catalogues,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.scenario = scenario
    self.catalogues = catalogues
    self.isCancelled = isCancelled
  }

  /// The scenario's own workload.
  package mutating func run(_ candidate: Candidate) -> Outcome {
    run(candidate, load: 0) { $0 }
  }

  /// Another workload; equal numbers of `load` stand for equal ones.
  mutating func run(
    _ candidate: Candidate, load: Int, _ change: (Workload) -> Workload
  ) -> Outcome {
    let key = Key(candidate: candidate, load: load)
    if let known = seen[key] { return known }
    let outcome = simulate(candidate, change)
    seen[key] = outcome
    return outcome
  }

  private mutating func simulate(
    _ candidate: Candidate, _ change: (Workload) -> Workload
  ) -> Outcome {
    guard !isCancelled() else { return .cancelled }
    var changed = candidate.applied(to: scenario)
    changed.workload = change(changed.workload)
    do {
      let deployment = try Deployment(changed, from: catalogues)
      count += 1
      return Trial(deployment, isCancelled: isCancelled).map { .finished($0) } ?? .cancelled
    } catch let error as InvalidInput {
      return .refused(error)
    } catch {
      return .refused(InvalidInput(Diagnostic(code: "plan/failed", "\(error)")))
    }
  }
}
