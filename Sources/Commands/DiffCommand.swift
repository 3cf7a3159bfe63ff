internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import Reports

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what changed between two results, and what they were made from.",
    discussion: """
      Both are results of one command - run, compare, plan, capacity, project -
      as `--format json` wrote them, of the same scenario or of two.

      Examples:
        windtunnel run chat.yaml --format json --output before.json
        windtunnel run chat.yaml --hardware b200-sxm --format json --output after.json
        windtunnel diff before.json after.json
      """)

  @Argument(help: ArgumentHelp("The earlier result.", valueName: "file"), completion: .file())
  var before: String

  @Argument(help: ArgumentHelp("The later one.", valueName: "file"), completion: .file())
  var now: String

  @OptionGroup var result: ResultOptions

  @OptionGroup var answer: BriefOption

  func run() throws {
    let destination = try result.destination(answer)
    try result.checkOutput(apartFrom: [before, now])
    try destination.put(report((before, try TextFile.read(before)), (now, try TextFile.read(now))))
  }

  private func report(
    _ before: (file: String, text: String), _ now: (file: String, text: String)
  ) throws -> DiffReport {
    switch DiffReport.command(of: before.text) {
    case CompareReport.command: try DiffReport(of: CompareReport.self, before, now)
    case PlanReport.command: try DiffReport(of: PlanReport.self, before, now)
    case CapacityReport.command: try DiffReport(of: CapacityReport.self, before, now)
    case ProjectReport.command: try DiffReport(of: ProjectReport.self, before, now)
    default: try DiffReport(of: RunReport.self, before, now)
    }
  }
}
