internal import OperatorCosts
internal import Scenarios
internal import Statistics

/// A point with its scenario, and what of it is fitted.
struct FitCase: Sendable {
  /// A measured figure with its weight against others.
  struct Target: Sendable {
    var metric: Metric
    var measured: Double
    var weight: Double
  }

  let point: MeasuredPoint
  let scenario: Scenario
  /// Place of the gaps that the point is simulated with (`EngineParameters`).
  let place: String
  /// The gaps at `place` in the engine's profile.
  let gaps: StepGaps?
  var targets: [Target]

  /// Nil when nothing of the point can be fitted.
  init?(
    _ point: MeasuredPoint, scenario: Scenario, on platform: String, from catalogues: Catalogues
  ) {
    guard let newest = try? catalogues.engine(point.engine),
      let release = try? catalogues.engine(point.engineProfile)
    else { return nil }
    self.point = point
    self.scenario = scenario
    place = EngineParameters.place(of: release, on: platform, newest: newest)
    gaps = release.platforms[platform]
    var targets: [Target] = []
    func add(_ metrics: [Metric], _ weight: Double) {
      for metric in metrics {
        guard let value = point.measured[metric], value > 0 else { continue }
        targets.append(Target(metric: metric, measured: value, weight: weight))
        return
      }
    }
    add([.medianTimePerOutputToken, .meanTimePerOutputToken], 1)
    if point.mode == .aggregated, point.speculative.isEmpty {
      // The mean has the first requests of a server in it, whose kernels are compiled meanwhile:
      // five times the median on the MI355X. It counts where there is no median.
      add([.medianTimeToFirstToken, .meanTimeToFirstToken], 0.4)
    }
    guard !targets.isEmpty else { return nil }
    self.targets = targets
  }

  /// ln(predicted / measured) of each target; what cannot be predicted is as far as is counted.
  func residuals(_ prediction: PointPrediction?) -> [Double] {
    targets.map { target in
      guard let value = prediction?.values[target.metric], value > 0 else { return FitLoss.limit }
      return logarithm(value / target.measured)
    }
  }
}

/// How residuals count: by their size, not its square, and no more than a limit, so that a few
/// points that were measured under conditions nobody wrote down do not bend the fit.
enum FitLoss {
  /// Residuals beyond it count as much as it, and push no more.
  static let limit = 0.6
  /// Below it a residual counts as its square would: about the spread of repeated measurements.
  private static let core = 0.03

  static func value(_ residuals: [Double], _ weights: [Double]) -> Double {
    zip(residuals, weights).reduce(0) { $0 + $1.1 * min(abs($1.0), limit) }
  }

  /// The weights under which least squares minimise it nearby.
  static func weights(_ residuals: [Double], _ weights: [Double]) -> [Double] {
    zip(residuals, weights).map { residual, weight in
      abs(residual) > limit ? 0 : weight / max(abs(residual), core)
    }
  }
}
