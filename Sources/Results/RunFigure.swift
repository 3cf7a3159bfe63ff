package import Requirements
internal import Units

/// A figure of a simulated run that may be named, in one row: what it is called, which way is
/// better, where its value and its interval are, and why it may have none.
///
/// `--require`, baselines, CSV, comparisons, sweeps and messages iterate `RunFigures.all`.
package struct RunFigure: Sendable {
  /// Why a figure may have no value.
  enum Absence: Sendable {
    /// It may be none of nothing: no request, no token of its kind.
    case ofNothing(String)
    /// The key under `unknown` that has the reason, and what would help.
    case unknown([String], remedy: String)
    case objectives
    case load
  }

  /// How a figure goes on when a load without end is looked at for longer.
  enum Growth: Sendable {
    /// Towards a value of its own, where the load is served.
    case settles
    /// It is what it is under any load.
    case none
    /// It is a maximum: another figure is what was meant.
    case maximum(instead: String)
    /// It counts: so does the run.
    case count(instead: String)
    /// There is no end that it could be of.
    case endless(instead: String)
  }

  /// Reason why nobody can know the figure of a load that goes on; nil where somebody can.
  package var unknownOfALastingLoad: FigureValue.Unknown? {
    switch growth {
    case .none, .settles, .count: nil
    case .maximum(let other):
      FigureValue.Unknown(
        "a maximum grows with the length of the run", remedy: "require `\(other)`")
    case .endless(let other):
      FigureValue.Unknown("the load has no end", remedy: "require `\(other)`")
    }
  }

  package let figure: Figure
  /// Name of the figure in a table: `time to first token, p99`.
  package let label: String
  /// Name of the figure's column in CSV: the key of the document, the unit last.
  package let column: String
  /// How many of the column's units are one of the figure's.
  package let columnScale: Double
  let growth: Growth
  let absence: Absence
  package let measured: @Sendable (RunResults) -> Double?
  let range: (@Sendable (PredictionIntervals) -> PredictionIntervals.Range?)?

  package var path: String { figure.path }

  init(
    _ path: String, _ label: String, _ dimension: Dimension?, _ prefers: Figure.Preference,
    column: String, scale: Double = 1, isShare: Bool = false, _ growth: Growth = .settles,
    absent: Absence = .ofNothing("no request completed"),
    interval: (@Sendable (PredictionIntervals) -> PredictionIntervals.Range?)? = nil,
    _ measured: @escaping @Sendable (RunResults) -> Double?
  ) {
    figure = Figure(path, dimension, prefers, isShare: isShare)
    self.label = label
    self.column = column
    columnScale = scale
    self.growth = growth
    absence = absent
    self.measured = measured
    range = interval
  }

  /// Interval of what the figure would be measured, in the base unit of its dimension.
  package func interval(in intervals: PredictionIntervals?) -> PredictionIntervals.Range? {
    intervals.flatMap { range?($0) }
  }

  /// A value in the column's unit, nil where there is none.
  package func columnValue(_ value: Double?) -> Double? { value.map { $0 * columnScale } }
}
