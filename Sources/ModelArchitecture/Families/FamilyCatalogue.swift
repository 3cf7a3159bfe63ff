internal import BuiltInFiles
internal import Diagnostics
internal import Synchronization

/// The family tables in the binary. Only the entries that a model needs are parsed.
enum FamilyCatalogue {
  static let folder = "Sources/BuiltInFiles/ModelFamilies"
  /// What every family starts from.
  static let base = "base"
  /// Types that are refused for a reason that many have in common, by that reason.
  private static let refusedFile = folder + "/refused.yaml"

  /// The `model_type` of every family that is read or refused with a reason of its own, sorted.
  static let types: [String] = entries.keys.filter { $0 != base }.sorted()

  /// The text of each entry, with the file that it stands in.
  private static let entries: [String: (path: String, text: Substring)] = {
    var found: [String: (path: String, text: Substring)] = [:]
    for path in BuiltInFiles.paths(below: folder, ending: ".yaml") where path != refusedFile {
      let text = BuiltInFiles.text(at: path) ?? ""
      let starts = entryStarts(text.utf8)
      for (index, start) in starts.enumerated() {
        let end = index + 1 < starts.count ? starts[index + 1].start : text.endIndex
        found[start.type] = (path, text[start.start..<end])
      }
    }
    return found
  }()

  /// Where lines begin that are a key at the margin and nothing else.
  private static func entryStarts(
    _ text: String.UTF8View
  ) -> [(type: String, start: String.Index)] {
    var starts: [(type: String, start: String.Index)] = []
    var line = text.startIndex
    while line < text.endIndex {
      let end = text[line...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
      let content = text[line..<end]
      if let first = content.first, first != UInt8(ascii: " "), first != UInt8(ascii: "#"),
        content.last == UInt8(ascii: ":")
      {
        starts.append((String(Substring(content.dropLast())), line))
      }
      line = end < text.endIndex ? text.index(after: end) : end
    }
    return starts
  }

  /// Nil for a type that no table has.
  ///
  /// - Parameter parent: what the entry's differences are laid over; nil for what it is like.
  static func table(_ type: String, over parent: FamilyTable? = nil) -> FamilyTable? {
    if parent == nil, let known = read.withLock({ $0[type] }) { return known }
    let table = parse(type, over: parent)
    if parent == nil, let table { read.withLock { $0[type] = table } }
    return table
  }

  /// The tables that were needed, for programs that read many models.
  private static let read = Mutex<[String: FamilyTable]>([:])

  private static func parse(_ type: String, over parent: FamilyTable?) -> FamilyTable? {
    guard let (path, text) = entries[type] else { return refused(type) }
    let source = ConfigSource(file: path, kind: "family")
    do {
      let root = try source.parse(String(text)).mapping()
      guard let map = root.required(type)?.mapping() else {
        try source.check()
        return nil
      }
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
    types.first { type in
      let line = entries[type]?.text.split(separator: "\n").first { $0.hasPrefix("  class:") }
      let words = line?.dropFirst("  class:".count).split { " [],".contains($0) } ?? []
      return words.contains(Substring(name))
    }
  }

  private static func refused(_ type: String) -> FamilyTable? {
    let source = ConfigSource(file: refusedFile, kind: "family")
    guard let text = BuiltInFiles.text(at: refusedFile),
      let root = try? source.parse(text).mapping()
    else { return nil }
    for (reason, types) in root.entries() {
      guard types.sequence().contains(where: { $0.string() == type }) else { continue }
      var table = FamilyTable(type: type)
      table.notUnderstood = reason
      return table
    }
    return nil
  }
}
