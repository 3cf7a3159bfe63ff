internal import Outcomes
internal import Requirements
internal import Results
package import Scenarios
internal import ServingSimulation
internal import Units
internal import Validation
internal import Workloads

/// A deployment that is slower, or faster, than predicted by as much as predictions are off.
///
/// A machine whose steps take s times as long is, in units of time that are s times as long, the
/// predicted one under s times the load. So it holds a level at a rate λ as the predicted one
/// holds, at the rate s λ, limits that are s times as tight:
///
///     L(s, λ) = s · L(1, s λ)
///
/// for every latency L. The factor of the time to first token is what that was off by, where it is
/// more: it has parts that no step explains.
/// Check: a factor of 1.2, 10 req/s and 600 ms to the first token: 12 req/s and 500 ms
/// (`StrainTests.workedExample`).
package enum Strain: Hashable, Sendable {
  /// The ends of the interval that holds eight measurements in ten.
  case slowest
  case fastest

  /// Ratios of measured to predicted times; nil where nothing alike was ever measured.
  private func factors(of deployment: Deployment) -> (step: Double, first: Double)? {
    guard
      let step = PredictionIntervals.factors(of: deployment, .timePerOutputToken),
      let first = PredictionIntervals.factors(of: deployment, .meanTimeToFirstToken)
    else { return nil }
    switch self {
    case .slowest: return (step.high, max(step.high, first.high))
    case .fastest: return (step.low, min(step.low, first.low))
    }
  }

  /// Whether anything is known of how far predictions of such a deployment are off.
  package static func isKnown(for deployment: Deployment) -> Bool {
    Strain.slowest.factors(of: deployment) != nil
  }

  /// What a step takes of machine time, as a multiple of what is predicted.
  func share(of deployment: Deployment) -> Double { factors(of: deployment)?.step ?? 1 }

  /// The load and the objectives that the predicted deployment would have to hold.
  func strained(_ scenario: Scenario, as deployment: Deployment) -> Scenario {
    factors(of: deployment).map { Self.strained(scenario, by: $0) } ?? scenario
  }

  static func strained(
    _ scenario: Scenario, by factors: (step: Double, first: Double)
  ) -> Scenario {
    var strained = scenario
    if scenario.workload.arrivals.isOpen {
      strained.workload = scenario.workload.scaled(by: factors.step)
    }
    func tighter(_ limit: SimDuration?, _ factor: Double) -> SimDuration? {
      limit.map { SimDuration(seconds: $0.seconds / factor) }
    }
    let objectives = scenario.objectives
    strained.objectives.timeToFirstToken = tighter(objectives.timeToFirstToken, factors.first)
    strained.objectives.timePerOutputToken = tighter(objectives.timePerOutputToken, factors.step)
    strained.objectives.endToEndLatency = tighter(objectives.endToEndLatency, factors.step)
    return strained
  }

  func strained(_ level: ServiceLevel, of deployment: Deployment) -> ServiceLevel {
    guard let factors = factors(of: deployment) else { return level }
    let requirements = level.requirements.map { requirement in
      Requirement(
        requirement.figure, requirement.comparison,
        Self.predicted(requirement.bound, of: requirement.figure, factors),
        at: requirement.location, path: requirement.path)
    }
    var strained = ServiceLevel(
      attainment: level.attainment, share: level.share, requirements: requirements)
    strained.pace = factors.step
    return strained
  }

  // MARK: Figures

  /// Whether a figure of the slower machine follows from the run that stands for it.
  static func scales(_ figure: Figure) -> Bool { scale(of: figure) != nil }

  /// What a figure of the run is on the slower machine.
  func observed(_ value: Double, of figure: Figure, on deployment: Deployment) -> Double {
    guard let factors = factors(of: deployment) else { return value }
    switch Self.scale(of: figure) {
    case .firstToken: return value * factors.first
    case .time: return value * factors.step
    case .rate: return value / factors.step
    case .none?, nil: return value
    }
  }

  /// What a limit of the slower machine is for the run that stands for it.
  private static func predicted(
    _ bound: Double, of figure: Figure, _ factors: (step: Double, first: Double)
  ) -> Double {
    switch scale(of: figure) {
    case .firstToken: bound / factors.first
    case .time: bound / factors.step
    case .rate: bound * factors.step
    case .none?, nil: bound
    }
  }

  private enum Scale { case none, firstToken, time, rate }

  private static func scale(of figure: Figure) -> Scale? {
    switch figure.path.prefix(while: { $0 != "." }) {
    case "ttft", "ttfat": .firstToken
    case "tpot", "itl", "e2e", "makespan": .time
    case "interactivity", "output", "total": .rate
    case "attainment": Scale.none
    default: nil
    }
  }
}
