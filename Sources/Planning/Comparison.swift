package import Diagnostics
internal import ParallelRuns
internal import Runs
package import Scenarios

/// One workload on several machines, each with the layout that serves it best.
package struct Comparison: Sendable {
  /// What was found on a machine.
  package struct Entry: Sendable {
    package var machine: SearchedMachine
    package var best: MachineSearch.Found?
    /// The nearest to the level, where nothing holds it.
    package var miss: MachineSearch.Miss?
    package var assurance: Assurance
    /// Reasons why layouts cannot work at all.
    package var refusals: [InvalidInput]
    package var trials: Int
    /// The machine's search that ended undecided; nil where it did not.
    package var spent: SpentSearch?
  }

  /// The load at which machines are compared.
  package enum Load: Hashable, Sendable {
    /// The scenario's own, at its service level.
    case scenario
    /// The most clients that get this many tokens a second each.
    case interactivity(tokensPerSecond: Double)
  }

  package let entries: [Entry]

  /// As many machines are searched at a time as there are cores.
  package static func find(
    _ scenario: Scenario, on machines: [SearchedMachine], at load: Load,
    with options: SearchOptions, isCancelled: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) -> Comparison {
    let work = WorkDone(total: machines.count)
    let weight = { (machine: SearchedMachine) in machine.layouts.count }
    let entries = ParallelCases.map(machines, on: options.cores, weight: weight) { machine in
      defer { progress(work.add(1)) }
      let runner = options.runner(
        scenario, spending: WorkBudget(options.mostEvents), isCancelled: isCancelled)
      var entry: Entry
      switch load {
      case .scenario:
        var search = MachineSearch(scenario, on: machine, tuning: options.tuned, runner: runner)
        search.search()
        entry = Entry(
          machine, search.best, search.miss, search.refusals, trials: search.runner.count)
        if let best = entry.best {
          let found = options.asPredicted(best, in: search, isCancelled: isCancelled)
          entry.best = found
          entry.assurance = options.assurance(
            of: found.candidate, found.trial, in: search, isCancelled: isCancelled)
        } else if let miss = entry.miss {
          entry.assurance = options.assurance(
            of: miss.candidate, miss.trial, in: search, isCancelled: isCancelled)
        }
        entry.spent = search.runner.spent(on: machine.name, best: search.best)
      case .interactivity:
        var search = InteractivitySearch(
          on: machine, holding: options.level, tuning: options.tuned, runner: runner)
        search.search(scenario)
        entry = Entry(
          machine, search.best, search.miss, search.refusals, trials: search.runner.count)
        if let trial = entry.best?.trial ?? entry.miss?.trial {
          entry.assurance = search.assurance(of: trial)
        }
        entry.spent = search.runner.spent(on: machine.name, best: search.best)
      }
      return entry
    }
    return Comparison(entries: entries)
  }
}

extension Comparison.Entry {
  fileprivate init(
    _ machine: SearchedMachine, _ best: MachineSearch.Found?, _ miss: MachineSearch.Miss?,
    _ refusals: [InvalidInput], trials: Int
  ) {
    self.init(
      machine: machine, best: best, miss: best == nil ? miss : nil, assurance: .unknown,
      refusals: refusals, trials: trials)
  }
}
