/// A mean over a run with its sampling error: how far it would be from the mean of an endless run.
///
/// Values that follow each other in a queue are alike, so their own spread says too little. Sums
/// over long batches hardly depend on each other, and their spread does.
package struct BatchEstimate: Equatable, Sendable {
  /// The mean, in the unit of the figure.
  package let value: Double
  /// Standard error of the mean, in the same unit.
  package let standardError: Double
  package let degreesOfFreedom: Int

  package init(value: Double, standardError: Double, degreesOfFreedom: Int) {
    self.value = value
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The ratio of two sums, from what each batch adds to either.
  ///
  ///     R = sum of a / sum of b        s² = sum over i of (a_i - R b_i)² / (k (k - 1) mean(b)²)
  ///
  /// - a_i, b_i: of batch i of k, as time in the system and requests that ended
  ///
  /// Neighbours may still be alike, so the error is taken from batches of one, two and four of
  /// these, as long as eight are left, and the largest is kept.
  /// Source: the ratio estimator of Cochran, "Sampling Techniques", 1977, 6.3; batch means of Law,
  /// "Simulation Modeling and Analysis", 2015, 9.5.3.
  /// Check: a = 1, 3, b = 1, 1: R = 2, s = 1 (`BatchEstimateTests.workedExample`).
  ///
  /// Nil when there are fewer than two batches, or nothing to divide by.
  ///
  /// - Parameter fitted: coefficients that were taken from these batches, each of which makes them
  ///   look as if there were one batch fewer (`ControlVariates`).
  package init?(
    ratioOf numerators: [Double], over denominators: [Double], fitted: Int = 0
  ) {
    let total = denominators.reduce(0, +)
    guard numerators.count > 1 + fitted, numerators.count == denominators.count, total > 0 else {
      return nil
    }
    let ratio = numerators.reduce(0, +) / total
    var residuals = zip(numerators, denominators).map { $0 - ratio * $1 }
    var (error, degrees) = (0.0, 1)
    var isFirst = true
    while isFirst || residuals.count >= 8 + fitted {
      let count = Double(residuals.count)
      let free = residuals.count - 1 - fitted
      let squares = residuals.reduce(0) { $0 + $1 * $1 }
      let found = (squares * count / Double(free)).squareRoot() / total
      let widest = error * StudentT.halfWidth(0.95, degreesOfFreedom: degrees)
      let width = found * StudentT.halfWidth(0.95, degreesOfFreedom: free)
      if isFirst || width > widest { (error, degrees) = (found, free) }
      isFirst = false
      residuals = residuals.pairSums
    }
    self.init(value: ratio, standardError: error, degreesOfFreedom: degrees)
  }

  /// The ratio R of two sums, of batches that differ with the hour: each is held against those of
  /// the same hour of other days.
  ///
  ///     s² = sum over hours of k · var over days of (a - R b) / (sum of b)²
  ///
  /// - k: days, at least two
  ///
  /// Check: a = 1, 10, 3, 10, b = 1, 1, 1, 1, of two hours: R = 6, s = sqrt(2 · 2) / 4 = 0.5
  /// (`BatchEstimateTests.hoursAreHeldAgainstThemselves`).
  package init?(
    ratioOf numerators: [Double], over denominators: [Double], alikeAfter hours: Int
  ) {
    let total = denominators.reduce(0, +)
    let days = numerators.count / max(1, hours)
    guard days > 1, numerators.count == denominators.count, total > 0 else { return nil }
    let ratio = numerators.reduce(0, +) / total
    let residuals = zip(numerators, denominators).map { $0 - ratio * $1 }
    var variance = 0.0
    for hour in 0..<hours {
      let own = (0..<days).map { residuals[$0 * hours + hour] }
      let mean = own.reduce(0, +) / Double(days)
      let squares = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      variance += Double(days) * squares / Double(days - 1)
    }
    self.init(
      value: ratio, standardError: variance.squareRoot() / total,
      degreesOfFreedom: hours * (days - 1))
  }

  /// Half the width of the interval that holds the true mean with a probability.
  package func halfWidth(_ probability: Double) -> Double {
    standardError * StudentT.halfWidth(probability, degreesOfFreedom: degreesOfFreedom)
  }
}
