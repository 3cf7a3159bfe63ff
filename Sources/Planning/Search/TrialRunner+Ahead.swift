internal import ParallelRuns
internal import Runs
internal import Scenarios

// Candidates that are simulated before it is their turn, several at a time.
extension TrialRunner {
  /// What a runner of its own found of one candidate.
  struct Ahead: Sendable {
    var seen: [Key: Result]
    var capacities: CandidateCapacities
    var count: Int
    var tried: [String]
    /// Events.
    var spent: Int
  }

  /// Simulates candidates that are independent of each other, to tell whether they hold the level.
  /// What they found is theirs until `adopt`: a search that ends before it comes to one has neither
  /// seen nor paid for it, so that its result is the same for any number of jobs.
  ///
  /// - Parameters:
  ///   - candidates: each with what its run is for; what is known already is not run.
  ///   - rate: requests a second; what can serve no more is not run.
  func ahead(
    _ candidates: [(candidate: Candidate, purpose: Purpose)], above rate: Double, jobs: Int
  ) -> [Ahead] {
    let (scenario, level, strain, catalogues) = (scenario, level, strain, catalogues)
    let (capacities, left, isCancelled) = (capacities, budget.left, isCancelled)
    let items = candidates.map { candidate, purpose in
      (
        candidate: candidate, purpose: purpose,
        isKnown: known(Key(candidate: candidate, purpose: purpose)) != nil
      )
    }
    return ParallelCases.map(items, jobs: jobs) { item in
      var runner = TrialRunner(
        scenario, holding: level, strain: strain, from: catalogues, budget: WorkBudget(left),
        isCancelled: isCancelled)
      runner.capacities = capacities
      if !item.isKnown, let capacity = runner.capacity(of: item.candidate), capacity.rate > rate {
        _ = runner.run(item.candidate, for: item.purpose)
      }
      return Ahead(
        seen: runner.seen, capacities: runner.capacities, count: runner.count,
        tried: runner.tried, spent: runner.budget.spent)
    }
  }

  /// Takes over what was found ahead, and pays for it. What would use up the budget is left: it is
  /// simulated again, as far as the budget goes.
  mutating func adopt(_ ahead: Ahead) {
    guard ahead.spent < budget.left else { return }
    budget.charge(ahead.spent)
    seen.merge(ahead.seen) { known, _ in known }
    capacities.adopt(ahead.capacities)
    count += ahead.count
    tried += ahead.tried.filter { !tried.contains($0) }
  }
}
