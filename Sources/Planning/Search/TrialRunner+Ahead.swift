internal import ParallelRuns
internal import Runs
internal import Scenarios

// Candidates that are simulated before it is their turn, on cores that would be idle.
//
// What they found is theirs until it is asked for: a search that never comes to one has neither
// seen nor paid for it, so that its result is the same for any number of cores.
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
  ///
  /// - Parameters:
  ///   - candidates: each with what its run is for; what is known already is not run.
  ///   - rate: requests a second; what can serve no more is not run.
  func ahead(
    _ candidates: [(candidate: Candidate, purpose: Purpose)], above rate: Double
  ) -> [Ahead] {
    let look = lookAhead(above: rate, isCancelled: isCancelled)
    let items = candidates.map { candidate, purpose in
      let key = Key(candidate: candidate, purpose: purpose)
      return (key: key, isKnown: known(key) != nil)
    }
    return ParallelCases.map(items, on: cores) { look($0.key, $0.isKnown) }
  }

  /// Begins to simulate what will be asked for after a candidate if that holds, where it is known
  /// to serve more than a rate [req/s], and on a further core the likely answer.
  mutating func foresee(
    _ next: Candidate, for purpose: Purpose, above rate: Double, after candidate: Candidate,
    for itsPurpose: Purpose
  ) {
    func begin() {
      if knowsCapacity(of: next), let capacity = capacity(of: next), capacity.rate > rate {
        foresee(next, for: purpose)
      }
      if let likelyAnswer { foresee(likelyAnswer, for: .answer) }
    }
    guard let own = foreseen.removeValue(forKey: Key(candidate: candidate, purpose: itsPurpose))
    else { return begin() }
    // Whoever waits needs no core.
    cores.lendWhile {
      begin()
      if let ahead = own.result() { adopt(ahead) }
    }
  }

  /// Begins to simulate what will probably be asked for, if a core is idle.
  mutating func foresee(_ candidate: Candidate, for purpose: Purpose) {
    let key = Key(candidate: candidate, purpose: purpose)
    guard cores.idle > 0, foreseen[key] == nil, known(key) == nil else { return }
    let isCancelled = isCancelled
    let next = Foreseen()
    let look = lookAhead(above: nil) { next.isUnwanted || isCancelled() }
    let isBegun = cores.begin({ next.look { look(key, false) } }, then: { next.tell() })
    if isBegun { foreseen[key] = ForeseenRun(next) }
  }

  /// Gives up what was foreseen and not asked for.
  mutating func forget(where isUnwanted: (Key) -> Bool = { _ in true }) {
    foreseen = foreseen.filter { !isUnwanted($0.key) }
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

  private func lookAhead(
    above rate: Double?, isCancelled: @escaping @Sendable () -> Bool
  ) -> @Sendable (Key, Bool) -> Ahead {
    let (scenario, level, strain, catalogues) = (scenario, level, strain, catalogues)
    let (capacities, left, depth) = (capacities, budget.left, searchDepth)
    return { key, isKnown in
      var runner = TrialRunner(
        scenario, holding: level, strain: strain, from: catalogues, budget: WorkBudget(left),
        isCancelled: isCancelled)
      runner.capacities = capacities
      runner.searchDepth = depth
      let isServed = { (rate: Double) in
        runner.capacity(of: key.candidate).map { $0.rate > rate } ?? false
      }
      if !isKnown, rate.map(isServed) ?? true {
        _ = runner.run(key.candidate, for: key.purpose)
      }
      return Ahead(
        seen: runner.seen, capacities: runner.capacities, count: runner.count,
        tried: runner.tried, spent: runner.budget.spent)
    }
  }
}
