/// What a card judges, each by the best measured figure of a point.
package enum CardMetric: String, CaseIterable, Sendable {
  case timePerOutputToken = "tpot"
  case meanTimeToFirstToken = "ttft_mean"
  case medianTimeToFirstToken = "ttft_median"
  case throughput
  case acceleratorPower = "power"
  case energyPerToken = "energy"

  /// The columns that it is taken from, the first that a point has.
  private var columns: [Metric] {
    switch self {
    case .timePerOutputToken: [.medianTimePerOutputToken, .meanTimePerOutputToken]
    case .meanTimeToFirstToken: [.meanTimeToFirstToken]
    case .medianTimeToFirstToken: [.medianTimeToFirstToken]
    case .throughput: [.outputThroughput, .totalThroughput]
    case .acceleratorPower: [.acceleratorPower]
    case .energyPerToken: [.energyPerToken]
    }
  }

  /// What was measured and what is predicted for it; nil when either is unknown.
  package func figures(
    of point: MeasuredPoint, _ prediction: PointPrediction?
  ) -> (column: Metric, measured: Double, predicted: Double)? {
    guard let column = columns.first(where: { point.measured[$0] != nil }),
      let measured = point.measured[column], let predicted = prediction?.values[column]
    else { return nil }
    return (column, measured, predicted)
  }
}
