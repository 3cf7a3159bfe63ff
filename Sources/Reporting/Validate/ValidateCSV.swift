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
    var text = Self.line(kept.map { header[$0] } + Self.added)
    for point in points {
      let predicted = Metric.allCases.map { metric in
        point.prediction?.values[metric].map { "\(ReportNumber.rounded($0))" } ?? ""
      }
      text += Self.line(kept.map { point.point.cells[$0] } + predicted + [point.refusal])
    }
    return text
  }

  private static func line(_ cells: [String]) -> String {
    cells.map(quoted).joined(separator: ",") + "\n"
  }

  /// As RFC 4180 has it.
  private static func quoted(_ cell: String) -> String {
    guard cell.utf8.contains(where: { "\",\n\r".utf8.contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
