internal import ArgumentParser
internal import Diagnostics
internal import Scenarios

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a file to begin with: a scenario, or a machine's profile.",
    discussion: """
      A scenario is written with words on each of its parts, and is one that
      `check` and `run` accept as it stands. A model that one accelerator does
      not hold is divided between as few as do.

      Examples:
        windtunnel init chat.yaml --model Qwen/Qwen3-32B --rate '2 req/s' \\
          --input 2500 --output 330 --ttft '2 s' --speed '30 tok/s'
        windtunnel init chat.yaml --from 'vllm serve Qwen/Qwen3-32B -tp 2'
        windtunnel init hardware my-card.yaml --memory '96 GB' --bandwidth '4 TB/s' \\
          --bf16 '148 TFLOP/s' --date 2026-07
      """,
    subcommands: [InitScenarioCommand.self, InitHardwareCommand.self],
    defaultSubcommand: InitScenarioCommand.self)
}

struct InitScenarioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario",
    abstract: "Write a scenario from options.",
    discussion: """
      Example:
        windtunnel init chat.yaml --model Qwen/Qwen3-32B --rate '2 req/s' \\
          --input 2500 --output 330 --ttft '2 s' --speed '30 tok/s'
      """)

  @OptionGroup var draft: DraftFile

  @OptionGroup var options: DraftOptions

  private static let ranks = [1, 2, 4, 8, 16]

  func run() throws {
    let scrapes = try options.load.scrapes()
    let command = try options.load.command(counted: scrapes, beside: options.settings)
    for line in command?.lines ?? [] { StandardStreams.writeNote(line) }
    let settings = try options.settings(command, scrapes)
    let isDivided = settings.contains { $0.path.first == "parallelism" }
    let name = draft.stem ?? "scenario"
    var refusal: InvalidInput?
    for ranks in isDivided ? [1] : Self.ranks {
      let divided =
        ranks == 1
        ? []
        : [ConfigOverride(path: ["parallelism", "tensor"], value: String(ranks), place: "")]
      let text = try ScenarioDraft(name: name, settings: settings + divided).text()
      do {
        // Read as it will be, so that what is written is never refused.
        _ = try Deployment(
          try ScenarioCatalogue.read(text: text, file: draft.file ?? "\(name).yaml"))
        return try draft.save(text)
      } catch let error as InvalidInput {
        refusal = refusal ?? Self.hinted(error)
        guard error.diagnostics.contains(where: { $0.code == "scenario/out-of-memory" }) else {
          throw refusal ?? error
        }
      }
    }
    if let refusal { throw refusal }
  }

  /// An option in the place of a key: there is no file yet that it could be set in.
  private static func hinted(_ error: InvalidInput) -> InvalidInput {
    InvalidInput(
      error.diagnostics.map { diagnostic in
        guard diagnostic.code == "scenario/encoder",
          diagnostic.hint?.contains("`workload.output`") ?? false
        else { return diagnostic }
        var hinted = diagnostic
        hinted.hint = "add `--output 0`"
        return hinted
      })
  }
}

/// What a scenario is made of.
struct DraftOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("What is served.", valueName: "name|config.json"),
    completion: NameCompletion.models)
  var model: String?

  @Option(
    help: ArgumentHelp("The machine.", valueName: "name|file"), completion: NameCompletion.hardware)
  var hardware: String?

  @Option(
    help: ArgumentHelp("The serving engine.", valueName: "name|file"),
    completion: NameCompletion.engines)
  var engine: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Any key of the scenario: `quantization.weights=fp8`. May be given several times.",
      valueName: "path=value"))
  var settings: [String] = []

  @OptionGroup var load: LoadOptions

  func settings(
    _ command: EngineCommand?, _ scrapes: [LoadOptions.Scrape]
  ) throws -> [ConfigOverride] {
    let named = [("model", model), ("hardware", hardware), ("engine", engine)].compactMap {
      key, value in
      value.map { ConfigOverride(path: [key], name: $0, place: "--\(key) \($0)") }
    }
    return (command?.overrides ?? []) + load.replacements
      + (try settings.map { try ConfigOverride(argument: $0) })
      + (try load.overrides(counted: scrapes, hasFile: false)) + named
  }
}

/// Where what is begun with is written to.
struct DraftFile: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The file to write; standard output if left out.", valueName: "file"),
    completion: .file())
  var file: String?

  @Flag(help: "Write over a file that is there.")
  var force = false

  /// The file's name without its ending, as a name that needs no quotes in YAML.
  var stem: String? {
    let last = file?.split(separator: "/").last.map { $0.prefix { $0 != "." } } ?? ""
    let words = last.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
    let name = words.joined(separator: "-")
    return name.contains(where: \.isLetter) ? name : nil
  }

  func save(_ text: String) throws {
    guard let file, file != "-" else { return try StandardStreams.writeResult(text) }
    guard force || !TextFile.exists(file) else {
      throw FileFailure(
        Diagnostic(
          code: "file/exists", "there is a file already: \(file)",
          hint: "give another name, or add `--force` to write over it"))
    }
    try FileOutput(path: file).save(text)
    StandardStreams.writeNote("written: \(file)")
  }
}
