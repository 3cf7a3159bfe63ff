internal import Hardware
internal import OperatorCosts
internal import Outcomes
internal import ParallelRuns
internal import Results
internal import Runs
internal import Scenarios
internal import ServingSimulation
internal import Statistics

// Settings of the engine, changed where that could make something cheaper hold the level.
extension MachineSearch {
  /// Layouts that are tuned, and rounds of changes to each.
  private static let mostLayouts = 3
  private static let mostRounds = 3
  /// No setting makes a replica serve twice as much.
  private static let mostGain = 2.0
  /// Settings together may be worth so much more than each of them on its own, multiplied.
  private static let mostSynergy = 1.1
  /// Share of the distance that must be left at most where what comes is served: changes that
  /// bring less nearer do not come there in the rounds that are left, and may be chance.
  private static let leastProgress = 0.8
  /// Standard errors by which a glance may be off.
  private static let errorsOfAGlance = 3.0

  /// Tries the layouts with fewer accelerators than the best, or none that holds.
  ///
  /// In each round every setting is changed on its own and glanced at, and the change that comes
  /// nearest to the level is kept: a setting that helps with one limit may hurt with another. The
  /// nearest is looked at as closely as any other deployment.
  mutating func tune(_ prospects: [Prospect]) {
    guard rate != nil else { return }
    var left = Self.mostLayouts
    for prospect in prospects where prospect.layout != nil {
      guard left > 0 else { return }
      while true {
        let count = best.map { cheaper(than: cost(of: $0), prospect) } ?? prospect.start
        guard count >= 1, Double(prospect.fewest) < Self.mostGain * Double(count) + 1 else { break }
        left -= 1
        // Changes are looked at on all cores.
        runner.forget()
        guard let tuned = tune(prospect.shape(count)) else { break }
        // What holds with so many may hold with fewer.
        look(at: tuned)
        guard left > 0 else { break }
      }
    }
  }

  /// - Returns: the layout with settings that hold, if there are some.
  private mutating func tune(_ candidate: Candidate) -> Prospect? {
    var current = candidate
    var distance = self.distance(of: candidate) ?? .infinity
    for _ in 0..<Self.mostRounds {
      var nearest: (candidate: Candidate, distance: Double)?
      var gains = TuningGains(of: capacity(of: current))
      var left = changes(of: current)[...]
      while !left.isEmpty {
        let next = left.prefix(1 + runner.cores.idle)
        left = left.dropFirst(next.count)
        for (changed, ahead) in zip(next, lookingAhead(at: next.map(\.candidate))) {
          runner.adopt(ahead)
          guard var found = self.distance(of: changed.candidate) else { continue }
          if found == 0 {
            if holdsAtACloserLook(changed.candidate) { return prospect(changed.candidate) }
            // At a closer look it does not.
            found = self.distance(of: changed.candidate) ?? .infinity
          }
          if found < nearest?.distance ?? distance { nearest = (changed.candidate, found) }
          gains.note(changed.setting, capacity(of: changed.candidate))
        }
      }
      if let nearest, isWithinError(nearest.candidate, nearest.distance),
        holdsAtACloserLook(nearest.candidate)
      {
        return prospect(nearest.candidate)
      }
      guard let nearest, let rate, gains.together * Self.mostSynergy > rate,
        nearest.distance >= 1 || nearest.distance < Self.leastProgress * distance
      else { return nil }
      (current, distance) = nearest
    }
    return nil
  }

  private mutating func holdsAtACloserLook(_ candidate: Candidate) -> Bool {
    expectProof(of: candidate)
    if holds(candidate) == true { return true }
    runner.forget()
    runner.likelyAnswer = best?.candidate
    return false
  }

  /// Requests a second that a candidate serves at most; nil when it cannot work.
  private mutating func capacity(of candidate: Candidate) -> Double? {
    runner.capacity(of: candidate)?.rate
  }

  /// What `distance` will ask for, of candidates that are looked at one after the other.
  private func lookingAhead(at candidates: [Candidate]) -> [TrialRunner.Ahead] {
    guard let rate else { return [] }
    return runner.ahead(candidates.map { ($0, glance(at: $0)) }, above: rate)
  }

  /// The layout of a candidate with any number of replicas.
  private mutating func prospect(_ candidate: Candidate) -> Prospect? {
    guard case .together(let part) = candidate.shape,
      case .success(let run?) = runner.saturated(candidate.withOneReplica)
    else { return nil }
    return prospect(Saturated(layout: part.layout, run: run))
  }

  /// How far a candidate is from the level; nil when it cannot work.
  private mutating func distance(of candidate: Candidate) -> Double? {
    guard let rate, let capacity = runner.capacity(of: candidate) else { return nil }
    // As far as a queue that grows is (`ServiceLevel`).
    if capacity.rate <= rate { return rate / capacity.rate }
    guard let trial = answer(candidate, for: glance(at: candidate)) else { return nil }
    return shortfalls(of: trial).distance
  }

  /// Whether what is missed at a glance may be held.
  private mutating func isWithinError(_ candidate: Candidate, _ distance: Double) -> Bool {
    guard let trial = answer(candidate, for: glance(at: candidate)),
      let error = trial.outcome.estimate(.attainment)?.standardError
    else { return false }
    return distance < Self.errorsOfAGlance * error
  }

  private func glance(at candidate: Candidate) -> TrialRunner.Purpose {
    let purpose = purpose(of: candidate)
    return purpose == .search ? .glance : purpose
  }

  /// The candidate with one setting changed, each way of it.
  private mutating func changes(
    of candidate: Candidate
  ) -> [(setting: TunedSetting, candidate: Candidate)] {
    guard case .together(let part) = candidate.shape, let deployment = runner.deployed(candidate)
    else { return [] }
    let pool = deployment.decoding
    var changed: [(setting: TunedSetting, tuning: PoolTuning)] = []
    func change(_ setting: TunedSetting, _ set: (inout PoolTuning) -> Void) {
      guard tuned.contains(setting) else { return }
      var tuning = part.layout.tuning
      set(&tuning)
      if tuning != part.layout.tuning { changed.append((setting, tuning)) }
    }
    if pool.design.precision.keyValueCache != .fp8, machine.profile.accelerator.peak[.fp8] != nil {
      change(.keyValueCache) { $0.keyValueCache = .fp8 }
    }
    let (budget, sequences) = (pool.limits.tokenBudget, pool.limits.maximumSequences)
    for tokens in [budget / 2, budget / 4, budget / 8, budget * 2]
    where tokens >= min(sequences, 256) && tokens >= 128 {
      change(.tokenBudget) {
        $0.tokenBudget = tokens
        if tokens < sequences { $0.maximumSequences = tokens }
      }
    }
    let own = ownTrial(of: candidate)
    // What never was short of cache would do the same with more of it.
    let isRoomy = scenario.workload.sharesNothing && own?.isRoomy == true
    let largest = own.map { Int($0.results.batch.max) } ?? sequences
    for limit in [isRoomy ? 0 : largest, largest * 3 / 4, largest / 2]
    where limit > 0 && limit < sequences {
      change(.maximumSequences) { $0.maximumSequences = limit }
    }
    if pool.design.speculation != nil {
      change(.speculation) { $0.guessing = .off }
    } else if machine.canGuess {
      change(.speculation) { $0.guessing = .ownLayers }
    }
    let memory = deployment.engine.memory
    if !isRoomy, memory.basis == .all, memory.usableFraction < Self.mostMemory {
      change(.memory) { $0.usableMemoryFraction = Self.mostMemory }
    }
    return changed.map { setting, tuning in
      var layout = part.layout
      layout.tuning = tuning
      return (setting, machine.together(layout, replicas: part.replicas))
    }
  }

  /// Share of an accelerator's memory that may be in use: what engines are run with by those who
  /// are short of it.
  private static let mostMemory = 0.95

  /// A candidate's own run, where it had one.
  private mutating func ownTrial(of candidate: Candidate) -> Trial? {
    guard let rate, let capacity = runner.capacity(of: candidate), capacity.rate > rate else {
      return nil
    }
    return answer(candidate, for: glance(at: candidate))
  }
}

extension Trial {
  private static let full = 0.95

  /// Whether no replica's cache was ever full.
  fileprivate var isRoomy: Bool { summary.pools.allSatisfy { $0.highestOccupancy < Self.full } }
}
