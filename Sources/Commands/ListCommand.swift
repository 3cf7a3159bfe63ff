internal import ArgumentParser
internal import Documents
internal import Reports

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what comes with the program.",
    discussion: """
      Examples:
        windtunnel list hardware
        windtunnel list models --format json
      """)

  @Argument(help: "What to list.")
  var kind: ListReport.Kind

  @OptionGroup var result: ResultOptions

  func run() throws {
    let destination = try result.destination()
    let report = try ListReport(kind)
    try destination.put(report)
  }
}

extension ListReport.Kind: ExpressibleByArgument {}
