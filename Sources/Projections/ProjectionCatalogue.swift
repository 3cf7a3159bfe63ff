internal import BuiltInFiles
package import Diagnostics

/// The projections that travel inside the binary, and those in files.
package enum ProjectionCatalogue {
  private static let folder = "scenarios/projections"

  /// Names of the built-in ones: their files' without the ending.
  package static let names: [String] = BuiltInFiles.paths(below: folder, ending: ".yaml")
    .map { String($0.dropFirst(folder.count + 1).dropLast(5)) }
    .sorted()

  /// The projection in a file, or a built-in one by its name or its path in the repository.
  ///
  /// - Throws: `InvalidInput` for an unknown name or an invalid projection, `FileFailure` for a
  ///   path that cannot be read.
  package static func load(
    nameOrPath: String, overrides: [ConfigOverride] = []
  ) throws -> Projection {
    if let path = builtInPath(nameOrPath), !TextFile.exists(nameOrPath),
      let text = BuiltInFiles.text(at: path)
    {
      return try read(text: text, file: path, overrides: overrides)
    }
    guard
      nameOrPath.contains("/") || nameOrPath.hasSuffix(".yaml") || nameOrPath.hasSuffix(".json")
        || TextFile.exists(nameOrPath)
    else {
      throw InvalidInput(
        Diagnostic(
          code: "projection/unknown", "unknown projection `\(nameOrPath)`",
          notes: ["known projections: `windtunnel list projections`"],
          hint: Suggestion.nearest(to: nameOrPath, in: names).map { "did you mean `\($0)`?" }))
    }
    return try read(
      text: try TextFile.read(nameOrPath), file: nameOrPath, overrides: overrides)
  }

  package static func read(
    text: String, file: String, overrides: [ConfigOverride] = []
  ) throws -> Projection {
    let source = ConfigSource(file: file, kind: "projection")
    let root = try source.parse(text, overrides: overrides)
    let stem = file.split(separator: "/").last.map { $0.prefix { $0 != "." } } ?? ""
    return try ProjectionReader(source: source).read(root, name: String(stem))
  }

  private static func builtInPath(_ name: String) -> String? {
    if names.contains(name) { return "\(folder)/\(name).yaml" }
    return BuiltInFiles.paths.contains(name) && name.hasPrefix("\(folder)/") ? name : nil
  }
}
