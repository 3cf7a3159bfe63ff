package import Diagnostics
internal import ParallelRuns
package import Scenarios

/// One workload on several machines, each with the layout that serves it best.
package struct Comparison: Sendable {
  /// What was found on a machine.
  package struct Entry: Sendable {
    package var machine: SearchedMachine
    package var best: MachineSearch.Found?
    /// The nearest to the level, where nothing holds it.
    package var miss: MachineSearch.Miss?
    /// Why layouts cannot work at all.
    package var refusals: [InvalidInput]
    package var trials: Int
  }

  /// At what machines are compared.
  package enum Load: Hashable, Sendable {
    /// The scenario's own, at its service level.
    case scenario
    /// As many clients as get this many tokens a second each.
    case interactivity(tokensPerSecond: Double)
  }

  package let entries: [Entry]

  /// - Parameter jobs: machines that are searched at a time.
  package init(
    _ scenario: Scenario, on machines: [SearchedMachine], at load: Load,
    holding level: ServiceLevel, from catalogues: Catalogues, jobs: Int,
    isCancelled: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) {
    let work = WorkDone(total: machines.count)
    let weight = { (machine: SearchedMachine) in machine.layouts.count }
    entries = ParallelCases.map(machines, jobs: jobs, weight: weight) { machine in
      defer { progress(work.add(1)) }
      let runner = TrialRunner(scenario, from: catalogues, isCancelled: isCancelled)
      switch load {
      case .scenario:
        var search = MachineSearch(scenario, on: machine, holding: level, runner: runner)
        search.search()
        return Entry(
          machine, search.best, search.miss, search.refusals, trials: search.runner.count)
      case .interactivity:
        var search = InteractivitySearch(on: machine, holding: level, runner: runner)
        search.search()
        return Entry(
          machine, search.best, search.miss, search.refusals, trials: search.runner.count)
      }
    }
  }
}

extension Comparison.Entry {
  fileprivate init(
    _ machine: SearchedMachine, _ best: MachineSearch.Found?, _ miss: MachineSearch.Miss?,
    _ refusals: [InvalidInput], trials: Int
  ) {
    self.init(
      machine: machine, best: best, miss: best == nil ? miss : nil, refusals: refusals,
      trials: trials)
  }
}
