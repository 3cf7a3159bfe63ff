internal import Diagnostics
internal import Outcomes
internal import Requirements
internal import Scenarios
internal import Workloads

/// Searches the layouts of one machine for the cheapest token at a fixed interactivity.
///
/// Each layout has one replica, kept busy by as many clients as still get their tokens fast enough;
/// what a replica does then does not depend on how many there are. Prefill and decode apart are
/// looked at in the proportion that their work asks for. What is found is run once more as `run`
/// does, so that it is what the command shows that a report prints.
struct InteractivitySearch {
  /// Clients at most.
  static let mostClients = 16_384
  /// How near the number of clients is found: a step of it changes no figure by more.
  static let precision = 1.06

  let machine: SearchedMachine
  /// `interactivity >= X tok/s`, of a share of the users
  let level: ServiceLevel
  /// What may be changed beside layouts.
  let tuned: Set<TunedSetting>
  private(set) var runner: TrialRunner
  private(set) var best: MachineSearch.Found?
  private(set) var miss: MachineSearch.Miss?
  private(set) var refusals: [InvalidInput] = []

  init(
    on machine: SearchedMachine, holding level: ServiceLevel,
    tuning tuned: Set<TunedSetting> = Set(TunedSetting.allCases), runner: TrialRunner
  ) {
    self.machine = machine
    self.level = level
    self.tuned = tuned
    self.runner = runner
  }

  mutating func search(_ scenario: Scenario) {
    let search = MachineSearch(scenario, on: machine, tuning: tuned, runner: runner)
    if search.mayBeTogether {
      for layout in machine.layouts { self.search(machine.together(layout, replicas: 1)) }
    }
    if search.mayBeApart { searchApart(search) }
    confirm()
  }

  private mutating func searchApart(_ search: MachineSearch) {
    var layouts: [MachineSearch.Saturated] = []
    for layout in machine.layouts {
      if case .success(let run?) = runner.saturated(machine.together(layout, replicas: 1)) {
        layouts.append(MachineSearch.Saturated(layout: layout, run: run))
      }
    }
    for prospect in search.prospectsApart(layouts) { self.search(prospect.shape(1)) }
  }

  /// With fewer clients where it held by chance.
  private mutating func confirm() {
    guard let found = best,
      case .closedLoop(var clients, _) = found.trial.deployment.scenario.workload.arrivals
    else { return }
    while clients > 0 {
      let result = runner.answer(found.candidate, load: clients) { $0.kept(busyBy: clients) }
      guard case .finished(let trial) = result else { return }
      let shortfalls = runner.level(of: trial.deployment).shortfalls(of: trial)
      guard !shortfalls.isEmpty else {
        best = MachineSearch.Found(candidate: found.candidate, trial: trial)
        return
      }
      best = nil
      note(trial, found.candidate, shortfalls)
      clients = min(clients - 1, Int(Double(clients) / Self.precision))
    }
  }

  private mutating func search(_ candidate: Candidate) {
    guard holds(candidate, clients: 1) == true else { return }
    var low = 1
    var high = 4
    while high < Self.mostClients {
      guard holds(candidate, clients: high) ?? false else { break }
      low = high
      high *= 4
    }
    while Double(high) > Double(low) * Self.precision, high - low > 1 {
      let middle = Int((Double(low) * Double(high)).squareRoot().rounded())
      let probe = min(max(middle, low + 1), high - 1)
      if holds(candidate, clients: probe) ?? false { low = probe } else { high = probe }
    }
  }

  /// How sure it is that a run of clients who wait for their answers holds the level.
  ///
  /// On a machine whose steps take s times as long all of it takes s times as long, with as many
  /// clients: the run stands for either end.
  func assurance(of trial: Trial) -> Assurance {
    guard Strain.isKnown(for: trial.deployment) else { return .unknown }
    return Assurance(
      predicted: trial, slow: Assurance.End(.slowest, trial, level),
      fast: Assurance.End(.fastest, trial, level), holding: level)
  }

  /// Nil when the layout cannot work.
  private mutating func holds(_ candidate: Candidate, clients: Int) -> Bool? {
    switch runner.run(candidate, load: clients, { $0.kept(busyBy: clients) }) {
    case .cancelled: return nil
    case .refused(let reason):
      refusals.append(reason)
      return nil
    case .finished(let trial):
      let shortfalls = runner.level(of: trial.deployment).shortfalls(of: trial)
      if shortfalls.isEmpty {
        let cost = machine.costPerToken(candidate, trial)
        if best.map({ machine.costPerToken($0.candidate, $0.trial) > cost }) ?? true {
          best = MachineSearch.Found(candidate: candidate, trial: trial)
        }
        return true
      }
      note(trial, candidate, shortfalls)
      return false
    }
  }

  /// Keeps the nearest of those that are too slow.
  private mutating func note(
    _ trial: Trial, _ candidate: Candidate, _ shortfalls: [ServiceLevel.Shortfall]
  ) {
    if let miss, miss.shortfalls.distance <= shortfalls.distance { return }
    miss = MachineSearch.Miss(candidate: candidate, trial: trial, shortfalls: shortfalls)
  }
}
