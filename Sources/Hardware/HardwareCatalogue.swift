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

  /// The profile of a built-in name, of a file, or of what one built-in name alone is called, with
  /// some of its figures changed where they follow it (`ChangedFigures`).
  ///
  /// What contains a `/` or ends like a data file is a path and nothing else.
  /// - Throws: `InvalidInput` for an unknown name or an invalid profile, `FileFailure` for a path
  ///   that cannot be read.
  package static func load(nameOrPath: String) throws -> HardwareProfile {
    guard let changes = try ChangedFigures(nameOrPath) else {
      let file = try file(nameOrPath)
      return try HardwareProfile.read(text: file.text, file: file.path)
    }
    let file = try file(changes.machine)
    let profile = try HardwareProfile.read(text: file.text, file: file.path)
    return try changes.applied(to: profile, text: file.text, file: file.path)
  }

  /// Machines that somebody has timed and that are rented by the accelerator: what is compared
  /// where nobody names any.
  package static var usual: [String] {
    get throws {
      let all: [HardwareProfile] = try names.map { try load(nameOrPath: $0) }
      return all.filter { (profile: HardwareProfile) -> Bool in
        profile.isTimed && profile.release.state == .shipping
          && profile.prices.contains { $0.basis == .rental }
          && profile.sales.unit(of: .rental) == .accelerator
      }.map(\.name)
    }
  }

  /// The text of a profile as it is written.
  package static func text(nameOrPath: String) throws -> String { try file(nameOrPath).text }

  private static func file(_ nameOrPath: String) throws -> (text: String, path: String) {
    if !looksLikePath(nameOrPath) {
      let path = path(of: nameOrPath)
      if let text = BuiltInFiles.text(at: path) { return (text, path) }
    }
    do {
      return (try TextFile.read(nameOrPath), nameOrPath)
    } catch is FileFailure where !looksLikePath(nameOrPath) {
      let meant = candidates(for: nameOrPath)
      guard meant.count == 1 else { throw unknown(nameOrPath, meant) }
      return try file(meant[0])
    }
  }

  /// Names of machines apart from each other: a comma also stands before a change of the machine
  /// before it, `h200-sxm,memory.bandwidth=5 TB/s,b200-sxm`.
  package static func list(_ argument: String) -> [String] {
    argument.split(separator: ",").reduce(into: []) { names, part in
      if part.contains("="), let last = names.popLast() {
        names.append("\(last),\(part)")
      } else {
        names.append(String(part))
      }
    }
  }

  /// The built-in profile of exactly this name.
  static func builtIn(_ name: String, isRelative: Bool = false) throws -> HardwareProfile? {
    let path = path(of: name)
    return try BuiltInFiles.text(at: path).map {
      try HardwareProfile.read(text: $0, file: path, isRelative: isRelative)
    }
  }

  private static func path(of name: String) -> String { "\(folder)/\(name)\(ending)" }

  private static func looksLikePath(_ text: String) -> Bool {
    text.contains("/") || [".yaml", ".yml", ".json"].contains { text.hasSuffix($0) }
  }

  private static let describing =
    "describe it by its datasheet: `windtunnel init hardware card.yaml --memory '48 GB' "
    + "--bandwidth '700 GB/s' --bf16 '150 TFLOP/s'`"

  private static func unknown(_ name: String, _ meant: [String]) -> InvalidInput {
    var notes = ["known profiles: `windtunnel list hardware`"]
    if meant.count > 1 {
      notes.append("it may be one of \(meant.map { "`\($0)`" }.joined(separator: ", "))")
    }
    if let reason = absent[words(name).filter { $0 != "nvidia" }.joined()] { notes.append(reason) }
    let nearest = meant.isEmpty ? Suggestion.nearest(to: name, in: names) : nil
    return InvalidInput(
      Diagnostic(
        code: "hardware/unknown-profile", "unknown hardware profile `\(name)`", notes: notes,
        hint: nearest.map { "did you mean `\($0)`?" }
          ?? (meant.isEmpty ? describing : "name one")))
  }
}
