internal import ArgumentParser
internal import Diagnostics
internal import Scenarios
internal import Validation

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Compare predictions with measured serving points.")

  @Argument var file: String
  @Option var jobs = 2
  @Option var id: String?
  @Option var engines: String?

  func run() throws {
    let points = try PointsFile.read(try TextFile.read(file), file: file)
    if let id {
      for point in points where point.id == id {
        try StandardStreams.writeResult(PredictionRun.scenarioText(point))
      }
      return
    }
    var catalogues = Catalogues.builtIn
    if let engines {
      catalogues.engine = { try EngineCatalogue.load(nameOrPath: "\(engines)/\($0).yaml") }
    }
    let results = PredictionRun.predict(points, from: catalogues, jobs: jobs)
    var out = "id," + Metric.allCases.map { "predicted_" + $0.rawValue }.joined(separator: ",") + ",refused\n"
    for r in results {
      out += r.point.id
      for m in Metric.allCases { out += "," + (r.prediction?.values[m].map { "\($0)" } ?? "") }
      out += "," + (r.refusals.first?.message ?? "").replacing(",", with: ";") + "\n"
    }
    try StandardStreams.writeResult(out)
  }
}
