/// How far a number of predictions are off, as relative errors: 0.1 is 10 % too high.
///
///     e = predicted / measured - 1
///
/// Median, mean and p90 are of |e|; the bias is the median of e, so half of the predictions are
/// above it. A quantile q of n values in rising order lies at position (n - 1) q, counted from 0,
/// and between two values on the line through them (Hyndman and Fan, type 7).
/// Check: -0.1, 0.2, 0.3, -0.4: median 0.25, mean 0.25, p90 0.37, bias 0.05
/// (`ErrorStatisticsTests.workedExample`).
package struct ErrorStatistics: Equatable, Sendable {
  package var count: Int
  package var median: Double
  package var mean: Double
  package var p90: Double
  package var bias: Double

  /// Nil without errors.
  package init?(_ errors: [Double]) {
    guard !errors.isEmpty else { return nil }
    let sizes = errors.map(\.magnitude).sorted()
    count = errors.count
    median = Self.quantile(0.5, of: sizes)
    mean = sizes.reduce(0, +) / Double(count)
    p90 = Self.quantile(0.9, of: sizes)
    bias = Self.quantile(0.5, of: errors.sorted())
  }

  /// - Parameter sorted: rising, at least one.
  static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let position = Double(sorted.count - 1) * share
    let below = Int(position.rounded(.down))
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[below] + (position - Double(below)) * (sorted[below + 1] - sorted[below])
  }
}
