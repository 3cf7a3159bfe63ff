package import Diagnostics

/// The command line that starts a server, as settings of a scenario.
///
///     let command = try EngineCommand("vllm serve Qwen/Qwen3-32B -tp 2 --max-model-len 32k")
///     command.engine      // vllm
///     command.overrides   // model, engine, parallelism.tensor, maximum_context
///
/// Every option is either a setting of the scenario, or says nothing about speed, memory and money,
/// or stands in `remarks` with the reason why it is not simulated.
package struct EngineCommand: Equatable, Sendable {
  /// An option that became a key.
  package struct Setting: Equatable, Sendable {
    /// The option as typed, with its value.
    package var option: String
    package var key: String
    package var value: String
  }

  /// An option that is not simulated.
  package struct Remark: Equatable, Sendable {
    package var option: String
    package var reason: String
  }

  package let engine: String
  /// The engine's profile, of the release that an image says: `vllm@0.8`.
  package let profile: String
  /// The image that says it.
  private let image: String?
  package internal(set) var model: String?
  package internal(set) var settings: [Setting] = []
  package internal(set) var remarks: [Remark] = []

  /// What decides how a server takes options.
  package struct Checkpoint: Equatable, Sendable {
    package var hasExperts: Bool
    /// The method that its config names: `awq`; nil where weights are plain.
    package var quantizedBy: String?

    package init(hasExperts: Bool, quantizedBy: String?) {
      self.hasExperts = hasExperts
      self.quantizedBy = quantizedBy
    }
  }

  /// - Parameters:
  ///   - text: the line, whatever stands before it: `docker run ... vllm/vllm-openai --model ...`.
  ///   - acceptance: how often guesses are right.
  ///   - checkpoint: what is known of a model; nil when nothing is.
  ///   - readFile: the text of a file of further options.
  /// - Throws: `InvalidInput` for what is no such line, has no number where one of ranks stands, or
  ///   has options that contradict each other.
  package init(
    _ text: String, acceptance: EngineGuesses.Acceptance = .unknown,
    checkpoint: (String) -> Checkpoint? = { _ in nil },
    readFile: (String) throws -> String = { try TextFile.read($0) }
  ) throws {
    let words = ShellWords.command(in: text)
    guard let (server, rest) = EngineServer.find(in: words) else {
      throw InvalidInput(
        Diagnostic(
          code: "command/unknown-server", "this starts no server that is known: \(text.prefix(60))",
          at: SourceLocation(file: "--from"),
          notes: [
            "known: `vllm serve ...`, `python -m sglang.launch_server ...`, `trtllm-serve ...`, "
              + "`python -m dynamo.vllm ...`"
          ]))
    }
    engine = server.engine
    let image = EngineImage(in: words[..<rest.startIndex], engine: engine)
    let release = image?.profile(of: engine)
    profile = release?.name ?? engine
    self.image = release?.name == nil ? nil : image?.text
    var reader = EngineOptions(server: server)
    reader.read(Array(rest), readFile)
    guard reader.unreadable.isEmpty else { throw InvalidInput(reader.unreadable) }
    model = reader.model
    settings = reader.settings
    remarks = [release?.remark].compactMap { $0 } + reader.remarks
    let known = model.flatMap(checkpoint)
    if let weights = reader.weights?.read(known) {
      settings += weights.settings
      remarks += weights.remarks
    }
    let layout = try EngineLayout(
      reader.layout, engine: engine, hasExperts: known?.hasExperts)
    let adapters = reader.adapters.read(server.adapters)
    settings += adapters.settings
    remarks += adapters.remarks + Self.environment(words)
    let guesses = reader.guesses.read(
      engine: engine, target: model, hasExperts: known?.hasExperts ?? false,
      acceptance: acceptance,
      hasConfig: { checkpoint($0) != nil })
    remarks += guesses.remarks
    settings = layout.settings + layout.shared(reader.shared) + settings + guesses.settings
    if let memory = reader.hostMemory {
      settings.append(layout.hostMemory(memory.setting, ofEachRank: memory.ofEachRank))
    }
  }

  /// Names that stand for two things with one server: none, or what is read depends on their order.
  package static var doubledOptions: [String] {
    [VLLMFlags.all, SGLangFlags.all, TensorRTFlags.all].flatMap { flags in
      Dictionary(flags.flatMap(\.names).map { ($0, 1) }, uniquingKeysWith: +)
        .filter { $0.value > 1 }.keys.sorted()
    }
  }

  /// Variables of a server that stand before its command.
  private static func environment(_ words: [String]) -> [Remark] {
    let owners = ["VLLM_", "SGLANG_", "SGL_", "TRTLLM_", "TLLM_"]
    return words.filter { word in
      word.contains("=") && owners.contains { word.hasPrefix($0) }
    }.map { Remark(option: $0, reason: "variables of the environment are not read") }
  }

  /// What was taken from it and what was not, a line each.
  package var lines: [String] {
    let taken = settings.map { "\($0.key) \($0.value) (\($0.option))" }
    let named =
      ["engine \(profile)" + (image.map { " (\($0))" } ?? "")]
      + (model.map { ["model \($0)"] } ?? [])
    return ["taken from the command line: " + (named + taken).joined(separator: ", ")]
      + remarks.map { "not simulated: \($0.option): \($0.reason)" }
  }

  /// What the scenario takes of it.
  package var overrides: [ConfigOverride] {
    [
      ConfigOverride(path: ["engine"], name: profile, place: "--from \(image ?? engine)")
    ]
      + (model.map { [ConfigOverride(path: ["model"], name: $0, place: "--from \($0)")] } ?? [])
      + settings.map {
        ConfigOverride(
          path: $0.key.split(separator: ".").map(String.init), value: $0.value,
          place: "--from \($0.option)")
      }
  }
}

/// A server by how its command line begins.
struct EngineServer {
  let engine: String
  let flags: [EngineFlag]
  /// Whether the first word that is no option is the model.
  let takesModel: Bool
  /// Whether a file of options goes before the command line.
  let fileWins: Bool
  let adapters: EngineAdapters.Defaults

  private static let vllm = EngineServer(
    engine: "vllm", flags: VLLMFlags.all, takesModel: true, fileWins: false,
    adapters: .init(most: 1, rank: 16))
  private static let sglang = EngineServer(
    engine: "sglang", flags: SGLangFlags.all, takesModel: false, fileWins: false,
    adapters: .init(most: 8, rank: nil))
  private static let tensorRT = EngineServer(
    engine: "tensorrt-llm", flags: TensorRTFlags.all, takesModel: true, fileWins: true,
    adapters: .init(most: nil, rank: nil))

  private var withDynamo: EngineServer {
    EngineServer(
      engine: engine, flags: DynamoFlags.beside(flags), takesModel: false, fileWins: fileWins,
      adapters: adapters)
  }

  static func find(in words: [String]) -> (EngineServer, ArraySlice<String>)? {
    for (index, word) in words.enumerated() {
      let name = word.split(separator: "/").last.map(String.init) ?? word
      let next = index + 1 < words.count ? words[index + 1] : ""
      switch name {
      case "vllm" where next == "serve": return (vllm, words[(index + 2)...])
      case "vllm.entrypoints.openai.api_server": return (vllm, words[(index + 1)...])
      case "sglang.launch_server": return (sglang, words[(index + 1)...])
      case "sglang" where next == "serve": return (sglang, words[(index + 2)...])
      case "dynamo.vllm": return (vllm.withDynamo, words[(index + 1)...])
      case "dynamo.sglang": return (sglang.withDynamo, words[(index + 1)...])
      case "trtllm-serve":
        return (tensorRT, words[(index + (next == "serve" ? 2 : 1))...])
      default:
        // The image starts the server by itself.
        if name.hasPrefix("vllm-openai"), next != "bash", next != "vllm" {
          return (vllm, words[(index + 1)...])
        }
      }
    }
    return nil
  }
}
