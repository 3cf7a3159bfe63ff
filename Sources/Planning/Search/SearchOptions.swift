internal import ParallelRuns
internal import Runs
package import Scenarios
internal import Workloads

/// How a search goes about it, whatever the machine.
package struct SearchOptions: Sendable {
  package var level: ServiceLevel
  /// What may be changed beside layouts.
  package var tuned: Set<TunedSetting>
  /// Whether what is found must hold even when everything is as slow as predictions are off.
  package var isCautious: Bool
  /// What it may use beside the core that it is begun on.
  private(set) var cores = IdleCores(0)
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

  /// Lets a search do so many things at a time: its result is the same for any number.
  package mutating func use(jobs: Int) { cores = IdleCores(jobs - 1) }

  func runner(
    _ scenario: Scenario, strain: Strain? = nil, spending budget: WorkBudget,
    isCancelled: @escaping @Sendable () -> Bool
  ) -> TrialRunner {
    var runner = TrialRunner(
      scenario, holding: level, strain: strain ?? (isCautious ? .slowest : nil), from: catalogues,
      budget: budget, isCancelled: isCancelled)
    runner.cores = cores
    return runner
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
  /// Either end is a search of its own; a machine that is slower serves the same full load in its
  /// own time, so that what layouts can serve is known.
  ///
  /// - Parameter trial: of it, as predicted.
  func assurance(
    of candidate: Candidate, _ trial: Trial, in search: MachineSearch,
    isCancelled: @escaping @Sendable () -> Bool
  ) -> Assurance {
    guard Strain.isKnown(for: trial.deployment) else { return .unknown }
    let holds = level.shortfalls(of: trial).isEmpty
    let budget = search.runner.budget
    let (scenario, machine, capacities) = (
      search.scenario, search.machine, search.runner.capacities
    )
    let left = budget.left
    let ends = ParallelCases.map([Strain.slowest, .fastest], on: cores) { strain in
      var runner = self.runner(
        scenario, strain: strain, spending: WorkBudget(left), isCancelled: isCancelled)
      runner.capacities = capacities
      var search = MachineSearch(scenario, on: machine, tuning: [], runner: runner)
      let end = search.answer(candidate, for: .search).map { Assurance.End(strain, $0, level) }
      search.runner.searchDepth = .rough
      let isAsked = holds || end?.holds == true
      let fewest =
        isAsked ? search.fewest(like: candidate, from: strain.share(of: trial.deployment)) : nil
      let budget = search.runner.budget
      return (end: end, fewest: fewest, spent: budget.spent, isCut: budget.isExhausted)
    }
    for end in ends { budget.charge(end.spent) }
    let (slow, fast) = (ends[0], ends[1])
    var assurance = Assurance(
      predicted: trial, slow: slow.end, fast: fast.end, holding: level)
    // A search that was cut off knows no end.
    guard assurance.certainty != .no, let least = fast.fewest, slow.fewest != nil || !slow.isCut
    else { return assurance }
    let most = slow.fewest
    assurance.fewest = min(least.accelerators, candidate.accelerators)
    assurance.most = most.map { max($0.accelerators, candidate.accelerators) }
    // Clients who wait for their answers get more of them from a faster deployment, and a batch is
    // paid for until it is done, by many machines or by few.
    guard scenario.workload.arrivals.isOpen, search.demandedRate != nil else { return assurance }
    let dollars = machine.dollarsPerHour(of: candidate)
    assurance.costFactors = (
      low: min(machine.dollarsPerHour(of: least) / dollars, 1),
      high: most.map { max(machine.dollarsPerHour(of: $0) / dollars, 1) }
    )
    return assurance
  }
}
