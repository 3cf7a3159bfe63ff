package import Outcomes
package import Requirements
internal import Results
package import Runs
package import Scenarios
internal import ServingSimulation
internal import Workloads

/// How sure the verdicts on one run are: other runs, of a machine as much slower than predicted as
/// eight in ten predictions are off for what is held, as much faster for what is missed (`Strain`).
/// What a verdict is there too, it is in between.
package struct ReversedRun: Sendable {
  /// One verdict where it could be another.
  package struct Doubt: Sendable {
    package let certainty: Certainty
    /// The figure there; nil of a queue that grows, and where nothing alike was ever measured.
    package let value: Double?

    static let unknown = Doubt(certainty: .unknown, value: nil)
  }

  /// How sure the verdict on the objectives is, with the share of the requests that meets them; nil
  /// without any.
  package private(set) var objectives: Doubt?
  /// How sure that on each requirement is, in the order in which they were asked for; nil of
  /// figures that do not follow from how long a step takes, and of unknown ones.
  package private(set) var requirements: [Doubt?]

  /// Nil where nothing is held to anything, where the run is none of a service, so that its
  /// verdict is no matter of how fast a step is, and where no other run comes to an end. What is
  /// served to its end is not run again where it is longer than a trial of a search.
  package static func of(
    _ outcome: Outcome, requirements: [Requirement] = [], from catalogues: Catalogues,
    _ watch: RunWatch = RunWatch()
  ) throws(RunFailure) -> ReversedRun? {
    let scenario = outcome.deployment.scenario
    let trial = Trial(outcome)
    let asked = requirements.map { requirement in
      Strain.scales(requirement.figure) && trial.results.value(of: requirement.figure) != nil
        ? ServiceLevel(attainment: nil, requirements: [requirement]) : nil
    }
    let level = ServiceLevel(scenario, requirements: asked.compactMap { $0?.requirements.first })
    guard !level.isEmpty, outcome.load.isSustained != false,
      scenario.workload.isJudgedSteady
        || outcome.sample.requests <= TrialRunner.mostRequests(of: outcome.deployment)
    else { return nil }
    let objectives = level.attainment.map { _ in ServiceLevel(scenario, requirements: []) }
    guard Strain.isKnown(for: outcome.deployment) else {
      return ReversedRun(
        objectives: objectives.map { _ in .unknown },
        requirements: asked.map { $0.map { _ in .unknown } })
    }
    func holds(_ level: ServiceLevel) -> Bool { level.shortfalls(of: trial).isEmpty }
    let levels = asked.compactMap { $0 } + [objectives].compactMap { $0 }
    var ends: [Strain: Assurance.End] = [:]
    for strain in Set(levels.map { strain(reversing: holds($0)) }) {
      ends[strain] = try end(strain, of: outcome, level, catalogues, watch)
    }
    guard !ends.isEmpty else { return nil }
    func doubt(_ level: ServiceLevel) -> Doubt? {
      let holds = holds(level)
      return ends[strain(reversing: holds)].map { Doubt(level, at: $0, whereItHolds: holds) }
    }
    return ReversedRun(
      objectives: objectives.flatMap(doubt), requirements: asked.map { $0.flatMap(doubt) })
  }

  private static func strain(reversing holds: Bool) -> Strain { holds ? .slowest : .fastest }

  /// Nil where that run comes to no end.
  private static func end(
    _ strain: Strain, of outcome: Outcome, _ level: ServiceLevel, _ catalogues: Catalogues,
    _ watch: RunWatch
  ) throws(RunFailure) -> Assurance.End? {
    let deployment = outcome.deployment
    let strained = strain.strained(deployment.scenario, as: deployment)
    guard let other = try? Deployment(strained, from: catalogues) else { return nil }
    let question = OutcomeQuestion(
      criteria: strain.strained(level, of: other).criteria(of: other), depth: .quick,
      mostRequests: TrialRunner.mostRequests(of: deployment), capacity: outcome.load.capacity,
      hasCapacity: false, hasWholePeriods: false)
    do throws(RunFailure) {
      return Assurance.End(strain, try Trial.run(other, question, watch), level)
    } catch {
      guard error == .cancelled else { return nil }
      throw error
    }
  }
}

extension ReversedRun.Doubt {
  /// What becomes of a verdict at one end of what a prediction may be off by.
  fileprivate init(_ level: ServiceLevel, at end: Assurance.End, whereItHolds holds: Bool) {
    let isReversed = end.holds(level) != holds
    certainty = isReversed ? .marginal : holds ? .yes : .no
    value = end.value(of: level)
  }
}

extension Assurance.End {
  /// What a level of one thing is judged by: where that is missed at the highest rate alone, it is
  /// what is missed there.
  fileprivate func value(of level: ServiceLevel) -> Double? {
    guard trial.outcome.load.isSustained != false else { return nil }
    guard let requirement = level.requirements.first else {
      return [trial.results.attainment, trial.results.peak?.attainment].compactMap { $0 }.min()
    }
    let values = ([trial.results] + trial.outcome.peak.map { RunResults($0) }).compactMap {
      $0.value(of: requirement.figure).map {
        strain.observed($0, of: requirement.figure, on: trial.deployment)
      }
    }
    return values.first { !requirement.isMet(by: $0) } ?? values.first
  }
}
