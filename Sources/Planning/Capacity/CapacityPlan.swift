package import Diagnostics
package import Economics
internal import Outcomes
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
    /// Further months that are planned.
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
  /// Where it ended undecided.
  package private(set) var spent: SpentSearch?

  /// - Parameter progress: told the share of the months that are planned.
  package static func find(
    _ scenario: Scenario, on machine: SearchedMachine, with search: SearchOptions,
    for demand: Demand, isCancelled: @escaping @Sendable () -> Bool,
    progress: (Double) -> Void = { _ in }
  ) -> CapacityPlan {
    var plan = CapacityPlan(demand: demand, machine: machine)
    plan.isCautious = search.isCautious
    let budget = WorkBudget(search.mostEvents)
    func searcher(_ month: Int) -> MachineSearch {
      var loaded = scenario
      loaded.workload = scenario.workload.scaled(by: demand.factor(month: month))
      var searcher = MachineSearch(
        loaded, on: machine, tuning: search.tuned,
        runner: search.runner(loaded, spending: budget, isCancelled: isCancelled))
      searcher.jobs = search.jobs
      return searcher
    }
    var first = searcher(0)
    plan.begin(&first, with: search, isCancelled: isCancelled)
    if !plan.stages.isEmpty { plan.grow(searcher, progress) }
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

  /// The further months, as far as the layout holds.
  private mutating func grow(_ searcher: (Int) -> MachineSearch, _ progress: (Double) -> Void) {
    for month in 0..<demand.months {
      progress(Double(month + 1) / Double(demand.months + 1))
      var next = searcher(month + 1)
      let found = next.grow(stages[month].candidate, by: 1 + demand.growthPerMonth)
      trials += next.runner.count
      guard let found else { return }
      stages.append(stage(month + 1, found))
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

extension Candidate {
  /// With more replicas, or fewer, in every pool.
  package func adding(replicas count: Int) -> Candidate {
    var changed = self
    switch shape {
    case .together(var part):
      part.replicas += count
      changed.shape = .together(part)
    case .apart(var prefill, var decode):
      prefill.replicas += count
      decode.replicas += count
      changed.shape = .apart(prefill: prefill, decode: decode)
    }
    return changed
  }

  /// With one replica fewer in one pool: each way of it that leaves some.
  var smaller: [Candidate] {
    var list: [Candidate] = []
    func with(_ shape: Shape) -> Candidate {
      Candidate(hardware: hardware, engine: engine, shape: shape)
    }
    switch shape {
    case .together(var part):
      part.replicas -= 1
      if part.replicas > 0 { list.append(with(.together(part))) }
    case .apart(let prefill, let decode):
      var fewer = (prefill: prefill, decode: decode)
      fewer.prefill.replicas -= 1
      fewer.decode.replicas -= 1
      if fewer.prefill.replicas > 0 {
        list.append(with(.apart(prefill: fewer.prefill, decode: decode)))
      }
      if fewer.decode.replicas > 0 {
        list.append(with(.apart(prefill: prefill, decode: fewer.decode)))
      }
    }
    return list
  }
}
