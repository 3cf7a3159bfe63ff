package import Diagnostics
package import Economics
internal import Outcomes
internal import ParallelRuns
internal import Runs
package import Scenarios

/// The deployment that holds a service level at a load, now and as the load grows.
package struct CapacityPlan: Sendable {
  /// What is planned for.
  package struct Demand: Hashable, Sendable {
    /// Load beyond the scenario's that must be held too: 0.2 for a fifth more.
    package var headroom = 0.0
    /// Growth of the load from month to month, as a share of it: 0.1 for a tenth.
    package var growthPerMonth = 0.0
    /// Months that are planned beyond the first.
    package var months = 0

    package init(
      headroom: Double = 0, growthPerMonth: Double = 0, months: Int = 0
    ) {
      self.headroom = headroom
      self.growthPerMonth = growthPerMonth
      self.months = months
    }

    /// The load of a month as a multiple of the scenario's, headroom included.
    package func factor(month: Int) -> Double {
      var factor = 1 + headroom
      for _ in 0..<month { factor *= 1 + growthPerMonth }
      return factor
    }
  }

  package struct Stage: Sendable {
    package var month: Int
    /// The stage's load as a multiple of the scenario's, headroom included.
    package var factor: Double
    /// The deployment that holds the level, spares apart.
    package var candidate: Candidate
    /// What is paid for, spares included.
    package var bill: Bill
    package var trial: Trial
  }

  package let demand: Demand
  package let machine: SearchedMachine
  /// This month first; empty when nothing holds the level.
  package private(set) var stages: [Stage] = []
  /// How sure it is that the first of them holds.
  package private(set) var assurance = Assurance.unknown
  /// Whether it holds even when everything is as slow as predictions are off.
  package private(set) var isCautious = false
  /// The deployment with one replica fewer, and what it misses; nil when there is only one.
  package private(set) var oneFewer: MachineSearch.Miss?
  /// The nearest to the level, where nothing holds it.
  package private(set) var miss: MachineSearch.Miss?
  package private(set) var refusals: [InvalidInput] = []
  package private(set) var trials = 0
  /// The search that ended undecided; nil where it did not.
  package private(set) var spent: SpentSearch?

  /// Months are searched as many at a time as there are cores.
  ///
  /// - Parameter progress: told the share of the months that are planned.
  package static func find(
    _ scenario: Scenario, on machine: SearchedMachine, with search: SearchOptions,
    for demand: Demand, isCancelled: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) -> CapacityPlan {
    var plan = CapacityPlan(demand: demand, machine: machine)
    plan.isCautious = search.isCautious
    let budget = WorkBudget(search.mostEvents)
    let searcher: Searcher = { month, budget in
      var loaded = scenario
      loaded.workload = scenario.workload.scaled(by: demand.factor(month: month))
      return MachineSearch(
        loaded, on: machine, tuning: search.tuned,
        runner: search.runner(loaded, spending: budget, isCancelled: isCancelled))
    }
    var first = searcher(0, budget)
    plan.begin(&first, with: search, isCancelled: isCancelled)
    if !plan.stages.isEmpty { plan.grow(searcher, on: search.cores, budget, progress) }
    plan.spent = first.runner.spent(on: machine.name, best: first.best)
    return plan
  }

  /// This month.
  private mutating func begin(
    _ first: inout MachineSearch, with search: SearchOptions,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    first.search()
    refusals = first.refusals
    miss = first.miss
    trials = first.runner.count
    guard let best = first.best else { return }
    miss = nil
    let (searched, fewer) = first.withoutOne(best)
    let found = search.asPredicted(searched, in: first, isCancelled: isCancelled)
    oneFewer = fewer
    stages = [stage(0, found)]
    trials = first.runner.count
    assurance = search.assurance(
      of: found.candidate, found.trial, in: first, isCancelled: isCancelled)
  }

  /// What searches a month, and what its simulations may take.
  private typealias Searcher = @Sendable (Int, WorkBudget) -> MachineSearch

  /// The further months, as far as the layout holds: each with at least what the month before has.
  ///
  /// They are searched on accounts of their own. What would use up the common one is searched again
  /// as far as that goes, so that the plan is the same for any number of cores.
  private mutating func grow(
    _ searcher: @escaping Searcher, on cores: IdleCores, _ budget: WorkBudget,
    _ progress: @escaping @Sendable (Double) -> Void
  ) {
    guard demand.months > 0 else { return }
    let (demand, left, first) = (demand, budget.left, stages[0].candidate)
    @Sendable func search(
      _ month: Int, _ candidate: Candidate, growing factor: Double, _ budget: WorkBudget
    ) -> (found: MachineSearch.Found?, trials: Int) {
      var search = searcher(month, budget)
      let found = search.grow(candidate, by: factor)
      return (found, search.runner.count)
    }
    let work = WorkDone(total: demand.months + 1)
    progress(work.add(1))
    let months = ParallelCases.map(Array(1...demand.months), on: cores) { month in
      let own = WorkBudget(left)
      let factor = demand.factor(month: month) / demand.factor(month: 0)
      let result = search(month, first, growing: factor, own)
      progress(work.add(1))
      return (result: result, spent: own.spent)
    }
    for (place, (result, spent)) in months.enumerated() {
      let before = stages[place].candidate
      var result = result
      let isPaid = spent < budget.left
      if isPaid { budget.charge(spent) }
      // By chance, fewer may have held a little more.
      if !isPaid || result.found.map({ $0.candidate.accelerators < before.accelerators }) ?? false {
        let step = demand.factor(month: place + 1) / demand.factor(month: place)
        result = search(place + 1, before, growing: step, budget)
      }
      trials += result.trials
      guard let found = result.found else { return }
      stages.append(stage(place + 1, found))
    }
  }

  private init(demand: Demand, machine: SearchedMachine) {
    self.demand = demand
    self.machine = machine
  }

  private func stage(_ month: Int, _ found: MachineSearch.Found) -> Stage {
    Stage(
      month: month, factor: demand.factor(month: month), candidate: found.candidate,
      bill: machine.bill(of: found.candidate), trial: found.trial)
  }
}
