package import Outcomes
internal import Requirements
internal import Results
internal import Scenarios
internal import Statistics

/// A run repeated with several seeds: what chance does to its figures, apart from what the model
/// may be off by.
package struct RepeatReport: Encodable, Sendable {
  /// A figure over the seeds, in the base unit of its dimension.
  package struct Figure: Encodable, Sendable {
    package var figure: String
    package var mean: Double
    /// Standard deviation of one run's figure, from what the runs differ by: with n - 1.
    package var standardDeviation: Double
    package var low: Double
    package var high: Double
  }

  package var seeds: [UInt64]
  /// The figures that every run has a value of.
  package var figures: [Figure]

  package init(_ outcomes: [Outcome]) {
    seeds = outcomes.map(\.deployment.scenario.seed)
    let results = outcomes.map { RunResults($0) }
    figures = RunFigures.figures.compactMap { figure in
      let values = results.compactMap { $0.value(of: figure) }
      guard values.count == results.count, let low = values.min(), let high = values.max() else {
        return nil
      }
      let mean = values.reduce(0, +) / Double(values.count)
      // Values that differ by rounding alone do not differ.
      let isSame = high - low <= 1e-12 * max(abs(low), abs(high))
      let squares = isSame ? 0 : values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return Figure(
        figure: figure.path, mean: mean,
        standardDeviation: values.count > 1
          ? (squares / Double(values.count - 1)).squareRoot() : 0,
        low: low, high: high)
    }
  }
}
