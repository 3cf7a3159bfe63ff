internal import Units
package import Validation

/// The points of a file with what is predicted for each: the columns of the file as they are, one
/// for each metric, and why there is no prediction.
package enum ValidateRows {
  private static let added = Metric.allCases.map { "predicted_\($0.rawValue)" } + ["refused"]

  /// - Parameter header: of the file that the points are of.
  package static func rows(of points: [PredictedPoint], header: [String]) -> [[String]] {
    // What an earlier run has added is replaced.
    let kept = header.indices.filter { !added.contains(header[$0]) }
    return [kept.map { header[$0] } + added]
      + points.map { point in
        let predicted = Metric.allCases.map { metric in
          point.prediction?.values[metric].map { "\(ReportNumber.rounded($0))" } ?? ""
        }
        return kept.map { point.point.cells[$0] } + predicted + [point.refusal]
      }
  }
}
