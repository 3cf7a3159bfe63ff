internal import ArgumentParser
internal import Calibration
internal import Diagnostics
internal import Documents
internal import Reports
internal import Scenarios
internal import Validation

struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Fit a machine's efficiencies to kernel timings.",
    discussion: """
      Reads tables of measured kernels, collectives and expert exchanges, known
      by their columns, and writes the sections of a hardware profile that
      follow: efficiencies, collectives and expert exchange, with the median
      error of each fit and the rows it rests on. Peaks are the profile's.

      Rows that are faster than the peaks allow are named and left out.

      A table of served points (measurements/serving/README.md) gives the
      engines' front ends and gaps instead, and what they would be without each
      machine and each model. It simulates every point a few dozen times.

      Examples:
        windtunnel calibrate measurements/kernels/*.csv --hardware h200-sxm
        windtunnel calibrate timings.csv --hardware my-machine.yaml --format json
        windtunnel calibrate measurements/serving/points.csv
      """)

  @Argument(
    help: ArgumentHelp("Tables of timings.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var files: [String]

  @Option(
    help: ArgumentHelp("The machine to fit; else all in the files.", valueName: "name"),
    completion: NameCompletion.hardware)
  var hardware: String?

  @Option(
    help: ArgumentHelp("The key under `sources` that the figures cite.", valueName: "key"))
  var source = "kernel-timings"

  @Option(help: ArgumentHelp("Points simulated at a time; all processors.", valueName: "number"))
  var jobs: Int?

  @Option(help: "Form of the result.")
  var format = ReportForm.yaml

  @OptionGroup var place: OutputOptions

  func validate() throws {
    guard !source.isEmpty,
      source.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    else {
      throw ValidationError("'--source' must be of letters, digits and '-': \(source)")
    }
  }

  func run() throws {
    let destination = try place.destination()
    try place.checkOutput(apartFrom: files + [hardware].compactMap { $0 })
    var calibration = Calibration()
    var problems: [Diagnostic] = []
    for file in files {
      do {
        let table = try CSVTable.read(file)
        if PointsFile.isServing(table) { return try destination.put(try engines(table)) }
        try calibration.add(table)
      } catch let error as InvalidInput {
        problems += error.diagnostics
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    let machines = try calibration.machines(named: hardware)
    for warning in calibration.warnings { StandardStreams.writeNote(warning.text) }
    try ResultOptions.Destination(form: format, place: destination)
      .put(CalibrationReport(machines, source: source))
  }

  /// Engines fitted to serving points.
  private func engines(_ table: CSVTable) throws -> String {
    guard files.count == 1, hardware == nil, format == .yaml else {
      throw CommandLineMisuse(
        Diagnostic(
          code: "calibrate/serving",
          "serving points are fitted on their own, for all machines, and written as yaml",
          at: SourceLocation(file: table.file),
          hint: "run `windtunnel calibrate \(table.file)`"))
    }
    let points = try PointsFile(table).points
    let catalogues = Catalogues.builtIn.preloading(
      models: Set(points.map(\.model)), hardware: Set(points.map(\.hardware)),
      engines: Set(points.map(\.engine) + points.map(\.engineProfile)))
    Interrupts.beginPolling()
    defer { Interrupts.endPolling() }
    var evaluations = 0
    let record = try ServingCalibration.fit(
      points, from: catalogues, jobs: jobs ?? ProcessorCount.online
    ) { engine in
      try Interrupts.check()
      evaluations += 1
      if StandardStreams.errorIsTerminal {
        StandardStreams.writeProgress("\r\(engine): evaluation \(evaluations)\u{1B}[K")
      }
    }
    if StandardStreams.errorIsTerminal { StandardStreams.writeProgress("\r\u{1B}[K") }
    return record.text()
  }
}
