internal import Hardware
package import Requirements
internal import Results
package import Runs
package import Scenarios
internal import ServingSimulation
internal import Statistics
internal import Workloads

extension Criterion {
  /// Errors of a share that nobody would decide otherwise for: a tenth of what may be missed, and
  /// of what is common a little.
  private static func tolerance(ofShare share: Double) -> Double {
    max(1e-4, 0.1 * min(share, 1 - share))
  }

  /// Relative error of any figure but a share that nobody would decide otherwise for.
  private static let relativeTolerance = 0.005

  /// Tokens a second that pass, near enough that the price of one is a price and not the luck of a
  /// sample: few long requests among many short ones have most of the tokens.
  static let tokenRate = Criterion(.tokenRate, .value(relativeError: 0.015))

  /// The criterion that a share of the requests meets every objective.
  package static func attainment(_ share: Double) -> Criterion {
    Criterion(.attainment, .atLeast(share, tolerance: tolerance(ofShare: share)))
  }

  /// - Parameter deployment: whose run it is asked of.
  package init?(_ requirement: Requirement, of deployment: Deployment) {
    let own = RunFigures.split(requirement.figure.path)
    let path = own?.row.path ?? requirement.figure.path
    let parts = path.split(separator: ".").map(String.init)
    let isUpper = requirement.comparison == .less || requirement.comparison == .atMost
    let bound = requirement.bound
    if parts.count == 2, let latency = Latency(figure: parts[0]) {
      if let share = Self.quantiles[parts[1]] {
        let limit = Int64(min(max(0, bound * 1e9), 9e18))
        let tolerance = Self.tolerance(ofShare: share)
        let classes = deployment.scenario.workload.classes
        // A class that is not there has no values.
        let index = own.map { own in
          classes.firstIndex { $0.name == own.name } ?? classes.count
        }
        self.init(
          .share(latency, atMost: limit, ofClass: index),
          isUpper
            ? .atLeast(share, tolerance: tolerance) : .atMost(share, tolerance: tolerance))
        return
      }
      guard parts[1] == "mean" else { return nil }
      guard own == nil else {
        self.init(other: requirement, of: deployment, isUpper)
        return
      }
      self.init(.mean(latency), Self.aim(isUpper, bound * 1e9))
      return
    }
    if own == nil, path == "attainment" {
      self = .attainment(bound)
      return
    }
    self.init(other: requirement, of: deployment, isUpper)
  }

  private init(other requirement: Requirement, of deployment: Deployment, _ isUpper: Bool) {
    let figure = requirement.figure
    self.init(
      .other { RunResults($0, of: deployment).measured(figure) },
      Self.aim(isUpper, requirement.bound))
  }

  private static func aim(_ isUpper: Bool, _ bound: Double) -> Aim {
    let tolerance = relativeTolerance * bound.magnitude
    return isUpper ? .atMost(bound, tolerance: tolerance) : .atLeast(bound, tolerance: tolerance)
  }

  static let quantiles = ["p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99]
}

extension Latency {
  /// The name with which the paths of the latency's figures begin.
  package var figureName: String {
    switch self {
    case .timeToFirstToken: "ttft"
    case .timeToFirstAnswer: "ttfat"
    case .timePerOutputToken: "tpot"
    case .interToken: "itl"
    case .endToEnd: "e2e"
    }
  }

  init?(figure name: String) {
    guard let found = Self.allCases.first(where: { $0.figureName == name }) else { return nil }
    self = found
  }
}
