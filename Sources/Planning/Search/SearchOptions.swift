internal import Runs
package import Scenarios

/// How a search goes about it, whatever the machine.
package struct SearchOptions: Sendable {
  package var level: ServiceLevel
  /// What may be changed beside layouts.
  package var tuned: Set<TunedSetting>
  /// Whether what is found must hold even when everything is as slow as predictions are off.
  package var isCautious: Bool
  /// Layouts that are looked at alone at a time.
  package var jobs = 1
  /// Events that it may simulate for one machine (`WorkBudget`).
  package var mostEvents: Int
  package var catalogues: Catalogues

  package init(
    holding level: ServiceLevel, tuning tuned: Set<TunedSetting> = Set(TunedSetting.allCases),
    isCautious: Bool = false, mostEvents: Int = WorkBudget.usual,
    from catalogues: Catalogues = .builtIn
  ) {
    self.level = level
    self.tuned = tuned
    self.isCautious = isCautious
    self.mostEvents = mostEvents
    self.catalogues = catalogues
  }

  func runner(
    _ scenario: Scenario, strain: Strain? = nil, spending budget: WorkBudget,
    isCancelled: @escaping @Sendable () -> Bool
  ) -> TrialRunner {
    TrialRunner(
      scenario, holding: level, strain: strain ?? (isCautious ? .slowest : nil), from: catalogues,
      budget: budget, isCancelled: isCancelled)
  }

  /// What was found, as predicted: a cautious search ran it slower.
  func asPredicted(
    _ found: MachineSearch.Found, in search: MachineSearch,
    isCancelled: @escaping @Sendable () -> Bool
  ) -> MachineSearch.Found {
    guard isCautious else { return found }
    var predicted = TrialRunner(
      search.scenario, holding: level, from: catalogues, budget: search.runner.budget,
      isCancelled: isCancelled)
    guard case .finished(let trial) = predicted.run(found.candidate, for: .answer) else {
      return found
    }
    return MachineSearch.Found(candidate: found.candidate, trial: trial)
  }

  /// How sure it is that a candidate holds the level, or misses it.
  ///
  /// - Parameter trial: of it, as predicted.
  func assurance(
    of candidate: Candidate, _ trial: Trial, in search: MachineSearch,
    isCancelled: @escaping @Sendable () -> Bool
  ) -> Assurance {
    guard Strain.isKnown(for: trial.deployment) else { return .unknown }
    var (slow, fast) = (
      strained(search, .slowest, isCancelled), strained(search, .fastest, isCancelled)
    )
    func end(_ strain: Strain, _ search: inout MachineSearch) -> Assurance.End? {
      search.answer(candidate, for: .search).map { Assurance.End(strain, $0, level) }
    }
    var assurance = Assurance(
      predicted: trial, slow: end(.slowest, &slow), fast: end(.fastest, &fast), holding: level)
    guard assurance.certainty != .no,
      let least = fast.fewest(like: candidate, from: Strain.fastest.share(of: trial.deployment)),
      let most = slow.fewest(like: candidate, from: Strain.slowest.share(of: trial.deployment))
    else { return assurance }
    assurance.fewest = min(least.accelerators, candidate.accelerators)
    assurance.most = max(most.accelerators, candidate.accelerators)
    // Clients who wait for their answers get more of them from a faster deployment.
    guard search.demandedRate != nil else { return assurance }
    let dollars = search.machine.dollarsPerHour(of: candidate)
    assurance.costFactors = (
      low: min(search.machine.dollarsPerHour(of: least) / dollars, 1),
      high: max(search.machine.dollarsPerHour(of: most) / dollars, 1)
    )
    return assurance
  }

  private func strained(
    _ search: MachineSearch, _ strain: Strain, _ isCancelled: @escaping @Sendable () -> Bool
  ) -> MachineSearch {
    MachineSearch(
      search.scenario, on: search.machine, tuning: [],
      runner: runner(
        search.scenario, strain: strain, spending: search.runner.budget, isCancelled: isCancelled))
  }
}
