internal import BuiltInFiles
package import Diagnostics

/// A scenario's text before it is read: read once from its place, and then as often as wanted with
/// other settings.
package struct ScenarioFile: Sendable {
  package let file: String
  package let text: String
  private let isBuiltIn: Bool

  /// - Throws: `InvalidInput` for an unknown name, `FileFailure` for a path that cannot be read.
  package init(nameOrPath: String) throws {
    let builtIn = ScenarioCatalogue.builtInPath(nameOrPath)
    if let builtIn, !TextFile.exists(nameOrPath), let text = BuiltInFiles.text(at: builtIn) {
      file = builtIn
      self.text = text
      isBuiltIn = true
      return
    }
    guard
      nameOrPath.contains("/") || nameOrPath.hasSuffix(".yaml") || nameOrPath.hasSuffix(".json")
        || TextFile.exists(nameOrPath)
    else {
      throw InvalidInput(
        Diagnostic(
          code: "scenario/unknown", "unknown scenario `\(nameOrPath)`",
          notes: ["known scenarios: `windtunnel list scenarios`"],
          hint: Suggestion.nearest(to: nameOrPath, in: ScenarioCatalogue.names)
            .map { "did you mean `\($0)`?" }))
    }
    file = nameOrPath
    text = try TextFile.read(nameOrPath)
    isBuiltIn = false
  }

  /// A scenario that only options fill: a server of vLLM, whatever it serves.
  package static let ofOptions = ScenarioFile()

  private init() {
    file = ShellWord.commandLine
    text = """
      schema: \(ScenarioReader.schema)
      name: command-line
      engine: vllm
      workload: {requests: 2000}
      """
    isBuiltIn = false
  }

  /// How requests come in the file, before anything is set.
  package struct Arrivals: Equatable, Sendable {
    package var process: String
    /// The keys that say what a recording is and how it is read, as YAML; nil where there is none.
    package var recording: String?
  }

  /// Nil where the file does not say, or cannot be read.
  package var arrivals: Arrivals? {
    let source = ConfigSource(
      file: file, kind: "scenario", examples: ScenarioExamples.values)
    guard let root = try? source.parse(text), root.isMapping,
      let workload = root.mapping().optional("workload"), workload.isMapping,
      let node = workload.mapping().optional("arrivals"), node.isMapping,
      let process = node.mapping().optional("process")?.scalarText
    else { return nil }
    // Times are another's then.
    let timed: Set = ["process", "speed", "rate", "jitter", "loop"]
    let keys = node.mapping().entries().filter { !timed.contains($0.key) }
    let texts = keys.map { "\(YAMLWriter.scalar($0.key)): \(YAMLWriter.flow($0.value))" }
    return Arrivals(
      process: process,
      recording: process == "trace" ? "{\(texts.joined(separator: ", "))}" : nil)
  }

  /// - Throws: `InvalidInput` with everything that is wrong.
  package func scenario(_ overrides: [ConfigOverride] = []) throws -> Scenario {
    guard isBuiltIn else {
      return try ScenarioCatalogue.read(text: text, file: file, overrides: overrides)
    }
    return try ScenarioCatalogue.read(text: text, file: file, overrides: overrides) { name in
      ScenarioCatalogue.builtInFile(name, beside: file)
    }
  }
}
