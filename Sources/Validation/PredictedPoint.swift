package import Diagnostics
internal import Statistics

/// A point with what the simulator says of it, or why it says nothing.
package struct PredictedPoint: Sendable {
  package var point: MeasuredPoint
  /// Predictions by stage, as far as it was asked for; empty when the point is refused.
  package var predictions: [PredictionStage: PointPrediction]
  package var refusals: [Diagnostic]

  package init(
    _ point: MeasuredPoint, predictions: [PredictionStage: PointPrediction] = [:],
    refusals: [Diagnostic] = []
  ) {
    self.point = point
    self.predictions = predictions
    self.refusals = refusals
  }

  package var prediction: PointPrediction? { predictions[.fullyCalibrated] }
  package var isRefused: Bool { !refusals.isEmpty }
  /// Reason why there is no prediction, in one line.
  package var refusal: String { refusals.map(\.message).joined(separator: "; ") }
}

extension PredictedPoint {
  /// A hash of all that was simulated: the same for the same decisions in every run.
  package static func fingerprint(of points: [PredictedPoint]) -> String {
    var hash = ByteHash()
    for point in points {
      for stage in PredictionStage.allCases {
        hash.add((point.predictions[stage]?.fingerprint ?? "-").utf8)
      }
    }
    return hash.value.hexadecimal
  }
}
