/// Where the beginning of a run, in which a system that starts empty fills up, is over.
package enum InitialTransient {
  /// How many leading values of a series are to be left out: those after which the mean of the rest
  /// is known best.
  ///
  ///     d = argmin over d of sum over i in d..<n of (y_i - mean of y_d..)² / (n - d)²
  ///
  /// - y: means of consecutive stretches of equal length, of a quantity that follows the state of
  ///   the system
  ///
  /// The marginal standard error rule, MSER: leaving out a value that is unlike the rest lowers the
  /// spread, leaving out one like the rest lowers their number. At most half of the values can be
  /// left out: a minimum beyond says that the series is still on its way, and the answer is nil.
  /// Source: White, "An effective truncation heuristic for bias reduction in simulation output",
  /// Simulation 69(6), 1997; White, Cobb and Spratt, "A comparison of five steady-state truncation
  /// heuristics for simulation", Winter Simulation Conference 2000 (MSER-5).
  /// Check: 0, 5, 9, 10, 11, 10, 9, 10, 11, 10 gives 3 (`InitialTransientTests.workedExample`).
  package static func length(of series: [Double]) -> Int? {
    guard series.count > 3 else { return nil }
    var (best, least) = (0, Double.infinity)
    // The last few are always like each other.
    var (sum, squares, count) = (0.0, 0.0, 0.0)
    let shift = series[series.count - 1]
    for index in series.indices.reversed() {
      let value = series[index] - shift
      sum += value
      squares += value * value
      count += 1
      guard count >= 5 else { continue }
      let spread = max(0, squares - sum * sum / count) / (count * count)
      if spread <= least { (best, least) = (index, spread) }
    }
    return best <= series.count / 2 ? best : nil
  }
}
