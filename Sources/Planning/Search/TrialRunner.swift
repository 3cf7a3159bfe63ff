package import Diagnostics
internal import Outcomes
internal import ParallelRuns
package import Runs
package import Scenarios
internal import ServingSimulation
internal import Synchronization
internal import Units
internal import Workloads

/// Simulates the candidates of one search, one after the other, and remembers what it has seen.
package struct TrialRunner {
  /// What came of a candidate.
  package enum Result: Sendable {
    case finished(Trial)
    /// It cannot work: too little memory, no such format, no request that fits.
    case refused(InvalidInput)
    /// Nobody waits for the answer any more.
    case cancelled
  }

  /// What a run is for.
  package enum Purpose: Hashable, Sendable {
    /// Runs that tell how near a candidate comes to the level.
    case glance
    /// Runs that tell whether a candidate holds the level.
    case search
    /// Runs that say so, and report its figures.
    case answer
    /// A workload of a search's own.
    case load(Int)
    /// One, as long as `run` looks at a scenario that has it.
    case answeredLoad(Int)
  }

  struct Key: Hashable, Sendable {
    var candidate: Candidate
    var purpose: Purpose
  }

  let scenario: Scenario
  let catalogues: Catalogues
  let level: ServiceLevel
  let strain: Strain?
  let isCancelled: @Sendable () -> Bool
  /// How long the runs are that tell whether a candidate holds the level.
  var searchDepth = SteadyQuestion.Depth.quick
  /// What all its simulations may take together; other runners of the search share it.
  package let budget: WorkBudget
  /// What may simulate ahead of what is asked.
  var cores = IdleCores(0)
  var foreseen: [Key: ForeseenRun] = [:]
  /// What will have to be proved if nothing better is found: for cores that nothing else needs.
  var likelyAnswer: Candidate?
  var seen: [Key: Result] = [:]
  /// A strained machine has those of the predicted one (`Strain`).
  var capacities = CandidateCapacities()
  /// Simulations so far.
  package internal(set) var count = 0
  /// The layouts that were simulated, in words, each once.
  package internal(set) var tried: [String] = []

  /// - Parameters:
  ///   - level: that is asked about.
  ///   - strain: how much slower than predicted everything is taken to be; nil for as predicted.
  package init(
    _ scenario: Scenario, holding level: ServiceLevel, strain: Strain? = nil,
    from catalogues: Catalogues, budget: WorkBudget = WorkBudget(),
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.scenario = scenario
    self.level = level
    self.strain = strain
    self.catalogues = catalogues
    self.budget = budget
    self.isCancelled = isCancelled
  }

  package func level(of deployment: Deployment) -> ServiceLevel {
    strain?.strained(level, of: deployment) ?? level
  }

  /// The scenario's own workload.
  package mutating func run(_ candidate: Candidate, for purpose: Purpose) -> Result {
    run(candidate, purpose) { $0 }
  }

  /// Another workload; equal numbers of `load` stand for equal ones.
  mutating func run(
    _ candidate: Candidate, load: Int, _ change: (Workload) -> Workload
  ) -> Result {
    run(candidate, .load(load), change)
  }

  /// Another workload, looked at as `run` does.
  mutating func answer(
    _ candidate: Candidate, load: Int, _ change: (Workload) -> Workload
  ) -> Result {
    run(candidate, .answeredLoad(load), change)
  }

  /// What a candidate can serve at most; nil when nothing, or when it cannot work.
  mutating func capacity(of candidate: Candidate) -> Capacity? {
    guard case .success(let deployment) = deployment(candidate) else { return nil }
    return capacity(of: candidate, deployment, effort)
  }

  /// Whether `capacity` answers without simulating anything.
  func knowsCapacity(of candidate: Candidate) -> Bool {
    guard case .success(let deployment) = deployment(candidate) else { return false }
    return capacities.knows(candidate, deployment, effort)
  }

  private mutating func capacity(
    of candidate: Candidate, _ deployment: Deployment, _ effort: SaturatedRun.Effort
  ) -> Capacity? {
    let watch = watch
    do throws(RunFailure) {
      let (found, runs) = try capacities.capacity(of: candidate, deployment, effort, watch)
      count += runs
      return found
    } catch {
      return nil
    }
  }

  /// How closely is looked at what a layout can serve: of many times what comes, and of what comes
  /// at a machine as slow as predictions are off, nobody asks how many times it is.
  private var effort: SaturatedRun.Effort {
    let rate = scenario.workload.isJudgedSteady ? scenario.workload.highestOfferedRate : nil
    return .rough.enough(rate.map { $0 * Self.plenty })
  }

  private static let plenty = 8.0

  /// One replica at full load, or why it serves nothing; nil when nobody waits any more.
  ///
  /// What serves nothing is refused here, before any number of replicas is reckoned from it.
  mutating func saturated(_ candidate: Candidate) -> Swift.Result<SaturatedRun?, InvalidInput> {
    switch deployment(candidate) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let deployment):
      guard !budget.isExhausted else { return .success(nil) }
      note(candidate)
      let watch = watch
      do throws(RunFailure) {
        guard let run = try capacities.saturated(candidate, deployment, effort, watch) else {
          return .failure(
            InvalidInput(
              Diagnostic(
                code: "plan/serves-nothing",
                "at full load one replica completes no request: \(candidate.words)")))
        }
        return .success(run)
      } catch .cancelled, .outOfBudget {
        return .success(nil)
      } catch {
        return .failure(Self.refusal(error, deployment))
      }
    }
  }

  /// Why no number of replicas holds the level: more requests than may miss it never fit.
  ///
  /// With a share p of n requests refused, and a share m that may miss the level, that is sure when
  ///
  ///     p - 4 sqrt( p (1 - p) / n ) > m
  ///
  /// four standard errors of a binomial share. Check: 98 of 1,000 refused are 0.098 +- 0.0094, more
  /// than a hundredth (`promptsBeyondTheContextAreTheReason`).
  mutating func refusal(
    ofTooManyBy candidate: Candidate, _ run: SaturatedRun
  ) -> InvalidInput? {
    let counts = run.summary.counts
    guard case .success(let deployment) = deployment(candidate), counts.rejected > 0,
      let attainment = level(of: deployment).attainment
    else { return nil }
    let share = Double(counts.rejected) / Double(counts.arrived)
    let error = (share * (1 - share) / Double(counts.arrived)).squareRoot()
    guard share - 4 * error > 1 - attainment else { return nil }
    return InvalidInput(
      Diagnostic(
        code: "plan/requests-refused", counts.refusalWords(of: deployment),
        hint: counts.refusalRemedy(of: deployment, isSearched: true)))
  }

  /// Looks at candidates at full load, several at a time, before `saturated` is asked for each.
  ///
  /// What they take is charged in their order, so that a budget ends at the same one for any
  /// number of cores.
  mutating func prepare(_ candidates: [Candidate]) {
    let items = candidates.compactMap { candidate in
      (try? deployment(candidate).get()).map { (candidate: candidate, deployment: $0) }
    }
    let (left, isCancelled, effort) = (budget.left, isCancelled, effort)
    let spent = Mutex([Int](repeating: 0, count: items.count))
    typealias Look = (run: SaturatedRun?, spent: Int, isCut: Bool)
    let found = ParallelCases.map(Array(items.enumerated()), on: cores) { place, item -> Look in
      // What is charged before its turn comes is at least that.
      let own = WorkBudget(left - spent.withLock { $0[..<place].reduce(0, +) })
      guard !own.isExhausted else { return (nil, 0, true) }
      let watch = RunWatch(
        isCancelled: { isCancelled() }, mostPresent: Self.mostPresent, budget: own)
      let configuration = item.deployment.configuration()
      let run = try? Capacity.saturated(
        configuration, with: [Capacity.replicas(of: configuration)], effort, watch)
      spent.withLock { $0[place] = own.spent }
      return (run, own.spent, own.isExhausted)
    }
    for (place, (item, found)) in zip(items, found).enumerated() {
      // What failed is asked again, for the reason; what was cut is not, as nothing is left.
      guard found.run != nil || found.isCut else { continue }
      budget.charge(found.spent)
      if let run = found.run { capacities.adopt(run, of: item.candidate, item.deployment) }
      guard budget.isExhausted else { continue }
      // Nobody asks for them any more.
      for item in items[...place] { note(item.candidate) }
      return
    }
  }

  private mutating func note(_ candidate: Candidate) {
    count += 1
    let words = candidate.withOneReplica.words
    if !tried.contains(words) { tried.append(words) }
  }

  private var watch: RunWatch {
    let isCancelled = isCancelled
    return RunWatch(
      isCancelled: { isCancelled() }, mostPresent: Self.mostPresent, budget: budget)
  }

  /// Requests that one trial of a search may hold at a time: some hundred megabytes.
  private static let mostPresent = 2_000_000
  /// Replicas that one trial may set up: some hundred megabytes.
  private static let mostReplicas = 8_192
  /// Requests after which a trial is given up; turns of conversations take ten times as long.
  static func mostRequests(of deployment: Deployment) -> Int {
    deployment.configuration().keepsConversations ? 60_000 : 300_000
  }

  /// Requests after which what is found is run no longer.
  private static func mostAnswered(by deployment: Deployment) -> Int {
    deployment.configuration().keepsConversations ? 400_000 : SteadyQuestion.mostRequests
  }

  private mutating func run(
    _ candidate: Candidate, _ purpose: Purpose, _ change: (Workload) -> Workload
  ) -> Result {
    var purpose = purpose
    // What has an end was run to it.
    if [.glance, .answer].contains(purpose), !scenario.workload.isJudgedSteady {
      purpose = .search
    }
    let key = Key(candidate: candidate, purpose: purpose)
    if let known = known(key) { return known }
    if let own = foreseen.removeValue(forKey: key),
      let ahead = cores.lendWhile({ own.result() })
    {
      adopt(ahead)
      if let known = known(key) { return known }
    }
    let result = simulate(candidate, purpose, change)
    seen[key] = result
    return result
  }

  /// What was looked at closely needs no glance, and what is clear at a glance no closer look.
  func known(_ key: Key) -> Result? {
    func seen(_ purpose: Purpose) -> Result? {
      self.seen[Key(candidate: key.candidate, purpose: purpose)]
    }
    switch key.purpose {
    case .glance: return seen(.search) ?? seen(.glance)
    case .search:
      if let known = seen(.search) { return known }
      guard case .finished(let trial)? = seen(.glance), isClear(trial) else { return nil }
      return .finished(trial)
    default: return self.seen[key]
    }
  }

  private func isClear(_ trial: Trial) -> Bool {
    guard let part = trial.outcome.part, let memories = trial.outcome.sample.memories,
      trial.outcome.load.isSustained == true, trial.outcome.peak.isEmpty
    else { return false }
    return level(of: trial.deployment).criteria(of: trial.deployment).allSatisfy {
      $0.isClear(by: part, memories: memories, searchDepth)
    }
  }

  private func deployment(
    _ candidate: Candidate, _ change: (Workload) -> Workload = { $0 }
  ) -> Swift.Result<Deployment, InvalidInput> {
    var changed = candidate.applied(to: scenario)
    changed.workload = change(changed.workload)
    do {
      let deployment = try Deployment(changed, from: catalogues)
      guard let strain else { return .success(deployment) }
      return .success(try Deployment(strain.strained(changed, as: deployment), from: catalogues))
    } catch let error as InvalidInput {
      return .failure(error)
    } catch {
      return .failure(InvalidInput(Diagnostic(code: "plan/failed", "\(error)")))
    }
  }

  /// A candidate as it would be simulated; nil when it cannot work.
  func deployed(_ candidate: Candidate) -> Deployment? { try? deployment(candidate).get() }

  private mutating func simulate(
    _ candidate: Candidate, _ purpose: Purpose, _ change: (Workload) -> Workload
  ) -> Result {
    guard !isCancelled(), !budget.isExhausted else { return .cancelled }
    // Of a large fleet a part with its part of the load says as much.
    let mayBePart = (purpose == .search || purpose == .glance) && level.isIntensive
    let part = mayBePart ? candidate.part(of: scenario) : nil
    let simulated = part?.candidate ?? candidate
    switch deployment(simulated, { change($0).scaled(by: part?.share ?? 1) }) {
    case .failure(let error): return .refused(error)
    case .success(let deployment):
      var question = question(purpose, deployment)
      switch purpose {
      case .load, .answeredLoad: break
      case .glance, .search: question.capacity = capacity(of: simulated, deployment, effort)
      // What is reported is known.
      case .answer: question.capacity = capacity(of: simulated, deployment, .rough)
      }
      let replicas = deployment.pools.reduce(0) { $0 + $1.replicas }
      guard replicas <= Self.mostReplicas else { return .refused(Self.tooMany(replicas)) }
      note(candidate)
      do throws(RunFailure) {
        return .finished(try Trial.run(deployment, question, share: part?.share ?? 1, watch))
      } catch {
        return error == .cancelled || error == .outOfBudget
          ? .cancelled : .refused(Self.refusal(error, deployment))
      }
    }
  }

  private func question(_ purpose: Purpose, _ deployment: Deployment) -> OutcomeQuestion {
    switch purpose {
    case .glance, .search:
      OutcomeQuestion(
        criteria: level(of: deployment).criteria(of: deployment),
        depth: purpose == .glance ? .rough : searchDepth,
        mostRequests: Self.mostRequests(of: deployment), hasCapacity: false,
        hasWholePeriods: false)
    case .answer:
      OutcomeQuestion(
        criteria: level(of: deployment).criteria(of: deployment), depth: .answer,
        mostRequests: Self.mostAnswered(by: deployment), hasCapacity: false)
    case .load: OutcomeQuestion(depth: .quick, hasCapacity: false)
    case .answeredLoad:
      OutcomeQuestion(
        requests: deployment.scenario.workload.requests,
        criteria: ServiceLevel(deployment.scenario).criteria(of: deployment), hasCapacity: false)
    }
  }

  private static func tooMany(_ replicas: Int) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "plan/too-many-replicas",
        "it takes more replicas than a search simulates together, "
          + "\(NumberText.grouped(mostReplicas)): \(NumberText.grouped(replicas))"))
  }

  private static func refusal(_ failure: RunFailure, _ deployment: Deployment) -> InvalidInput {
    let message =
      switch failure {
      case .cancelled, .outOfBudget: "it was cancelled"
      case .noProgress(let standstill): standstill.words
      case .outOfTime: "the run takes more than 146 years"
      case .nothingServed(let counts): counts.refusalWords(of: deployment)
      case .traceChanged(let failure): failure.diagnostic.message
      case .tooManyPresent(let count): "more than \(count) requests wait at a time"
      }
    guard case .nothingServed(let counts) = failure else {
      return InvalidInput(Diagnostic(code: "plan/failed", message))
    }
    return InvalidInput(
      Diagnostic(
        code: "plan/nothing-served", message,
        hint: counts.refusalRemedy(of: deployment, isSearched: true)))
  }
}
