internal import Diagnostics
internal import Outcomes
internal import Requirements
internal import Results
internal import Runs
internal import Scenarios
internal import ServingSimulation
internal import Units
internal import Workloads

extension SweepPlan {
  /// What comes of one case; nil when it was cancelled.
  func record(of index: Int, isCancelled: @escaping () -> Bool) -> SweepRecord? {
    let values = grid.values(of: index)
    var record = SweepRecord(
      index: index,
      at: Dictionary(
        uniqueKeysWithValues: zip(grid.axes, values).map { ($0.name, $1.label) }),
      settings: values.flatMap(\.settings))
    do {
      let scenario = try file.scenario(overrides + grid.overrides(of: index))
      let deployment = try Deployment(scenario, from: catalogues)
      record.accelerators = deployment.accelerators
      let level = level(of: scenario)
      let trial: Trial
      do throws(RunFailure) {
        trial = try Trial.run(
          deployment,
          question(scenario, level, deployment),
          RunWatch(isCancelled: isCancelled))
      } catch {
        guard let refusal = Self.refusal(error, deployment) else { return nil }
        record.refused = [refusal]
        return record
      }
      let loads = [trial.outcome.load] + trial.outcome.peak.map(\.load)
      if let load = loads.first(where: { $0.isSustained == false }) {
        record.load = load.state.rawValue
      }
      record.missed = level.map { $0.shortfalls(of: trial).words }
      record.fingerprint = trial.summary.fingerprint.text
      let broken = trial.brokenLaws
      if broken.isEmpty {
        record.figures = Self.figures(trial.results)
      } else {
        record.brokenLaws = broken
      }
    } catch let error as InvalidInput {
      record.refused = error.diagnostics.map(SweepRecord.Refusal.init)
    } catch let error as FileFailure {
      record.refused = [SweepRecord.Refusal(error.diagnostic)]
    } catch {
      record.refused = [SweepRecord.Refusal(code: "sweep/failed", message: "\(error)")]
    }
    return record
  }

  /// What a case must hold; nil where nothing is required of it.
  private func level(of scenario: Scenario) -> ServiceLevel? {
    let all = scenario.requirements + requirements
    return all.isEmpty ? nil : ServiceLevel(attainment: nil, requirements: all)
  }

  /// What is required decides, and takes as long as it needs; else a curve is worth less per point.
  private func question(
    _ scenario: Scenario, _ level: ServiceLevel?, _ deployment: Deployment
  ) -> OutcomeQuestion {
    OutcomeQuestion(
      requests: scenario.workload.requests, criteria: level?.criteria(of: deployment) ?? [],
      depth: level == nil ? .quick : .thorough,
      hasCapacity: scenario.workload.isJudgedSteady)
  }

  private static func figures(_ results: RunResults) -> [String: Double] {
    var figures: [String: Double] = [:]
    for figure in results.figures {
      figures[figure.figure.path] = figure.value.map { ReportNumber.rounded($0) }
    }
    return figures
  }

  /// Nil of a case that nobody waits for any more.
  private static func refusal(
    _ failure: RunFailure, _ deployment: Deployment
  ) -> SweepRecord.Refusal? {
    switch failure {
    case .cancelled: nil
    case .nothingServed(let counts):
      SweepRecord.Refusal(
        code: "scenario/nothing-served", message: counts.refusalWords(of: deployment))
    case .traceChanged(let failure):
      SweepRecord.Refusal(
        code: failure.diagnostic.code, message: failure.diagnostic.message, path: "workload")
    case .noProgress(let standstill):
      SweepRecord.Refusal(
        code: "run/no-progress", message: standstill.words, path: "availability")
    case .outOfTime, .tooManyPresent, .outOfBudget:
      SweepRecord.Refusal(
        code: "scenario/too-long", message: "the run takes more than 146 years of simulated time",
        path: "workload",
        hint: "lower `workload.requests`, or look for what is slow: `windtunnel explain`")
    }
  }
}

extension SweepRecord.Refusal {
  fileprivate init(_ diagnostic: Diagnostic) {
    self.init(
      code: diagnostic.code, message: diagnostic.message, path: diagnostic.path,
      notes: diagnostic.notes.isEmpty ? nil : diagnostic.notes, hint: diagnostic.hint)
  }
}
