internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import Reports
internal import Scenarios
internal import Synchronization
internal import Units
internal import Validation

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Compare predictions with measured serving points.",
    discussion: """
      Simulates every point of a file as it was measured and says how far off
      the predictions are; without a file, the points that come with the
      program. The columns are described in measurements/serving/README.md;
      further ones are handed through to the csv output.

      Examples:
        windtunnel validate
        windtunnel validate --hardware h200-sxm --engine vllm
        windtunnel validate mine.csv --format csv --output predicted.csv
        windtunnel validate --scenario-of IMX-0001 > point.yaml

      A point that cannot be simulated is listed with the reason.
      """)

  @Argument(
    help: ArgumentHelp("Measured points, comma-separated.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var file: String?

  @OptionGroup var filters: PointFilterOptions

  @Option(
    help: ArgumentHelp(
      "Points simulated at a time; else one for each processor.", valueName: "number"))
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "Engine profiles of a folder instead of the program's.", valueName: "folder"))
  var engineProfiles: String?

  @Option(
    help: ArgumentHelp("Write the scenario of one point and simulate nothing.", valueName: "id"))
  var scenarioOf: String?

  @Option(
    help: ArgumentHelp(
      "Write the 80 % intervals that follow from the points to a file.", valueName: "file"))
  var intervals: String?

  @OptionGroup var result: ResultOptions

  func validate() throws {
    try ProcessorCount.check(jobs: jobs)
  }

  func run() throws {
    let destination = try result.destination()
    let file = try points()
    try result.checkOutput(apartFrom: self.file.map { [$0] } ?? [])
    if let scenarioOf { return try destination.place.put(try scenario(scenarioOf, of: file)) }
    let filter = filters.filter
    let chosen = try filter.points(of: file)
    let shown = Mutex(ProgressBar(isEnabled: StandardStreams.errorIsTerminal))
    let watch = PredictionRun.Watch(
      isCancelled: { Interrupts.isRequested },
      progress: { progress in
        // Who finds it busy has nothing newer to say.
        _ = shown.withLockIfAvailable { $0.update(progress, of: chosen.count, "points") }
      })
    defer { shown.withLock { $0.finish() } }
    let run = PredictionRun(of: chosen, from: try catalogues(), watch: watch)
    Interrupts.beginPolling()
    let predicted = run.predict(chosen, jobs: jobs ?? ProcessorCount.online, stages: stages)
    Interrupts.endPolling()
    try Interrupts.check()
    try checkLaws(predicted)
    shown.withLock { $0.finish() }
    let worst = result.format == .csv ? [] : run.worst(10, of: predicted)
    let report = ValidateReport(
      predicted, worst: worst, fileName: file.name, header: file.header, filter)
    if let intervals { try FileOutput(path: intervals).save(Uncertainty(of: predicted).text) }
    try destination.put(
      ValidateFindings(report, rows: ValidateRows.rows(of: predicted, header: file.header)))
    try Self.checkAny(predicted)
  }

  /// - Throws: `NoFeasibleDeployment` where nothing was simulated: a script would take the report
  ///   without a figure for an answer.
  private static func checkAny(_ points: [PredictedPoint]) throws {
    guard let first = points.first, points.allSatisfy(\.isRefused) else { return }
    let words =
      points.count > 1
      ? "none of the \(NumberText.grouped(points.count)) points can" : "the point cannot"
    throw NoFeasibleDeployment([
      Diagnostic(
        code: "validate/nothing-simulated", "\(words) be simulated",
        notes: ["of \(first.point.id): \(first.refusal)"],
        hint: "see the scenario of one: `windtunnel validate --scenario-of \(first.point.id)`")
    ])
  }

  private func points() throws -> PointsFile {
    try file.map { try PointsFile(try CSVTable.read($0)) } ?? DevelopmentPoints.read()
  }

  private func catalogues() throws -> Catalogues {
    var catalogues = Catalogues.builtIn
    if let engineProfiles {
      try Self.checkFolder(engineProfiles)
      catalogues.engine = { try EngineCatalogue.load($0, in: engineProfiles) }
    }
    return catalogues
  }

  /// - Throws: `FileFailure` when it is no folder, before every point is refused for it.
  private static func checkFolder(_ path: String) throws {
    guard !TextFile.isFolder(path) else { return }
    throw FileFailure(
      Diagnostic(
        code: "file/no-folder", "no such folder: \(path)",
        at: SourceLocation(file: "--engine-profiles \(path)"),
        hint: "a folder of files like the one that `windtunnel show engine vllm --format yaml` "
          + "prints"))
  }

  /// The csv form has nothing of the other stages, and figures that are reported apart need none.
  private var stages: @Sendable (MeasuredPoint) -> [PredictionStage] {
    let isComplete = result.format != .csv
    return { point in
      guard isComplete, point.apartness == nil else { return [.fullyCalibrated] }
      // Engines are fitted to closed-loop points, so there is nothing to leave out of others.
      return point.load == .closed
        ? PredictionStage.allCases : [.datasheetOnly, .kernelCalibrated, .fullyCalibrated]
    }
  }

  private func scenario(_ id: String, of file: PointsFile) throws -> String {
    guard let point = file.points.first(where: { $0.id == id }) else {
      throw InvalidInput(
        Diagnostic(
          code: "validate/unknown-point", "no point has this id: \(id)",
          at: SourceLocation(file: "--scenario-of \(id)"),
          hint: Suggestion.nearest(to: id, in: file.points.map(\.id))
            .map { "did you mean `\($0)`?" }))
    }
    return PredictionRun.scenarioText(of: point)
  }

  private func checkLaws(_ points: [PredictedPoint]) throws {
    for point in points {
      for stage in PredictionStage.allCases {
        guard let laws = point.predictions[stage]?.brokenLaws, !laws.isEmpty else { continue }
        throw BrokenLaws(laws: laws, reproduction: "--scenario-of \(point.point.id)")
      }
    }
  }
}
