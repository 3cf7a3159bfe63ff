internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import Hardware
internal import ModelArchitecture
internal import Projections
internal import Reports
internal import Scenarios

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find everything that is wrong with files.",
    discussion: """
      Scenarios, projections, price books, hardware profiles and engine profiles
      are known by their `schema`, models by their `model_type`. All problems of
      all files are reported; the exit status is 4 if there are any.

      Example:
        windtunnel check scenarios/*.yaml my-machine.yaml
      """)

  @Argument(help: ArgumentHelp("Files to check.", valueName: "file"), completion: .file())
  var files: [String]

  @OptionGroup var result: ResultOptions

  func run() throws {
    let destination = try result.destination()
    try result.checkOutput(apartFrom: files)
    var sound: [CheckReport.File] = []
    var problems: [Diagnostic] = []
    var unreadable: FileFailure?
    for file in files {
      do {
        let (kind, name) = try Self.check(file)
        sound.append(CheckReport.File(file, kind: kind, name: name))
      } catch let error as InvalidInput {
        problems += error.diagnostics
      } catch let error as FileFailure {
        unreadable = unreadable ?? error
        problems.append(error.diagnostic)
      }
    }
    if !sound.isEmpty { try destination.put(CheckReport(sound)) }
    guard !problems.isEmpty else { return }
    // Only files that could not be read: the machine's fault, and not an invalid input.
    if let unreadable,
      problems.allSatisfy({ $0.code.hasPrefix("file/") && $0.code != "file/not-utf8" })
    {
      if problems.count == 1 { throw unreadable }
      for problem in problems.dropLast() { StandardStreams.writeNote(problem.text + "\n") }
      throw FileFailure(problems[problems.count - 1])
    }
    throw InvalidInput(problems)
  }

  /// - Returns: what the file is, and what it calls itself.
  private static func check(_ file: String) throws -> (kind: String, name: String) {
    let text = try TextFile.read(file)
    let root = try ConfigSource(file: file, kind: "check").parse(text)
    guard root.isMapping else { throw unrecognised(file) }
    let keys = root.mapping()
    let schema = keys.optional("schema")?.string() ?? ""
    switch schema.split(separator: "/").dropFirst().first {
    case "hardware":
      let profile = try HardwareProfile.read(text: text, file: file)
      for remark in profile.remarks { StandardStreams.writeNote(remark.text) }
      return ("hardware", profile.name)
    case "engine":
      return ("engine", try EngineCatalogue.read(text: text, file: file).name)
    case "scenario":
      let deployment = try Deployment(try ScenarioCatalogue.read(text: text, file: file))
      return ("scenario", deployment.scenario.name)
    case "prices":
      let machines = try PriceBook.read(text: text, file: file).machines
      return ("prices", machines.joined(separator: ", "))
    case "projection":
      let projection = try ProjectionCatalogue.read(text: text, file: file)
      let runner = ServingRun(activeParameters: nil, model: nil)
      for served in projection.serving { _ = try runner.deployment(served, hardware: nil) }
      return ("projection", projection.name)
    default:
      guard keys.keys.contains("model_type") || keys.keys.contains("architectures") else {
        throw unrecognised(file)
      }
      return ("model", try HuggingFaceConfig.read(text, file: file, name: file).family)
    }
  }

  private static func unrecognised(_ file: String) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "check/unknown-kind", "cannot tell what kind of file this is",
        at: SourceLocation(file: file),
        notes: [
          "known: `schema: windtunnel/scenario/1`, `windtunnel/projection/1`, "
            + "`windtunnel/prices/1`, `windtunnel/hardware/1`, `windtunnel/engine/1`, or a model's "
            + "`config.json`"
        ],
        hint: "begin the file with its `schema`"))
  }
}
