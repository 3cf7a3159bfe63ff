import Diagnostics

@testable import Validation

/// Points to change and to write wrongly.
enum SamplePoints {
  /// By column; what is not here is empty.
  static let cells = [
    "id": "P-1", "family": "mine", "source": "lab@1 row 7", "date": "2026-01-13",
    "hardware": "h200-sxm", "gpus": "2", "model": "Llama-3.1-8B", "weights": "bf16",
    "engine": "vllm", "engine_version": "0.12.0", "mode": "aggregated", "tp": "2", "pp": "1",
    "ep": "1", "attention_dp": "1", "isl": "200", "osl": "20", "lengths": "fixed",
    "load": "closed", "concurrency": "2", "requests": "6", "ttft_ms_mean": "30",
    "tpot_ms_median": "4", "output_tok_s_per_gpu": "100", "grade": "A",
  ]

  /// A file of rows, each with these cells in place of the sample's.
  static func text(
    _ rows: [[String: String]], without left: Set<String> = [], extra: [String] = []
  ) -> String {
    let names = PointColumns.names.filter { !left.contains($0) } + extra
    let lines = rows.map { row in
      names.map { row[$0] ?? cells[$0] ?? "" }.joined(separator: ",")
    }
    return ([names.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  static func file(_ rows: [[String: String]]) throws -> PointsFile {
    try PointsFile(CSVTable(text(rows), file: "points.csv"))
  }

  static func point(_ changes: [String: String] = [:]) throws -> MeasuredPoint {
    try file([changes]).points[0]
  }

  /// A point with a prediction that is off by these factors of what was measured.
  static func predicted(
    _ changes: [String: String] = [:], off: Double,
    stages: [PredictionStage] = [.fullyCalibrated],
    observations: RunObservations = RunObservations()
  ) throws -> PredictedPoint {
    let point = try point(changes)
    let prediction = PointPrediction(
      values: point.measured.mapValues { $0 * off }, observations: observations,
      fingerprint: "00")
    return PredictedPoint(
      point, predictions: Dictionary(uniqueKeysWithValues: stages.map { ($0, prediction) }))
  }
}
