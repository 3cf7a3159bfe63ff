internal import ArgumentParser
internal import Calibration
internal import Diagnostics
internal import Reporting

struct CalibrateCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case yaml, json }

  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Fit a machine's efficiencies to kernel timings.",
    discussion: """
      Reads tables of measured kernels, collectives and expert exchanges, known
      by their columns, and writes the sections of a hardware profile that
      follow: efficiencies, collectives and expert exchange, with the median
      error of each fit and the rows it rests on. Peaks are the profile's.

      Rows that are faster than the peaks allow are named and left out.

      Examples:
        windtunnel calibrate measurements/kernels/*.csv --hardware h200-sxm
        windtunnel calibrate timings.csv --hardware my-machine.yaml --format json
      """)

  @Argument(help: ArgumentHelp("Tables of timings.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("The machine to fit; else all in the files.", valueName: "name"))
  var hardware: String?

  @Option(
    help: ArgumentHelp("The key under `sources` that the figures cite.", valueName: "key"))
  var source = "kernel-timings"

  @Option(help: "Form of the result.")
  var format = Format.yaml

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
        try calibration.add(CSVTable.read(file))
      } catch let error as InvalidInput {
        problems += error.diagnostics
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    let machines = try calibration.machines(named: hardware)
    for warning in calibration.warnings { StandardStreams.writeNote(warning.text) }
    let report = CalibrationReport(machines, source: source)
    try destination.put(format == .json ? try report.json() : CalibrationYAML(report).text())
  }
}
