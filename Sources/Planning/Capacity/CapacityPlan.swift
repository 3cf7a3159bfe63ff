package import Diagnostics
package import Scenarios

/// The deployment that holds a service level at a load, now and as the load grows.
package struct CapacityPlan: Sendable {
  /// What is planned for.
  package struct Demand: Hashable, Sendable {
    /// Load beyond the scenario's that must be held too: 0.2 for a fifth more.
    package var headroom = 0.0
    /// Replicas that may be away at a time.
    package var spares = 0
    /// Of the load, from month to month: 0.1 for a tenth.
    package var growthPerMonth = 0.0
    /// Further months that are planned.
    package var months = 0

    package init(
      headroom: Double = 0, spares: Int = 0, growthPerMonth: Double = 0, months: Int = 0
    ) {
      self.headroom = headroom
      self.spares = spares
      self.growthPerMonth = growthPerMonth
      self.months = months
    }

    /// Of the scenario's load, in a month, headroom included.
    package func factor(month: Int) -> Double {
      var factor = 1 + headroom
      for _ in 0..<month { factor *= 1 + growthPerMonth }
      return factor
    }
  }

  package struct Stage: Sendable {
    package var month: Int
    /// Of the scenario's load, headroom included.
    package var factor: Double
    /// That holds the level, spares apart.
    package var candidate: Candidate
    /// Replicas that are to be there, spares included; of the decoding pool where there are two.
    package var accelerators: Int
    package var trial: Trial
  }

  package let demand: Demand
  package let machine: SearchedMachine
  /// This month first; empty when nothing holds the level.
  package private(set) var stages: [Stage] = []
  /// The same with one replica fewer, and what it misses; nil when there is only one.
  package private(set) var oneFewer: MachineSearch.Miss?
  /// The nearest to the level, where nothing holds it.
  package private(set) var miss: MachineSearch.Miss?
  package private(set) var refusals: [InvalidInput] = []
  package private(set) var trials = 0

  /// - Parameter progress: told the share of the months that are planned.
  package init(
    _ scenario: Scenario, on machine: SearchedMachine, holding level: ServiceLevel,
    for demand: Demand, from catalogues: Catalogues,
    isCancelled: @escaping @Sendable () -> Bool, progress: (Double) -> Void = { _ in }
  ) {
    self.demand = demand
    self.machine = machine
    var loaded = scenario
    loaded.workload = scenario.workload.scaled(by: demand.factor(month: 0))
    var search = MachineSearch(
      loaded, on: machine, holding: level,
      runner: TrialRunner(loaded, from: catalogues, isCancelled: isCancelled))
    search.search()
    refusals = search.refusals
    miss = search.miss
    trials = search.runner.count
    guard var best = search.best else { return }
    miss = nil
    while let fewer = search.oneFewer(than: best) {
      guard fewer.shortfalls.isEmpty else {
        oneFewer = fewer
        break
      }
      best = MachineSearch.Found(candidate: fewer.candidate, trial: fewer.trial)
    }
    stages = [stage(0, best)]
    trials = search.runner.count
    for month in 0..<demand.months {
      progress(Double(month + 1) / Double(demand.months + 1))
      loaded.workload = scenario.workload.scaled(by: demand.factor(month: month + 1))
      var search = MachineSearch(
        loaded, on: machine, holding: level,
        runner: TrialRunner(loaded, from: catalogues, isCancelled: isCancelled))
      let found = search.grow(stages[month].candidate, by: 1 + demand.growthPerMonth)
      trials += search.runner.count
      guard let found else { return }
      stages.append(stage(month + 1, found))
    }
  }

  private func stage(_ month: Int, _ found: MachineSearch.Found) -> Stage {
    let spare = found.candidate.adding(replicas: demand.spares)
    return Stage(
      month: month, factor: demand.factor(month: month), candidate: found.candidate,
      accelerators: spare.accelerators, trial: found.trial)
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
