package import Diagnostics

/// A point with what the simulator says of it, or why it says nothing.
package struct PredictedPoint: Sendable {
  package var point: MeasuredPoint
  /// By stage, as far as it was asked for; empty when the point is refused.
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
  /// Why there is no prediction, in one line.
  package var refusal: String { refusals.map(\.message).joined(separator: "; ") }
}

extension PredictedPoint {
  /// A hash of all that was simulated: the same for the same decisions in every run.
  package static func fingerprint(of points: [PredictedPoint]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for point in points {
      for stage in PredictionStage.allCases {
        for byte in (point.predictions[stage]?.fingerprint ?? "-").utf8 {
          hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
      }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
