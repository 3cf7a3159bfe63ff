internal import Diagnostics

/// A point that is far off, with what its run says about where to look.
package struct WorstPoint: Equatable, Sendable {
  package var point: MeasuredPoint
  package var metric: Metric
  package var measured: Double
  package var predicted: Double
  /// The most telling first.
  package var reasons: [String]

  package init(
    point: MeasuredPoint, metric: Metric, measured: Double, predicted: Double, reasons: [String]
  ) {
    self.point = point
    self.metric = metric
    self.measured = measured
    self.predicted = predicted
    self.reasons = reasons
  }
}

extension PredictionRun {
  /// The points that are furthest off, by |ln(predicted / measured)| of the time per output token,
  /// of the throughput where that was not measured. Those that are reported apart are left out, as
  /// long as there are others.
  package func worst(_ count: Int, of points: [PredictedPoint]) -> [WorstPoint] {
    let counted = points.filter { $0.point.apartness == nil }
    let scored = (counted.isEmpty ? points : counted).compactMap { point in
      Self.figures(of: point).map { (point: point, figures: $0, size: Self.size(of: $0)) }
    }
    // Points that are equally far off stay in their order.
    let order = scored.indices.sorted { (scored[$1].size, $0) < (scored[$0].size, $1) }
    return order.prefix(count).map { index in
      let (point, figures, _) = scored[index]
      return WorstPoint(
        point: point.point, metric: figures.column, measured: figures.measured,
        predicted: figures.predicted, reasons: reasons(point, figures))
    }
  }

  private struct Figures {
    var column: Metric
    var measured: Double
    var predicted: Double
    /// Or a rate.
    var isTime: Bool
  }

  private static func figures(of point: PredictedPoint) -> Figures? {
    for metric in [CardMetric.timePerOutputToken, .throughput] {
      if let found = metric.figures(of: point.point, point.prediction) {
        return Figures(
          column: found.column, measured: found.measured, predicted: found.predicted,
          isTime: metric == .timePerOutputToken)
      }
    }
    return nil
  }

  private static func size(of figures: Figures) -> Double {
    // As the larger ratio of the two, which puts them in the order of the logarithm.
    max(figures.predicted / figures.measured, figures.measured / figures.predicted)
  }

  private func reasons(_ predicted: PredictedPoint, _ figures: Figures) -> [String] {
    guard let observations = predicted.prediction?.observations else { return [] }
    return ReasonsToLook(
      observations: observations,
      speedUp: figures.isTime
        ? figures.predicted / figures.measured : figures.measured / figures.predicted,
      estimatedKernels: (try? deployment(of: predicted.point))?.estimatedKernels ?? [],
      guesses: !predicted.point.speculative.isEmpty
    ).all
  }
}
