package import Diagnostics
internal import Outcomes
package import Requirements
internal import Results
package import Runs
package import Scenarios
internal import ServingSimulation
internal import Statistics
internal import Units
internal import Workloads

/// What a deployment is held to: the objectives of the scenario, and what figures must be.
package struct ServiceLevel: Sendable {
  /// Share of the requests that must meet every objective; nil where there are none.
  package let attainment: Double?
  /// Share of the users that must have a required interactivity; nil for the median one.
  package let share: Double?
  package let requirements: [Requirement]
  /// How much slower a machine is than the run that stands for it (`Strain`): its rates are so many
  /// times lower.
  var pace = 1.0

  /// Share of the requests that may be refused or lost where no objectives are stated.
  static let mostRefused = 0.01

  package init(attainment: Double?, share: Double? = nil, requirements: [Requirement]) {
    self.attainment = attainment
    self.share = share
    self.requirements = requirements
  }

  /// - Parameter requirements: nil for the scenario's own.
  package init(_ scenario: Scenario, requirements: [Requirement]? = nil) {
    self.init(
      attainment: scenario.objectives.isEmpty ? nil : scenario.attainment,
      requirements: requirements ?? scenario.requirements)
  }

  /// Whether there is nothing to hold, so that the smallest deployment would always do.
  package var isEmpty: Bool { attainment == nil && requirements.isEmpty }

  /// Whether it says the same of a part of a fleet as of all of it: shares, latencies, and prices
  /// of a token.
  var isIntensive: Bool {
    let intensive: Set = [
      "ttft", "ttfat", "tpot", "itl", "e2e", "interactivity", "attainment", "kv", "mfu", "mbu",
    ]
    let ofTokens: Set = [
      "cost.input", "cost.thinking", "cost.output", "cost.blended", "cost.request",
      "energy.output", "energy.per_mw", "output.per_gpu", "total.per_gpu",
    ]
    return requirements.allSatisfy { requirement in
      let path = requirement.figure.path
      return intensive.contains(String(path.prefix { $0 != "." })) || ofTokens.contains(path)
    }
  }

  /// A search for what nobody can know would end with nothing.
  ///
  /// - Throws: `InvalidInput` that names every such requirement.
  package func check(of scenario: Scenario) throws(InvalidInput) {
    guard scenario.workload.isJudgedSteady else { return }
    let unknown = requirements.compactMap { requirement in
      RunFigures.row(requirement.figure.path)?.unknownOfALastingLoad.map { reason in
        Diagnostic(
          code: "level/unknowable",
          "`\(requirement.figure.path)` is never known of this load: \(reason.reason)",
          at: requirement.location ?? SourceLocation(file: scenario.file), hint: reason.remedy)
      }
    }
    guard unknown.isEmpty else { throw InvalidInput(unknown) }
  }

  /// The longest that a batch may take [s], where that is required.
  package var longestMakespan: Double? {
    requirements.filter {
      $0.figure.path == "makespan" && ($0.comparison == .less || $0.comparison == .atMost)
    }.map(\.bound).min()
  }

  /// One thing that a run misses.
  package struct Shortfall: Hashable, Sendable {
    /// What is missed, in words with the numbers.
    package var words: String
    /// How far it is from what must be, as a share of that; infinite where nobody knows.
    package var distance: Double
    /// Whether more replicas would only miss it by more: what is spent.
    package var growsWithReplicas = false
  }

  /// What a run is asked, so that it is long enough to answer.
  package func criteria(of deployment: Deployment) -> [Criterion] {
    let own = attainment.map { [Criterion.attainment($0)] } ?? []
    return own + requirements.compactMap { Criterion($0, of: deployment) }
  }

  /// What of the level a run misses; empty when it holds.
  package func shortfalls(of trial: Trial) -> [Shortfall] {
    let peak = trial.outcome.peak.map { found in
      shortfalls(of: Trial(found, share: trial.share)).map {
        Shortfall(words: "at the highest rate: \($0.words)", distance: $0.distance)
      }
    }
    return own(trial) + peak.flatMap { $0 }
  }

  private func own(_ trial: Trial) -> [Shortfall] {
    var list: [Shortfall] = []
    let results = trial.results
    if let load = overload(trial) { return [load] }
    // Who is refused meets no objective, and counts there. Without objectives as many may be as
    // could miss them: one request in a thousand that no context holds decides nothing.
    let dropped = results.requests.ended - results.requests.completed
    let refused = Double(dropped) / Double(max(1, dropped + results.requests.completed))
    if attainment == nil, refused > Self.mostRefused {
      list.append(
        Shortfall(
          words:
            "\(NumberText.percent(refused, apartFrom: Self.mostRefused)) of requests are rejected, "
            + "lost or abandoned, at most "
            + "\(NumberText.percent(Self.mostRefused, apartFrom: refused)) may be: "
            + trial.summary.counts.refusalWords(of: trial.deployment),
          distance: refused - Self.mostRefused))
    }
    if let attainment, let found = results.attainment, found < attainment {
      list.append(
        Shortfall(
          words:
            "\(NumberText.percent(found, apartFrom: attainment)) of requests meet the objectives, "
            + "\(NumberText.percent(attainment, apartFrom: found)) must",
          distance: attainment - found))
    }
    for requirement in requirements {
      let value = value(of: requirement.figure, trial)
      guard !requirement.isMet(by: value) else { continue }
      let words =
        value.map { requirement.figure.words($0, apartFrom: requirement.bound) } ?? "unknown"
      list.append(
        Shortfall(
          words: "\(requirement.figure.path) is \(words), must be "
            + bound(of: requirement, apartFrom: value),
          distance: value.map { distance($0, requirement.bound) } ?? .infinity,
          growsWithReplicas: isSpent(requirement)))
    }
    return list
  }

  /// The shortfall of a load that is not served, of which nothing is held; nil where it is served.
  private func overload(_ trial: Trial) -> Shortfall? {
    let load = trial.outcome.load
    guard let offered = load.offered, load.isSustained == false else { return nil }
    guard let capacity = load.capacity else {
      return Shortfall(words: "no request is ever served", distance: .infinity)
    }
    let scale = trial.share * pace
    // Near the capacity, which is known to a hundredth, a queue may also be seen to grow below it.
    let isSeen =
      load.state == .overloaded && offered < capacity.rate && load.served < offered
    let other = isSeen ? load.served : capacity.rate
    let words = NumberText.apart(offered / scale, other / scale, .requestsPerSecond)
    let rates = "\(words.first) offered, \(words.second) \(isSeen ? "" : "can be ")served"
    let excess = max(0, offered / capacity.rate - 1)
    let trouble =
      switch load.state {
      case .overloaded: "the queue grows"
      case .fragile: "it lasts until the caches lose the conversations"
      default: "too near to the capacity to be judged"
      }
    return Shortfall(words: "\(trouble): \(rates)", distance: 1 + excess)
  }

  /// A speed that a share of the users must have is the one that this share has.
  private func value(of figure: Figure, _ trial: Trial) -> Double? {
    guard figure.path == "interactivity", let share else { return trial.results.value(of: figure) }
    return trial.summary.timePerOutputToken.quantile(share).flatMap { $0 > 0 ? 1e9 / $0 : nil }
  }

  private func isSpent(_ requirement: Requirement) -> Bool {
    let name = requirement.figure.path.prefix { $0 != "." }
    return ["cost", "energy", "power"].contains(name)
      && (requirement.comparison == .less || requirement.comparison == .atMost)
      && requirement.figure.prefers == .less
  }

  private func distance(_ value: Double, _ bound: Double) -> Double {
    bound == 0 ? (value - bound).magnitude : (value - bound).magnitude / bound.magnitude
  }

  private func bound(of requirement: Requirement, apartFrom value: Double?) -> String {
    let words = requirement.figure.words(
      requirement.bound, apartFrom: value ?? requirement.bound)
    return "\(requirement.comparison.rawValue) \(words)"
  }
}

extension [ServiceLevel.Shortfall] {
  /// Distance of the shortfall that is largest; zero when nothing is missed.
  package var distance: Double { reduce(0) { Swift.max($0, $1.distance) } }
  package var words: [String] { map(\.words) }
}
