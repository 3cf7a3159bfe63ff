package import Diagnostics
internal import Outcomes
internal import Results
internal import Runs
package import Scenarios
internal import Workloads

extension [InvalidInput] {
  /// What to change where requests are refused whatever the machine does; nil where it is not that.
  package var remedy: String? {
    flatMap(\.diagnostics).first {
      ["plan/nothing-served", "plan/requests-refused"].contains($0.code)
    }?.hint
  }
}

/// Searches the deployments on one machine for the cheapest that holds a service level.
///
/// 1. Each layout is run at full load, which says what one replica can serve at most, and so the
///    fewest replicas that the load leaves. Layouts are taken in the order of what those cost.
/// 2. Of each, the fewest replicas that hold the level are found by doubling and halving, as long
///    as they cost less than the best so far.
/// 3. Then settings of the engine are changed, one after the other, where that could make something
///    cheaper hold (`MachineSearch+Tuning`).
/// 4. What is found is run once more, as long as a report needs. What does not hold then gets
///    another replica; where that costs much more, everything is looked at again, because something
///    else may now be cheaper.
///
/// Where cores are idle, the first step and the third look at several candidates at a time, and the
/// others at what will probably be asked next (`TrialRunner.foresee`).
package struct MachineSearch {
  /// A run without neighbours says how fast a layout can be.
  static let lonelyRequests = 32
  /// How many times the replicas that a load keeps full may be needed to serve it fast.
  static let reach = 64
  /// A layout that is so far from the level without any load will not reach it with one.
  static let hopeless = 0.25
  /// Replicas beyond any search.
  static let mostReplicas = 65_536
  /// So much more than what did not hold in the end is worth another look at everything else.
  private static let dearer = 1.05
  /// How often everything is looked at again once something holds in a long run: where a machine is
  /// sold by the server, one replica more may cost another.
  private static let mostRepeats = 2
  /// Share of the accelerators that a proved deployment may have too many.
  private static let proofSlack = 0.01
  /// Share of its capacity at which nothing ever waits for long.
  private static let easilyServed = 0.3
  /// Share of its capacity with which a deployment is first tried.
  static let firstUtilization = 0.85

  package struct Found: Sendable {
    package var candidate: Candidate
    package var trial: Trial
  }

  package struct Miss: Sendable {
    package var candidate: Candidate
    package var trial: Trial
    package var shortfalls: [ServiceLevel.Shortfall]
  }

  let scenario: Scenario
  let machine: SearchedMachine
  /// What may be changed beside layouts.
  let tuned: Set<TunedSetting>
  package var runner: TrialRunner
  package private(set) var best: Found?
  /// What came nearest to the level.
  package private(set) var miss: Miss?
  package private(set) var refusals: [InvalidInput] = []
  /// What held in a quick run and not in a long one.
  private var disproved: Set<Candidate> = []
  /// Layouts, one replica of each, that no number of replicas makes hold in a long run.
  private var outgrown: Set<Candidate> = []

  package init(
    _ scenario: Scenario, on machine: SearchedMachine,
    tuning tuned: Set<TunedSetting> = Set(TunedSetting.allCases), runner: TrialRunner
  ) {
    self.scenario = scenario
    self.machine = machine
    self.tuned = tuned
    self.runner = runner
  }

  package mutating func search() {
    let prospects = prospects()
    var looks = 0
    repeat {
      for (place, prospect) in prospects.enumerated() {
        if looks == 0, place == prospects.firstIndex(where: { $0.layout == nil }) {
          prepareApart(prospects[place...])
        }
        look(at: prospect)
      }
      tune(prospects)
      shrink()
      looks += 1
    } while !confirm() && (best == nil || looks < Self.mostRepeats)
    // Where nothing came near enough to be tried, the cheapest of what was thought of is shown.
    if best == nil, miss == nil, let first = prospects.first {
      let candidate = first.shape(first.fewest)
      _ = holds(candidate, evenWhenFull: true)
      if miss == nil, case .refused(let reason) = runner.run(candidate, for: .search) {
        refusals.append(reason)
      }
    }
  }

  /// Requests a second that must be served, at the highest rate; nil where completions decide it,
  /// or where what comes has an end and is held as it is.
  var rate: Double? {
    if scenario.workload.isJudgedSteady { return scenario.workload.highestOfferedRate }
    return scenario.workload.arrivals == .offline ? demandedRate : nil
  }

  /// Requests a second that come, or that a batch needs to be done in time.
  var demandedRate: Double? {
    if let rate = scenario.workload.highestOfferedRate { return rate }
    guard scenario.workload.arrivals == .offline, let limit = runner.level.longestMakespan else {
      return nil
    }
    return Double(scenario.workload.requests) / limit
  }

  /// What a search makes small. A load that comes whatever happens, and a batch that must be done
  /// in time, are served by the hour; clients who wait for their answers get more of them from a
  /// faster deployment.
  func cost(of candidate: Candidate, _ trial: Trial) -> Double {
    demandedRate == nil
      ? machine.costPerToken(candidate, trial) : machine.dollarsPerHour(of: candidate)
  }

  func cost(of found: Found) -> Double { cost(of: found.candidate, found.trial) }

  // MARK: Layouts

  private mutating func prospects() -> [Prospect] {
    var layouts: [Saturated] = []
    var prospects: [Prospect] = []
    runner.prepare(machine.layouts.map { machine.together($0, replicas: 1) })
    for layout in machine.layouts {
      let one = machine.together(layout, replicas: 1)
      switch runner.saturated(one) {
      case .failure(let refusal): refusals.append(refusal)
      case .success(nil): break
      case .success(let run?):
        if let refusal = runner.refusal(ofTooManyBy: one, run) {
          refusals.append(refusal)
          continue
        }
        let saturated = Saturated(layout: layout, run: run)
        layouts.append(saturated)
        if mayBeTogether, isWithinReach(one) { prospects.append(prospect(saturated)) }
      }
    }
    if mayBeApart {
      prospects += prospectsApart(layouts).filter { isWithinReach($0.shape(1)) }
    }
    // Ties in the order of the list, which begins with the plainest.
    return prospects.enumerated().sorted {
      ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset)
    }.map(\.element)
  }

  /// Whether prompts are computed on machines of their own is the scenario's to say where pools are
  /// kept.
  var mayBeApart: Bool { tuned.contains(.pools) || scenario.pools.count > 1 }
  var mayBeTogether: Bool { tuned.contains(.pools) || scenario.pools.count == 1 }

  private mutating func isWithinReach(_ candidate: Candidate) -> Bool {
    guard
      case .finished(let trial) = runner.run(
        candidate, load: -1, { $0.alone(requests: Self.lonelyRequests) })
    else { return true }
    let level = runner.level(of: trial.deployment)
    guard let attainment = level.attainment, let found = trial.results.attainment,
      found < attainment - Self.hopeless
    else { return true }
    note(trial, candidate)
    return false
  }

  /// The fewest replicas of a layout that hold the level.
  mutating func look(at prospect: Prospect) {
    var start = prospect.start
    if rate != nil, let best {
      // More than the best costs is of no use, however well it holds.
      let most = cheaper(than: cost(of: best), prospect)
      guard most >= prospect.fewest, holds(prospect.shape(most)) == true else { return }
      start = most
    }
    let limit = max(start, Self.reach * (prospect.start + 1))
    let count = SmallestCount(from: start, upTo: limit).find { count, next in
      count < prospect.fewest
        ? false : holds(prospect.shape(count), before: next.map(prospect.shape))
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

  /// The most replicas that cost less than an amount.
  func cheaper(than amount: Double, _ prospect: Prospect) -> Int {
    var count = 0
    while count < Self.mostReplicas,
      machine.dollarsPerHour(of: prospect.shape(count + 1)) < amount
    { count += 1 }
    return count
  }

  /// Whether a candidate holds; what is asked next if so is begun on an idle core.
  mutating func holds(_ candidate: Candidate, before next: Candidate?) -> Bool? {
    if let next, let rate {
      runner.foresee(
        next, for: purpose(of: next), above: rate, after: candidate, for: purpose(of: candidate))
    }
    let answer = holds(candidate)
    runner.forget { $0.purpose != .answer && ($0.candidate != next || answer != true) }
    if answer == true, let best { expectProof(of: best.candidate) }
    return answer
  }

  /// Nil when that is not known, or when more replicas would be still further from the level.
  mutating func holds(_ candidate: Candidate, evenWhenFull: Bool = false) -> Bool? {
    guard !outgrown.contains(candidate.withOneReplica) else { return nil }
    // What comes faster than it can be served needs no run.
    if let rate, !evenWhenFull {
      guard let capacity = runner.capacity(of: candidate) else { return nil }
      if capacity.rate <= rate { return false }
    }
    guard let trial = looked(at: candidate) else { return nil }
    let shortfalls = shortfalls(of: trial)
    guard shortfalls.isEmpty else {
      note(trial, candidate)
      // What cannot be judged although hardly anything is asked of it cannot be with more either.
      if trial.outcome.load.state == .undecided,
        trial.outcome.load.utilization ?? 1 < Self.easilyServed
      {
        return nil
      }
      return shortfalls.contains(where: \.growsWithReplicas) ? nil : false
    }
    if best.map({ cost(of: $0) > cost(of: candidate, trial) }) ?? true {
      best = Found(candidate: candidate, trial: trial)
    }
    return true
  }

  /// A run long enough to tell whether a candidate holds the level; nil when it cannot work.
  mutating func looked(at candidate: Candidate) -> Trial? {
    answer(candidate, for: purpose(of: candidate))
  }

  func purpose(of candidate: Candidate) -> TrialRunner.Purpose {
    disproved.contains(candidate) ? .answer : .search
  }

  func shortfalls(of trial: Trial) -> [ServiceLevel.Shortfall] {
    runner.level(of: trial.deployment).shortfalls(of: trial)
  }

  /// Runs the best for as long as its figures need, and gives it more replicas when it turns out
  /// not to hold, to within a hundredth of what it takes.
  ///
  /// - Returns: whether it costs about what it did before.
  private mutating func confirm() -> Bool {
    guard let first = best else { return true }
    best = nil
    let count = first.candidate.accelerators
    let search = SmallestCount(
      from: 1, upTo: count + Self.reach, slack: Self.proofSlack, beside: count)
    let more = search.find { more, _ in proves(first.candidate.adding(replicas: more - 1)) }
    if more == nil, !runner.budget.isExhausted {
      outgrown.insert(first.candidate.withOneReplica)
      return false
    }
    return best.map { cost(of: $0) <= Self.dearer * cost(of: first) } ?? true
  }

  /// Whether a candidate holds the level in a run as long as a report needs; it is the best then.
  private mutating func proves(_ candidate: Candidate) -> Bool {
    guard case .finished(let trial) = runner.run(candidate, for: .answer) else { return false }
    guard !shortfalls(of: trial).isEmpty else {
      best = Found(candidate: candidate, trial: trial)
      return true
    }
    note(trial, candidate)
    disproved.insert(candidate)
    return false
  }

  /// Lets cores that nothing else needs prove what is the best so far, or seems so.
  mutating func expectProof(of candidate: Candidate) {
    guard scenario.workload.isJudgedSteady else { return }
    runner.forget { $0.purpose == .answer && $0.candidate != candidate }
    runner.likelyAnswer = candidate
  }

  /// Keeps the trial that came nearest to the level.
  private mutating func note(_ trial: Trial, _ candidate: Candidate) {
    let shortfalls = shortfalls(of: trial)
    if let miss, miss.shortfalls.distance <= shortfalls.distance { return }
    miss = Miss(candidate: candidate, trial: trial, shortfalls: shortfalls)
  }

  /// The trial of a candidate as a report needs it; nil when it cannot be.
  mutating func answer(
    _ candidate: Candidate, for purpose: TrialRunner.Purpose = .answer
  ) -> Trial? {
    guard case .finished(let trial) = runner.run(candidate, for: purpose) else { return nil }
    return trial
  }

  /// Share of the replicas that one end of an interval may be off by.
  private static let slack = 0.05

  /// A layout with the fewest replicas that hold the level, to within a twentieth; nil where that
  /// is not known.
  ///
  /// - Parameter share: of its replicas, at which to look first.
  mutating func fewest(like candidate: Candidate, from share: Double) -> Candidate? {
    switch candidate.shape {
    case .together(let part):
      return smallest(like: part, from: share, above: fewestServing(part.layout)) {
        [machine] in machine.together(part.layout, replicas: $0)
      }
    case .apart(let prefill, let decode):
      // In the proportion that was found, and then as few that prefill as still do.
      let ratio = Double(prefill.replicas) / Double(decode.replicas)
      let found = smallest(like: decode, from: share) { [machine] count in
        let prefills = max(1, Int((Double(count) * ratio).rounded(.up)))
        return machine.apart(
          Candidate.Part(prefill.layout, replicas: prefills),
          Candidate.Part(decode.layout, replicas: count))
      }
      guard case .apart(let most, let decode) = found?.shape else { return nil }
      return smallest(like: most, upTo: most.replicas) { [machine] count in
        machine.apart(Candidate.Part(most.layout, replicas: count), decode)
      }
    }
  }

  private mutating func smallest(
    like part: Candidate.Part, from share: Double = 1, above floor: Int = 0, upTo limit: Int? = nil,
    _ shape: (Int) -> Candidate
  ) -> Candidate? {
    let start = max(1, Int((Double(part.replicas) * share).rounded(.up)))
    let search = SmallestCount(
      from: start, above: floor, upTo: limit ?? Self.reach * (part.replicas + 1), slack: Self.slack)
    return search.find { holds(shape($0), before: $1.map(shape)) }.map(shape)
  }

  /// Replicas that cannot serve what comes; zero where completions decide it.
  private mutating func fewestServing(_ layout: PoolLayout) -> Int {
    guard let rate, let one = runner.capacity(of: machine.together(layout, replicas: 1)) else {
      return 0
    }
    // Two replicas and more serve as much each, to within what is left to the search.
    return Int(max(0, min(rate / one.rate, 1e6) * 0.99))
  }
}
