internal import BuiltInFiles
package import ByteStreams
package import Diagnostics

/// The scenarios that travel inside the binary, and those in files.
package enum ScenarioCatalogue {
  private static let folder = "scenarios"

  /// Names of the built-in scenarios: their paths below `scenarios/` without the ending.
  package static let names: [String] = BuiltInFiles.paths(below: folder, ending: ".yaml")
    .map { String($0.dropFirst(folder.count + 1).dropLast(5)) }
    // Projections lie beside them, and are files of another kind.
    .filter { !$0.hasPrefix("projections/") }
    .sorted()

  /// The scenario in a file, or a built-in one by its name (`chat-gpt-oss`) or its path in the
  /// repository (`scenarios/chat-gpt-oss.yaml`), which works from any directory.
  ///
  /// - Throws: `InvalidInput` for an unknown name or an invalid scenario, `FileFailure` for a path
  ///   that cannot be read.
  package static func load(
    nameOrPath: String, overrides: [ConfigOverride] = []
  ) throws -> Scenario {
    try ScenarioFile(nameOrPath: nameOrPath).scenario(overrides)
  }

  /// The scenario of a file's text; other files that it names are looked for beside it: traces
  /// there alone, profiles and models there first. What was typed on the command line is from where
  /// it was typed, where there is such a file.
  package static func read(
    text: String, file: String, overrides: [ConfigOverride] = []
  ) throws -> Scenario {
    let directory = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    var files = [file]
    var scenario = try read(text: text, file: file, overrides: overrides) { name in
      let isTyped = overrides.contains { $0.value.contains(name) } && TextFile.exists(name)
      let path = name.hasPrefix("/") || isTyped ? name : directory + name
      files.append(path)
      return ByteSource(file: path)
    }
    scenario.inputFiles = files
    scenario.resolveFiles(in: directory, overrides)
    return scenario
  }

  package static func read(
    text: String, file: String, overrides: [ConfigOverride],
    openFile: @escaping (String) throws -> ByteSource
  ) throws -> Scenario {
    let source = ConfigSource(
      file: file, kind: "scenario", examples: ScenarioExamples.values)
    let root = try source.parse(text, overrides: overrides)
    let stem = file.split(separator: "/").last.map { $0.prefix { $0 != "." } } ?? ""
    return try ScenarioReader(source: source, openFile: openFile).read(root, name: String(stem))
  }

  static func builtInPath(_ name: String) -> String? {
    if names.contains(name) { return "\(folder)/\(name).yaml" }
    return BuiltInFiles.paths.contains(name) && name.hasPrefix("\(folder)/") ? name : nil
  }

  static func builtInFile(_ name: String, beside scenario: String) -> ByteSource {
    let directory = scenario.lastIndex(of: "/").map { String(scenario[...$0]) } ?? ""
    // `../traces/x.csv` from a scenario in a folder of its own.
    var parts: [Substring] = []
    for part in (directory + name).split(separator: "/") {
      if part == "..", !parts.isEmpty { parts.removeLast() } else { parts.append(part) }
    }
    let path = parts.joined(separator: "/")
    guard let bytes = BuiltInFiles.bytes(at: path) else { return ByteSource(file: name) }
    return ByteSource([UInt8](bytes), named: path)
  }
}
