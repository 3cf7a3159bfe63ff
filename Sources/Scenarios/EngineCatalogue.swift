internal import BuiltInFiles
internal import Diagnostics

/// The engine profiles that travel inside the binary, and those in files.
package enum EngineCatalogue {
  private static let folder = "Sources/BuiltInFiles/EngineProfiles"

  package static let names: [String] = BuiltInFiles.paths(below: folder, ending: ".yaml")
    .map { String($0.dropFirst(folder.count + 1).dropLast(5)) }
    .sorted()

  /// - Throws: `InvalidInput` for an unknown name or an invalid profile, `FileFailure` for a path
  ///   that cannot be read.
  package static func load(nameOrPath: String) throws -> EngineProfile {
    if let text = BuiltInFiles.text(at: "\(folder)/\(nameOrPath).yaml") {
      return try read(text: text, file: "\(nameOrPath).yaml")
    }
    // Beside a built-in scenario, which works from any directory.
    if !TextFile.exists(nameOrPath), let text = BuiltInFiles.text(at: nameOrPath) {
      return try read(text: text, file: nameOrPath)
    }
    guard nameOrPath.contains("/") || nameOrPath.hasSuffix(".yaml") else {
      throw InvalidInput(
        Diagnostic(
          code: "engine/unknown-profile", "unknown engine profile `\(nameOrPath)`",
          notes: ["known profiles: `windtunnel list engines`"],
          hint: Suggestion.nearest(to: nameOrPath, in: names).map { "did you mean `\($0)`?" }))
    }
    return try read(text: try TextFile.read(nameOrPath), file: nameOrPath)
  }

  /// A built-in profile as it is written.
  package static func text(nameOrPath: String) throws -> String {
    try BuiltInFiles.text(at: "\(folder)/\(nameOrPath).yaml") ?? TextFile.read(nameOrPath)
  }

  package static func read(text: String, file: String) throws -> EngineProfile {
    let source = ConfigSource(file: file, kind: "engine")
    var reader = EngineProfileReader(source: source)
    return try reader.read(try source.parse(text))
  }
}
