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
  /// any case; a `config.json` by its path or by its folder; or a model that the hub's tools have
  /// fetched, by its name there. A file that exists wins over a name.
  ///
  /// - Throws: `InvalidInput` for an unknown name or a config that cannot be used, `FileFailure`
  ///   for a path that cannot be read.
  package static func load(nameOrPath: String) throws -> Architecture {
    if nameOrPath.contains("/") || nameOrPath.hasSuffix(".json"),
      let path = configPath(of: nameOrPath)
    {
      return try read(path: path)
    }
    if let name = fullName(of: nameOrPath) { return try builtIn(name) }
    if let variant = ModelVariants.named(nameOrPath) {
      var model = try builtIn(variant.original)
      model.name = variant.name
      model.maximumContext = variant.context ?? model.maximumContext
      return model
    }
    // Beside a built-in scenario, which works from any directory.
    if nameOrPath.hasSuffix(".json"), let text = BuiltInFiles.text(at: nameOrPath) {
      return try HuggingFaceConfig.read(text, file: nameOrPath, name: Self.name(of: nameOrPath))
    }
    if let path = cachedConfig(of: nameOrPath) { return try read(path: path, name: nameOrPath) }
    if let path = configPath(of: nameOrPath) { return try read(path: path) }
    // Reports what is wrong with the path rather than proposing a model.
    if nameOrPath.hasSuffix(".json") { return try read(path: nameOrPath) }
    throw InvalidInput(unknown(nameOrPath))
  }

  private static func builtIn(_ name: String) throws -> Architecture {
    let path = "\(folder)/\(name.replacing("/", with: "--")).json"
    guard let text = BuiltInFiles.text(at: path) else {
      preconditionFailure("a listed model is not embedded: \(path)")
    }
    return try HuggingFaceConfig.read(text, file: path, name: name)
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

  static func bareName(_ name: String) -> String {
    String(name[(name.firstIndex(of: "/").map(name.index(after:)) ?? name.startIndex)...])
  }

  /// Suffixes that tell a variant of a model, not its shape.
  private static func alias(_ name: String) -> String {
    let bare = bareName(name)
    let suffix = ["-Instruct", "-hf", "-it", "-v0.1"].first { bare.hasSuffix($0) }
    return String(bare.dropLast(suffix?.count ?? 0))
  }

  private static func unknown(_ name: String) -> Diagnostic {
    if TextFile.isFolder(name) {
      return Diagnostic(
        code: "model/unknown", "no `\(configName)` in the folder `\(name)`",
        hint: "give the folder of a checkpoint, or the path of its `\(configName)`")
    }
    var notes = ["`windtunnel list models` lists the built-in ones"]
    if let quantized = QuantizedName(name) {
      return Diagnostic(
        code: "model/unknown", "unknown model `\(name)`", notes: notes,
        hint: fetching(name)
          + (quantized.model.map {
            "; or take `--model \($0) --set quantization.weights=\(quantized.format)`"
          } ?? ""))
    }
    let alike = names.filter { isAlike(name, $0) }
    if alike.count > 1 {
      notes.append("it may be one of \(alike.map { "`\(bareName($0))`" }.joined(separator: ", "))")
    }
    let misspelt =
      alike.count == 1
      ? (name.contains("/") ? alike[0] : bareName(alike[0]))
      : alike.isEmpty
        ? Suggestion.nearest(to: name, in: names)
          ?? Suggestion.nearest(to: name, in: names.map(bareName))
          ?? Suggestion.nearest(to: name, in: names.map(alias)) : nil
    // Another number is another model: the hub's `DeepSeek-V4` is no misspelt `DeepSeek-V2`.
    let nearest = misspelt.flatMap { isOnHub(name) && !hasNumbers($0, of: name) ? nil : $0 }
    return Diagnostic(
      code: "model/unknown", "unknown model `\(name)`", notes: notes,
      hint: nearest.map { "did you mean `\($0)`?" }
        ?? (alike.isEmpty ? fetching(name) : "name one"))
  }

  /// One begins with the other: a variant of a built-in model, or the family of several.
  static func isAlike(_ name: String, _ builtIn: String) -> Bool {
    let typed = bareName(name).lowercased()
    let known = alias(builtIn).lowercased()
    return typed.count > 2 && (typed.hasPrefix(known + "-") || known.hasPrefix(typed))
  }

  /// Whether it has the form of a name on the hub.
  private static func isOnHub(_ name: String) -> Bool {
    name.split(separator: "/").count == 2 && !name.hasPrefix(".") && !name.hasPrefix("/")
  }

  /// Whether two names have the same numbers one after the other.
  private static func hasNumbers(_ name: String, of other: String) -> Bool {
    func numbers(_ text: String) -> [Substring] {
      bareName(text).split { !$0.isNumber }
    }
    return numbers(name) == numbers(other)
  }

  private static func fetching(_ name: String) -> String {
    guard isOnHub(name) else {
      return "give a name from the list, or the path of a `config.json`"
    }
    let folder = bareName(name)
    return "run `hf download \(name) --include 'config.json' 'hf_quant_config.json' --local-dir "
      + "\(folder)`, after `hf auth login` where the model is gated, and give `./\(folder)`"
  }
}
