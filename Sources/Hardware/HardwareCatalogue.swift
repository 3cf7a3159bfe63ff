internal import BuiltInFiles
internal import Diagnostics

/// The hardware profiles that travel inside the binary, and those in files.
package enum HardwareCatalogue {
  private static let folder = "hardware-profiles"
  private static let ending = ".yaml"

  /// The names of the built-in profiles, sorted.
  package static let names: [String] = BuiltInFiles.paths(below: folder, ending: ending)
    .map { String($0.dropFirst(folder.count + 1).dropLast(ending.count)) }
    .sorted()

  /// The profile of a built-in name, or of a file.
  ///
  /// What contains a `/` or ends like a data file is a path and nothing else.
  /// - Throws: `InvalidInput` for an unknown name or an invalid profile, `FileFailure` for a path
  ///   that cannot be read.
  package static func load(nameOrPath: String) throws -> HardwareProfile {
    if !looksLikePath(nameOrPath) {
      let path = "\(folder)/\(nameOrPath)\(ending)"
      if let text = BuiltInFiles.text(at: path) {
        return try HardwareProfile.read(text: text, file: path)
      }
    }
    let text: String
    do {
      text = try TextFile.read(nameOrPath)
    } catch is FileFailure where !looksLikePath(nameOrPath) {
      throw unknown(nameOrPath)
    }
    return try HardwareProfile.read(text: text, file: nameOrPath)
  }

  private static func looksLikePath(_ text: String) -> Bool {
    text.contains("/") || [".yaml", ".yml", ".json"].contains { text.hasSuffix($0) }
  }

  private static func unknown(_ name: String) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "hardware/unknown-profile", "unknown hardware profile `\(name)`",
        notes: ["known profiles: `windtunnel list hardware`"],
        hint: Suggestion.nearest(to: name, in: names).map { "did you mean `\($0)`?" }))
  }
}
