internal import BuiltInFiles
internal import Diagnostics

/// The family tables in the binary. Only the entries that a model needs are parsed.
enum FamilyCatalogue {
  static let folder = "Sources/BuiltInFiles/ModelFamilies"
  /// What every family starts from.
  static let base = "base"

  /// The `model_type` of every entry, refused families too, sorted.
  static let types: [String] = files.flatMap { $0.text.split(separator: "\n").compactMap(key) }
    .filter { $0 != base }.sorted()

  private static let files: [(path: String, text: String)] =
    BuiltInFiles.paths(below: folder, ending: ".yaml").map { path in
      (path, BuiltInFiles.text(at: path) ?? "")
    }

  /// Nil for a type that no table has.
  ///
  /// - Parameter parent: what the entry's differences are laid over; nil for what it is like.
  static func table(_ type: String, over parent: FamilyTable? = nil) -> FamilyTable? {
    guard let (path, text) = entry(type) else { return nil }
    let source = ConfigSource(file: path, kind: "family")
    do {
      let root = try source.parse(text).mapping()
      guard let map = root.required(type)?.mapping() else { try source.check(); return nil }
      let like = map.optional("like")?.string() ?? base
      let table = FamilyTable(
        type, map, on: parent ?? (type == base ? nil : Self.table(like)))
      try source.check()
      return table
    } catch {
      preconditionFailure("a family table is broken: \(error)")
    }
  }

  /// The type of a class of the library, for files that do not say their type.
  static func type(ofClass name: String) -> String? {
    for (_, text) in files {
      var type: String?
      for line in text.split(separator: "\n") {
        if let key = key(line) { type = key }
        guard line.hasPrefix("  class:") else { continue }
        let words = line.dropFirst("  class:".count).split { " [],".contains($0) }
        if words.contains(Substring(name)) { return type }
      }
    }
    return nil
  }

  /// An entry alone, from its key to the next one.
  private static func entry(_ type: String) -> (path: String, text: String)? {
    for (path, text) in files {
      guard let start = ("\n" + text).firstRange(of: "\n\(type):\n") else { continue }
      let rest = ("\n" + text)[start.lowerBound...].dropFirst()
      var lines: [Substring] = []
      for line in rest.split(separator: "\n", omittingEmptySubsequences: false) {
        if !lines.isEmpty, key(line) != nil { break }
        lines.append(line)
      }
      return (path, lines.joined(separator: "\n"))
    }
    return nil
  }

  /// The key of a line that begins an entry.
  private static func key(_ line: Substring) -> String? {
    guard let first = line.first, first.isLetter, line.last == ":" else { return nil }
    return String(line.dropLast())
  }
}
