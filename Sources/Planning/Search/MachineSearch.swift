internal import Diagnostics
internal import Outcomes
internal import Scenarios

/// Searches the layouts of one machine for the cheapest deployment that holds a service level.
///
/// Layouts are taken in the order of what they would cost at full load, and one is left out when
/// even that is far more than the best so far. Of each, the fewest replicas that hold the level are
/// found by doubling and halving. One thread, so the same result for any number of them.
package struct MachineSearch {
  /// A run at full load says how much a layout can do.
  static let saturatingRequests = 512
  /// A run without neighbours says how fast a layout can be.
  static let lonelyRequests = 32
  /// How much better than at full load, where the run's end is half empty, a layout may turn out.
  static let optimism = 1.6
  /// How many times the replicas that a load keeps full may be needed to serve it fast.
  static let reach = 64
  /// A layout that is so far from the level without any load will not reach it with one.
  static let hopeless = 0.25

  package struct Found: Sendable {
    package var candidate: Candidate
    package var trial: Trial
  }

  package struct Miss: Sendable {
    package var candidate: Candidate
    package var trial: Trial
    package var shortfalls: [String]
  }

  let scenario: Scenario
  let machine: SearchedMachine
  let level: ServiceLevel
  var runner: TrialRunner
  private(set) var best: Found?
  private(set) var miss: Miss?
  private(set) var refusals: [InvalidInput] = []

  init(
    _ scenario: Scenario, on machine: SearchedMachine, holding level: ServiceLevel,
    runner: TrialRunner
  ) {
    self.scenario = scenario
    self.machine = machine
    self.level = level
    self.runner = runner
  }

  /// A layout at full load.
  struct Saturated {
    var layout: PoolLayout
    var trial: Trial
  }

  mutating func search() {
    var layouts: [Saturated] = []
    var prospects: [Prospect] = []
    for layout in machine.layouts {
      let one = machine.together(layout, replicas: 1)
      guard let trial = saturated(one) else { continue }
      layouts.append(Saturated(layout: layout, trial: trial))
      if isWithinReach(one) { prospects.append(prospect(layout, trial)) }
    }
    prospects += prospectsApart(layouts)
    // Ties in the order of the list, which begins with the plainest.
    for (_, prospect) in prospects.enumerated().sorted(by: {
      ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset)
    }) {
      look(at: prospect)
    }
    limitBatches()
  }

  /// What a search makes small. A load that comes whatever happens is served by the hour; clients
  /// who wait for their answers get more of them from a faster deployment.
  func cost(of trial: Trial) -> Double {
    scenario.workload.approximateRate == nil
      ? machine.costPerToken(trial)
      : machine.dollarsPerHour(Double(trial.deployment.accelerators))
  }

  // MARK: Layouts

  /// Nil when the layout cannot work.
  private mutating func saturated(_ candidate: Candidate) -> Trial? {
    switch runner.run(candidate, load: -1, { $0.saturating(requests: Self.saturatingRequests) }) {
    case .finished(let trial): return trial
    case .refused(let reason):
      refusals.append(reason)
      return nil
    case .cancelled: return nil
    }
  }

  private mutating func isWithinReach(_ candidate: Candidate) -> Bool {
    guard let attainment = level.attainment,
      case .finished(let trial) = runner.run(
        candidate, load: -2, { $0.alone(requests: Self.lonelyRequests) }),
      let found = trial.results.attainment, found < attainment - Self.hopeless
    else { return true }
    note(trial, candidate)
    return false
  }

  /// The fewest replicas of a layout that hold the level.
  mutating func look(at prospect: Prospect) {
    if let best, prospect.cost > Self.optimism * cost(of: best.trial) { return }
    let limit = Self.reach * (prospect.start + 1)
    let count = SmallestCount.find(from: prospect.start, upTo: limit) { count in
      holds(prospect.shape(count))
    }
    guard let count, case .apart(var prefill, let decode) = prospect.shape(count).shape else {
      return
    }
    // The share of prefilling was estimated.
    while prefill.replicas > 1 {
      prefill.replicas -= 1
      guard holds(machine.apart(prefill, decode)) == true else { return }
    }
  }

  /// Nil when that is not known.
  mutating func holds(_ candidate: Candidate) -> Bool? {
    guard case .finished(let trial) = runner.run(candidate) else { return nil }
    guard level.shortfalls(of: trial).isEmpty else {
      note(trial, candidate)
      return false
    }
    if best.map({ cost(of: $0.trial) > cost(of: trial) }) ?? true {
      best = Found(candidate: candidate, trial: trial)
    }
    return true
  }

  /// Keeps the trial that came nearest to the level.
  private mutating func note(_ trial: Trial, _ candidate: Candidate) {
    func attained(_ trial: Trial) -> Double { trial.results.attainment ?? 0 }
    if let miss, attained(miss.trial) >= attained(trial) { return }
    miss = Miss(candidate: candidate, trial: trial, shortfalls: level.shortfalls(of: trial))
  }
}
