/// Arrows go one way: which room may import what.
struct Layering {
  /// A further one needs a line in the README's list of dependencies.
  static let products: Set = [
    "ArgumentParser", "BasicContainers", "DequeModule", "HeapModule", "Yams",
  ]
  private static let platforms: Set = ["Glibc", "Musl", "Darwin"]
  /// They come with Swift on every platform.
  private static let toolchain: Set = ["Dispatch", "FoundationEssentials", "Synchronization"]
  /// They run while the package is built, and are no part of the program.
  private static let embedding: Set = ["EmbedFilesTool", "EmbedFilesPlugin"]

  let table: PackageTable

  /// Of the table by itself. Arrows that only go up leave no way to come back, hence no cycles.
  var tableViolations: [Violation] {
    var above = Self.products
    return table.rooms.flatMap { room in
      defer { above.insert(room.name) }
      return room.imports.filter { !above.contains($0) }.map { module in
        let isRoom = table.rooms.contains { $0.name == module }
        return Violation(
          path: "Package.swift", line: room.line,
          message: isRoom
            ? "\(room.name) lists \(module), which is not above it: arrows only go up the table"
            : "\(room.name) lists \(module), which is neither a room nor a known dependency")
      }
    }
  }

  func violations(in files: [SourceFile]) -> [Violation] {
    files.flatMap(violations(in:)) + unusedImports(in: files)
  }

  private func violations(in file: SourceFile) -> [Violation] {
    let room = (table.rooms + table.executables).first { $0.name == file.room }
    guard room != nil || table.plugins.contains(file.room) else {
      let message = "`\(file.room)` is no room: add a row to the table in Package.swift"
      return [file.violation(1, message)]
    }
    if Self.embedding.contains(file.room) {
      return Import.all(in: file)
        .filter { $0.module != "Foundation" && $0.module != "PackagePlugin" }
        .map { file.violation($0.line, "\(file.room) imports \($0.module): Foundation only") }
    }
    return Import.all(in: file).compactMap { found in
      fault(of: found, in: room?.imports ?? [], file.room).map { file.violation(found.line, $0) }
    }
  }

  private func fault(of found: Import, in listed: [String], _ room: String) -> String? {
    if found.isTestable { return "`@testable import \(found.module)` belongs into tests" }
    if found.module == "Foundation" {
      return "import FoundationEssentials instead of Foundation: it starts faster and is smaller"
    }
    if Self.toolchain.contains(found.module) || listed.contains(found.module) { return nil }
    guard Self.platforms.contains(found.module) else {
      return "\(room) imports \(found.module), which its row in Package.swift does not list"
    }
    return found.isGuarded ? nil : "import \(found.module) under `#if canImport(...)`"
  }

  private func unusedImports(in files: [SourceFile]) -> [Violation] {
    let used = Dictionary(grouping: files, by: \.room)
      .mapValues { Set($0.flatMap(Import.all(in:)).map(\.module)) }
    return (table.rooms + table.executables).flatMap { room in
      room.imports.filter { used[room.name]?.contains($0) != true }.map { module in
        Violation(
          path: "Package.swift", line: room.line,
          message: "\(room.name) lists \(module) and no file of it imports that: strike it out")
      }
    }
  }
}

struct Import {
  let module: String
  let line: Int
  let isTestable: Bool
  /// Whether it stands in a branch of an `#if canImport(...)`.
  let isGuarded: Bool

  private static let pattern = Pattern(
    #"^[ \t]*((?:@\w+(?:\([^)]*\))?\s+)*)(?:(?:public|package|internal|fileprivate|private)\s+)?"#
      + #"import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var)\s+)?(\w+)"#)
  private static let condition = Pattern(#"^[ \t]*#(if|endif)\b(.*)$"#)

  static func all(in file: SourceFile) -> [Import] {
    var conditions = condition.matches(in: file.code)[...]
    var guards: [Bool] = []
    return pattern.matches(in: file.code).map { match in
      while let condition = conditions.first, condition.offset < match.offset {
        if condition.groups[1] == "if" {
          guards.append(condition.groups[2].contains("canImport("))
        } else {
          _ = guards.popLast()
        }
        conditions.removeFirst()
      }
      return Import(
        module: match.groups[2], line: match.line,
        isTestable: match.groups[1].contains("@testable"), isGuarded: guards.contains(true))
    }
  }
}
