package import Outcomes
internal import Results
package import Runs
package import Scenarios
internal import Workloads

/// How sure the verdict of one run is: another run, of a machine as much slower than predicted as
/// eight in ten predictions are off where the level is held, as much faster where it is missed
/// (`Strain`). What the verdict is there too, it is in between.
package struct ReversedRun: Sendable {
  package let certainty: Certainty
  /// Share of the requests that meet the objectives there; nil of a queue that grows, and where
  /// nothing alike was ever measured.
  package let attainment: Double?

  /// Nil where there are no objectives, where the run is none of a service, so that its verdict is
  /// no matter of how fast a step is, and where the other run comes to no end. What is served to
  /// its end is not run again where it is longer than a trial of a search.
  package static func of(
    _ outcome: Outcome, from catalogues: Catalogues, _ watch: RunWatch = RunWatch()
  ) throws(RunFailure) -> ReversedRun? {
    let deployment = outcome.deployment
    let scenario = deployment.scenario
    let level = ServiceLevel(scenario, requirements: [])
    let mostRequests = TrialRunner.mostRequests(of: deployment)
    guard !level.isEmpty, outcome.load.isSustained != false,
      scenario.workload.isJudgedSteady || outcome.sample.requests <= mostRequests
    else { return nil }
    guard Strain.isKnown(for: deployment) else {
      return ReversedRun(certainty: .unknown, attainment: nil)
    }
    let holds = level.shortfalls(of: Trial(outcome)).isEmpty
    let strain = holds ? Strain.slowest : .fastest
    let strained = strain.strained(scenario, as: deployment)
    guard let other = try? Deployment(strained, from: catalogues) else { return nil }
    let question = OutcomeQuestion(
      criteria: level.criteria(of: other), depth: .quick, mostRequests: mostRequests,
      capacity: outcome.load.capacity, hasCapacity: false, hasWholePeriods: false)
    do throws(RunFailure) {
      let trial = try Trial.run(other, question, watch)
      let isReversed = Assurance.End(strain, trial, level).holds != holds
      let shares = [trial.results.attainment, trial.results.peak?.attainment].compactMap { $0 }
      return ReversedRun(
        certainty: isReversed ? .marginal : holds ? .yes : .no,
        attainment: trial.outcome.load.isSustained == false ? nil : shares.min())
    } catch {
      guard error == .cancelled else { return nil }
      throw error
    }
  }
}
