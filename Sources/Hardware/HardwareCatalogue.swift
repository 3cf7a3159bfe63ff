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

  /// The profile of a built-in name, of a file, or of what one built-in name alone is called.
  ///
  /// What contains a `/` or ends like a data file is a path and nothing else.
  /// - Throws: `InvalidInput` for an unknown name or an invalid profile, `FileFailure` for a path
  ///   that cannot be read.
  package static func load(nameOrPath: String) throws -> HardwareProfile {
    if !looksLikePath(nameOrPath), let profile = try builtIn(nameOrPath) { return profile }
    let text: String
    do {
      text = try TextFile.read(nameOrPath)
    } catch is FileFailure where !looksLikePath(nameOrPath) {
      let meant = candidates(for: nameOrPath)
      guard meant.count == 1 else { throw unknown(nameOrPath, meant) }
      return try load(nameOrPath: meant[0])
    }
    return try HardwareProfile.read(text: text, file: nameOrPath)
  }

  /// The built-in profile of exactly this name.
  static func builtIn(_ name: String, isRelative: Bool = false) throws -> HardwareProfile? {
    let path = "\(folder)/\(name)\(ending)"
    return try BuiltInFiles.text(at: path).map {
      try HardwareProfile.read(text: $0, file: path, isRelative: isRelative)
    }
  }

  private static func looksLikePath(_ text: String) -> Bool {
    text.contains("/") || [".yaml", ".yml", ".json"].contains { text.hasSuffix($0) }
  }

  /// The built-in profiles that a name as people say it stands for: `h200`, `NVIDIA H200`,
  /// `rubin`. Vendors, case and signs between words do not count.
  package static func candidates(for name: String) -> [String] {
    let said = words(name).filter { !vendors.contains($0) }
    guard !said.isEmpty else { return [] }
    let joined = said.joined()
    let begun = names.filter { words($0).joined().hasPrefix(joined) }
    let exact = begun.filter { words($0).joined() == joined || words($0)[0] == joined }
    if !exact.isEmpty { return exact }
    // The beginning of a figure is another figure: `h20` is no `h200`.
    let whole = begun.filter { name in
      words(name).joined().dropFirst(joined.count).first?.isNumber != true
    }
    return whole.isEmpty ? names.filter { Set(said).isSubset(of: words($0)) } : whole
  }

  private static let vendors: Set = ["nvidia", "amd", "instinct", "intel", "google", "aws"]

  private static func words(_ name: String) -> [String] {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private static func unknown(_ name: String, _ meant: [String]) -> InvalidInput {
    var notes = ["known profiles: `windtunnel list hardware`"]
    if meant.count > 1 {
      notes.append("it may be one of \(meant.map { "`\($0)`" }.joined(separator: ", "))")
    }
    let nearest = meant.isEmpty ? Suggestion.nearest(to: name, in: names) : nil
    return InvalidInput(
      Diagnostic(
        code: "hardware/unknown-profile", "unknown hardware profile `\(name)`", notes: notes,
        hint: nearest.map { "did you mean `\($0)`?" } ?? (meant.isEmpty ? nil : "name one")))
  }
}
