internal import Outcomes
package import Validation

/// The points of a file with what is predicted for each: the columns of the file as they are, one
/// for each metric, and why there is no prediction.
package struct ValidateCSV {
  private static let refused = "refused"
  private static let added =
    Metric.allCases.map { "predicted_\($0.rawValue)" } + [refused]

  private let header: [String]
  private let points: [PredictedPoint]

  /// - Parameter header: of the file that the points are of.
  package init(_ points: [PredictedPoint], header: [String]) {
    self.points = points
    self.header = header
  }

  package var text: String {
    // What an earlier run has added is replaced.
    let kept = header.indices.filter { !Self.added.contains(header[$0]) }
    var text = CSVText.line(kept.map { header[$0] } + Self.added)
    for point in points {
      let predicted = Metric.allCases.map { metric in
        point.prediction?.values[metric].map { "\(ReportNumber.rounded($0))" } ?? ""
      }
      text += CSVText.line(kept.map { point.point.cells[$0] } + predicted + [point.refusal])
    }
    return text
  }
}
