internal import BuiltInFiles
internal import Diagnostics

/// The measured points that the program is developed against, inside the binary.
package enum DevelopmentPoints {
  /// Path of the points in the repository.
  package static let path = "measurements/serving/points.csv"

  package static func read() throws -> PointsFile {
    guard let text = BuiltInFiles.text(at: path) else {
      throw FileFailure(Diagnostic(code: "file/missing", "no such file: \(path)"))
    }
    return try PointsFile(try CSVTable(text, file: path))
  }
}
