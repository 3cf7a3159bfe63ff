/// How long a stationary series remembers.
package enum CorrelationTime {
  /// Stretches of the series for each independent value that its mean is worth.
  ///
  ///     τ = 1/2 + sum over k in 1...M of c_k / c_0
  ///
  /// - c_k: covariance of values k apart
  /// - M: the first one that is at least five times the τ so far; beyond, there is only noise
  ///
  /// The error of a mean of n values is that of n / 2τ independent ones. Below one half the series
  /// swings, and one half is returned: nothing is claimed of it.
  /// Source: Sokal, "Monte Carlo methods in statistical mechanics", 1997, section 3.
  /// Check: of the autoregressive series x' = 0.5 x + noise it is 1.5
  /// (`CorrelationTimeTests.autoregressiveSeries`).
  package static func integrated(of series: [Double]) -> Double {
    let count = series.count
    guard count > 2 else { return 0.5 }
    let mean = series.reduce(0, +) / Double(count)
    let centred = series.map { $0 - mean }
    let variance = centred.reduce(0) { $0 + $1 * $1 }
    guard variance > 0 else { return 0.5 }
    var time = 0.5
    for lag in 1..<count {
      guard Double(lag) <= 5 * time + 1 else { break }
      var covariance = 0.0
      for index in 0..<(count - lag) { covariance += centred[index] * centred[index + lag] }
      time += covariance / variance
    }
    return max(0.5, time)
  }
}
