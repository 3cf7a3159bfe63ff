/// Takes chance that is understood out of a series.
///
/// A queue that never ends serves fewer requests in the hours in which long ones come. How long
/// they should be on average is known, so that what their lengths are off by says what the count
/// is off by:
///
///     d_i' = d_i - sum over j of β_j c_ij        E[c_ij] = 0
///
/// - d_i: what batch i adds, as requests that ended
/// - c_ij: of control j in batch i, as tokens of those requests less the mean times their number
/// - β_j: covariance of d and c_j over variance of c_j, each control freed of those before it
///
/// The expectation is as it was, whatever β is; its variance is less by the share that the controls
/// explain. The coefficients are those of sixteen to thirty-one long batches: what begins in one
/// and ends in the next is a smaller part of a long one.
/// Source: Lavenberg and Welch, "A perspective on the use of control variables to increase the
/// efficiency of Monte Carlo simulations", Management Science 27, 1981; batches as in Law,
/// "Simulation Modeling and Analysis", 2015, 11.4.
/// Check: d = 3, 1 and c = -1, 1: β = -1, d' = 2, 2 (`ControlVariatesTests.workedExample`).
package enum ControlVariates {
  private static let longBatches = 32

  /// - Parameter controls: series as long as the values, with a true mean of zero.
  /// - Returns: the values, and how many controls told anything.
  package static func adjusted(
    _ values: [Double], by controls: [[Double]]
  ) -> (values: [Double], used: Int) {
    var values = values
    var free: [[Double]] = []
    for control in controls where control.count == values.count {
      var rest = control
      for earlier in free { rest = removing(earlier, from: rest) }
      // One that is a mixture of the others is left with rounding.
      guard variation(of: rest) > 1e-9 * variation(of: control) else { continue }
      free.append(rest)
      values = removing(rest, from: values)
    }
    return (values, free.count)
  }

  private static func removing(_ control: [Double], from values: [Double]) -> [Double] {
    let (long, controls) = (longBatches(of: values), longBatches(of: control))
    let (mean, controlMean) = (self.mean(long), self.mean(controls))
    var (covariance, variance) = (0.0, 0.0)
    for (value, control) in zip(long, controls) {
      covariance += (value - mean) * (control - controlMean)
      variance += (control - controlMean) * (control - controlMean)
    }
    guard variance > 0 else { return values }
    let coefficient = covariance / variance
    return zip(values, control).map { $0 - coefficient * $1 }
  }

  private static func variation(of series: [Double]) -> Double {
    let mean = mean(series)
    return series.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }

  private static func mean(_ series: [Double]) -> Double {
    series.reduce(0, +) / Double(max(1, series.count))
  }

  private static func longBatches(of series: [Double]) -> [Double] {
    var series = series
    while series.count >= longBatches { series = series.pairSums }
    return series
  }
}
