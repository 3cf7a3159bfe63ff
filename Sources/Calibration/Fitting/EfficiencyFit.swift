internal import Hardware
internal import OperatorCosts

/// A coefficient of the roofline that a fit may choose (formula: `Efficiency`).
enum Coefficient: CaseIterable {
  case compute
  case memory
  case floor
  case depthLatency
  case serialTraffic

  /// What one is, so that a change of one matters to a fit.
  private var scale: Double {
    switch self {
    case .compute, .memory, .serialTraffic: 1
    case .floor: 1e-6
    case .depthLatency: 1e-10
    }
  }

  /// Shares are of a peak, so at most 1, and other terms add time. Of the memory's bandwidth no
  /// kernel gets more than 0.95: refresh and turning from reads to writes take the rest, and what
  /// seems to be above comes from a cache.
  var bound: LeastSquares.Bound {
    switch self {
    case .compute: .init(low: 1e-3, high: 1)
    case .memory: .init(low: 1e-3, high: 0.95)
    case .floor: .init(low: 0, high: 1e3)
    case .depthLatency: .init(low: 0, high: 1e4)
    case .serialTraffic: .init(low: 0, high: 1e3)
    }
  }

  /// Where fits begin; every combination of several coefficients' is tried.
  var starts: [Double] {
    switch self {
    case .compute: [0.3, 0.7]
    case .memory: [0.5, 0.85]
    case .floor: [8]
    case .depthLatency: [2]
    case .serialTraffic: [0.5, 8]
    }
  }

  func set(_ value: Double, of efficiency: inout Efficiency) {
    switch self {
    case .compute: efficiency.compute = value * scale
    case .memory: efficiency.memory = value * scale
    case .floor: efficiency.floorSeconds = value * scale
    case .depthLatency: efficiency.depthLatencySeconds = value * scale
    case .serialTraffic: efficiency.serialTraffic = value * scale
    }
  }
}

/// The fit of some coefficients to timings of one class and arithmetic; the others stay as given.
struct EfficiencyFit {
  let rows: [KernelTiming]
  let machine: MachinePeaks
  /// See `LeastSquares`.
  var softness = usualSoftness

  /// Errors of a good fit are 2 to 7 %: three times that is an outlier.
  static let usualSoftness = 0.15

  func fitted(_ free: [Coefficient], from held: Efficiency) -> Efficiency {
    let problem = LeastSquares(softness: softness, bounds: free.map(\.bound)) { parameters in
      errors(of: Self.efficiency(held, free, parameters))
    }
    let best = problem.minimum(from: Self.starts(free))
    var efficiency = Self.efficiency(held, free, best.parameters)
    efficiency.residual = residual(of: efficiency)
    return efficiency
  }

  /// Median of the relative errors over all rows.
  func residual(of efficiency: Efficiency) -> Double {
    guard let first = rows.first else { return 0 }
    let rate = machine.rate(efficiency, first.kernel.arithmetic)
    return LeastSquares.median(rows.map { $0.kernel.seconds(rate) / $0.seconds - 1 })
  }

  private func errors(of efficiency: Efficiency) -> [Double] {
    guard let first = rows.first else { return [] }
    let rate = machine.rate(efficiency, first.kernel.arithmetic)
    return rows.map { LeastSquares.relativeError($0.kernel.seconds(rate), $0.seconds) }
  }

  private static func efficiency(
    _ held: Efficiency, _ free: [Coefficient], _ parameters: [Double]
  ) -> Efficiency {
    var efficiency = held
    for (coefficient, value) in zip(free, parameters) { coefficient.set(value, of: &efficiency) }
    return efficiency
  }

  private static func starts(_ free: [Coefficient]) -> [[Double]] {
    free.reduce([[]]) { starts, coefficient in
      starts.flatMap { start in coefficient.starts.map { start + [$0] } }
    }
  }
}
