internal import BuiltInFiles
internal import Diagnostics
internal import FoundationEssentials

/// The models that travel inside the binary, and loading of any model by name or path.
package enum ModelCatalogue {
  private static let folder = "Sources/BuiltInFiles/ModelCatalogue"

  /// `organisation/model` of every built-in model, sorted.
  package static let names: [String] = BuiltInFiles.paths(below: folder, ending: ".json")
    .map { path in
      let stem = path.dropFirst(folder.count + 1).dropLast(".json".count)
      guard let dash = stem.firstRange(of: "--") else { return String(stem) }
      return stem[..<dash.lowerBound] + "/" + stem[dash.upperBound...]
    }
    .sorted()

  /// A built-in model by its full name, by its last part, or by that without a customary suffix, in
  /// any case; or a `config.json` by its path. A file that exists wins over a name.
  ///
  /// - Throws: `InvalidInput` for an unknown name or a config that cannot be used, `FileFailure`
  ///   for a path that cannot be read.
  package static func load(nameOrPath: String) throws -> Architecture {
    let looksLikePath = nameOrPath.contains("/") || nameOrPath.hasSuffix(".json")
    if looksLikePath, isFile(nameOrPath) { return try read(path: nameOrPath) }
    if let name = fullName(of: nameOrPath) {
      let path = "\(folder)/\(name.replacing("/", with: "--")).json"
      guard let text = BuiltInFiles.text(at: path) else {
        preconditionFailure("a listed model is not embedded: \(path)")
      }
      return try HuggingFaceConfig.read(text, file: path, name: name)
    }
    // Beside a built-in scenario, which works from any directory.
    if nameOrPath.hasSuffix(".json"), let text = BuiltInFiles.text(at: nameOrPath) {
      return try HuggingFaceConfig.read(text, file: nameOrPath, name: Self.name(of: nameOrPath))
    }
    // Reports what is wrong with the path rather than proposing a model.
    if nameOrPath.hasSuffix(".json") { return try read(path: nameOrPath) }
    throw InvalidInput(unknown(nameOrPath))
  }

  /// The built-in model that a name stands for, or nil when there is none or more than one.
  package static func fullName(of name: String) -> String? {
    let lowered = name.lowercased()
    if let exact = names.first(where: { $0.lowercased() == lowered }) { return exact }
    for short in [bareName, alias] {
      let matches = names.filter { short($0).lowercased() == lowered }
      if !matches.isEmpty { return matches.count == 1 ? matches[0] : nil }
    }
    // The beginning of one name alone, as people say it: `llama-4-maverick`.
    let begun = names.filter { bareName($0).lowercased().hasPrefix(lowered + "-") }
    return begun.count == 1 ? begun[0] : nil
  }

  private static func bareName(_ name: String) -> String {
    String(name[(name.firstIndex(of: "/").map(name.index(after:)) ?? name.startIndex)...])
  }

  /// Suffixes that tell a variant of a model, not its shape.
  private static func alias(_ name: String) -> String {
    let bare = bareName(name)
    let suffix = ["-Instruct", "-hf", "-it", "-v0.1"].first { bare.hasSuffix($0) }
    return String(bare.dropLast(suffix?.count ?? 0))
  }

  private static func unknown(_ name: String) -> Diagnostic {
    let nearest =
      Suggestion.nearest(to: name, in: names)
      ?? Suggestion.nearest(to: name, in: names.map(bareName))
      ?? Suggestion.nearest(to: name, in: names.map(alias))
    return Diagnostic(
      code: "model/unknown", "unknown model `\(name)`",
      notes: ["`windtunnel list models` lists the built-in ones"],
      hint: nearest.map { "did you mean `\($0)`?" }
        ?? "give a name from the list, or the path of a `config.json`")
  }

  private static func isFile(_ path: String) -> Bool {
    var isDirectory = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory
  }

  private static func read(path: String) throws -> Architecture {
    let text = try TextFile.read(path)
    return try HuggingFaceConfig.read(
      text, file: path, name: name(of: path), beside: try quantizationFile(beside: path))
  }

  /// `hf_quant_config.json` in the folder of a `config.json`, `NAME.hf_quant_config.json` beside
  /// `NAME.json`.
  private static func quantizationFile(
    beside path: String
  ) throws -> HuggingFaceConfig.QuantizationFile? {
    guard path.hasSuffix(".json") else { return nil }
    let stem = path.dropLast(".json".count)
    let beside =
      stem == "config" || stem.hasSuffix("/config")
      ? stem.dropLast("config".count) + "hf_quant_config.json" : stem + ".hf_quant_config.json"
    guard isFile(String(beside)) else { return nil }
    return .init(text: try TextFile.read(String(beside)), path: String(beside))
  }

  /// A file called `config.json` goes by the folder it lies in, any other by its own name.
  private static func name(of path: String) -> String {
    let parts = path.split(separator: "/")
    let file = parts.last.map(String.init) ?? path
    guard file.hasSuffix(".json") else { return file }
    let isNamedByFolder = file == "config.json" && parts.count > 1
    return isNamedByFolder ? String(parts[parts.count - 2]) : String(file.dropLast(5))
  }
}
