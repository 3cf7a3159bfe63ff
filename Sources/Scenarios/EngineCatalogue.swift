internal import BuiltInFiles
internal import Diagnostics

/// The engine profiles that travel inside the binary, and those in files.
package enum EngineCatalogue {
  private static let folder = "Sources/BuiltInFiles/EngineProfiles"

  package static let names: [String] = BuiltInFiles.paths(below: folder, ending: ".yaml")
    .map { String($0.dropFirst(folder.count + 1).dropLast(5)) }
    .sorted()

  /// The profile of a name, of a release by name (`vllm@0.11`), or in a file.
  ///
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
      return try released(nameOrPath)
    }
    return try read(text: try TextFile.read(nameOrPath), file: nameOrPath)
  }

  /// The profile of the generation that the release of a name like `engine@release` belongs to.
  private static func released(_ name: String) throws -> EngineProfile {
    let parts = name.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, names.contains(String(parts[0])) else {
      throw InvalidInput(
        Diagnostic(
          code: "engine/unknown-profile", "unknown engine profile `\(name)`",
          notes: ["known profiles: `windtunnel list engines`"],
          hint: Suggestion.nearest(to: name, in: names).map { "did you mean `\($0)`?" }))
    }
    let generations = try generations(of: String(parts[0]))
    let oldest = generations.last?.since?.text ?? ""
    guard let release = EngineRelease(parts[1]) else {
      throw InvalidInput(
        Diagnostic(
          code: "engine/unknown-release", "no release of `\(parts[0])`: \(parts[1])",
          hint: "write its numbers, as in `\(parts[0])@\(oldest)`"))
    }
    guard let profile = generations.first(where: { $0.since.map { $0 <= release } ?? true }) else {
      throw InvalidInput(
        Diagnostic(
          code: "engine/unknown-release",
          "nothing is known of releases of `\(parts[0])` before \(oldest): \(release.text)",
          hint: "the oldest is `\(parts[0])@\(oldest)`"))
    }
    return profile
  }

  /// Every generation of an engine that has a profile, the newest first.
  package static func generations(of engine: String) throws -> [EngineProfile] {
    try names.filter { $0 == engine || $0.hasPrefix("\(engine)@") }
      .map { try load(nameOrPath: $0) }
      .sorted { one, other in
        guard let first = one.since, let second = other.since else { return other.since == nil }
        return first > second
      }
  }

  /// A built-in profile as it is written.
  package static func text(nameOrPath: String) throws -> String {
    try BuiltInFiles.text(at: "\(folder)/\(nameOrPath).yaml") ?? TextFile.read(nameOrPath)
  }

  /// The profile of an engine in a folder: of its release, or else of all releases.
  ///
  /// What it extends is another file of the folder where there is one, so that a release has what
  /// the folder says of its engine. A file that has the name of what it extends, and one that is
  /// extended, extend the program's own: so this ends.
  package static func load(_ engine: String, in folder: String) throws -> EngineProfile {
    func path(_ name: String) -> String { "\(folder)/\(name).yaml" }
    let family = path(EngineProfile.family(of: engine))
    let file = TextFile.exists(path(engine)) ? path(engine) : family
    return try read(text: try TextFile.read(file), file: file) { name in
      guard path(name) != file, TextFile.exists(path(name)) else { return nil }
      return try load(nameOrPath: path(name))
    }
  }

  /// - Parameter own: the profile of a name that comes before the built-in one.
  package static func read(
    text: String, file: String, extending own: (String) throws -> EngineProfile? = { _ in nil }
  ) throws -> EngineProfile {
    let source = ConfigSource(file: file, kind: "engine")
    let root = try source.parse(text)
    var base: EngineProfile?
    if let node = EngineProfileReader.extended(root) {
      let name = node.string()
      // One that extends another is never extended itself, so this ends.
      if names.contains(name), !name.contains("@") {
        base = try own(name) ?? load(nameOrPath: name)
      } else {
        node.report(
          "unknown-profile", "`extends` must be a built-in engine: \(name)",
          hint: Suggestion.nearest(to: name, in: names).map { "did you mean `\($0)`?" })
        try source.check()
      }
    }
    var reader = EngineProfileReader(source: source, extending: base)
    return try reader.read(root)
  }
}

extension EngineProfile {
  /// The engine whatever its release: `vllm` of `vllm@0.11`.
  package static func family(of name: String) -> String {
    String(name.prefix { $0 != "@" })
  }
}
