internal import ArgumentParser
internal import BuiltInFiles
internal import Diagnostics
internal import Documents
internal import Hardware
internal import ModelArchitecture
internal import Projections
internal import Reports
internal import Scenarios

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one machine, model, engine, scenario, projection or schema in full.",
    discussion: """
      Machines and engines are shown with every figure, how it is known and who
      says so; models with their layers and counts; scenarios and projections
      as written. The JSON Schema of a kind of file - scenario, hardware, engine,
      prices, projection - is for editors and validators.

      Examples:
        windtunnel show hardware h200-sxm
        windtunnel show hardware h200-sxm --format yaml > my-machine.yaml
        windtunnel show model Llama-3.1-70B
        windtunnel show scenario benchmark/chat > my-scenario.yaml
        windtunnel show schema scenario > scenario.schema.json
      """)

  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case hardware, model, engine, scenario, projection, schema
  }

  @Argument(help: "What it is.")
  var kind: Kind

  @Argument(help: "Its name, or a file.", completion: NameCompletion.shown)
  var name: String

  @OptionGroup var result: ResultOptions

  func run() throws {
    let destination = try result.destination()
    try result.checkOutput(apartFrom: [name])
    if kind == .schema { return try destination.put(text: FileSchema.named(name).text) }
    let report = try report()
    try destination.put(report)
  }

  private func report() throws -> ShowReport {
    switch kind {
    case .schema: preconditionFailure("it is no report")
    case .hardware:
      let profile = try HardwareCatalogue.load(nameOrPath: name)
      // What is changed for one question is nobody's file.
      return ShowReport(profile, text: try? HardwareCatalogue.text(nameOrPath: name))
    case .model: return ShowReport(try ModelCatalogue.load(nameOrPath: name))
    case .engine:
      let engine = try EngineCatalogue.load(nameOrPath: name)
      // A release that was asked for is in the file of its generation.
      let text =
        (try? EngineCatalogue.text(nameOrPath: name))
        ?? (try? EngineCatalogue.text(nameOrPath: engine.name))
      return ShowReport(engine, text: text)
    case .scenario:
      let scenario = try ScenarioCatalogue.load(nameOrPath: name)
      let builtIn = TextFile.exists(name) ? nil : BuiltInFiles.text(at: scenario.file)
      return ShowReport(scenario, contents: try builtIn ?? TextFile.read(scenario.file))
    case .projection:
      let projection = try ProjectionCatalogue.load(nameOrPath: name)
      let builtIn = TextFile.exists(name) ? nil : BuiltInFiles.text(at: projection.file)
      return ShowReport(projection, contents: try builtIn ?? TextFile.read(projection.file))
    }
  }
}
