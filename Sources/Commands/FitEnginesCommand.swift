internal import ArgumentParser
internal import Diagnostics
internal import Scenarios
internal import Validation

struct FitEnginesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "fit-engines", abstract: "")
  @Argument var file: String
  @Option var jobs = 2
  @Option var engine: String?
  func run() throws {
    var points = try PointsFile(try CSVTable.read(file)).points
    if let engine { points = points.filter { $0.engine == engine } }
    var count = 0
    let record = try ServingCalibration.fit(points, from: .builtIn, jobs: jobs) { name in
      count += 1
      StandardStreams.writeNote("\(name) \(count)")
    }
    try StandardStreams.writeResult(record.text())
  }
}
