/// The targets as `Package.swift` states them, read as text.
struct PackageTable {
  struct Room {
    let name: String
    /// Modules, by the names that sources import them under.
    let imports: [String]
    let line: Int
  }

  /// Lowest first.
  let rooms: [Room]
  /// Without those that are tests.
  let executables: [Room]
  let plugins: [String]

  init(_ manifest: String) {
    let products = Dictionary(
      Self.product.matches(in: manifest).map { ($0.groups[1], $0.groups[2]) },
      uniquingKeysWith: { first, _ in first })
    func read(_ pattern: Pattern, _ text: String) -> [Room] {
      pattern.matches(in: text).map { match in
        let imports = Self.item.matches(in: match.groups[2]).map { item in
          item.groups[1].isEmpty ? products[item.groups[2]] ?? item.groups[2] : item.groups[1]
        }
        return Room(name: match.groups[1], imports: imports, line: match.line)
      }
    }
    let table = Self.table.matches(in: manifest).first
    let above = table.map { $0.line - 1 } ?? 0
    rooms = read(Self.room, table?.groups[1] ?? "").map {
      Room(name: $0.name, imports: $0.imports, line: $0.line + above)
    }
    executables = read(Self.executable, manifest)
    plugins = Self.plugin.matches(in: manifest).map { $0.groups[1] }
  }

  private static let table = Pattern(#"^let rooms: \[.*\] = (\[(?s:.*?)\n\]$)"#)
  private static let room = Pattern(#"\(\s*"(\w+)",\s*\[([^\]]*)\]"#)
  private static let item = Pattern(#""(\w+)"|\.(\w+)"#)
  private static let product = Pattern(#"static var (\w+): Self \{\s*\.product\(name: "(\w+)""#)
  private static let executable = Pattern(
    #"\.executableTarget\(\s*name: "(\w+)"(?:,\s*dependencies: \[([^\]]*)\])?+"#
      + #"(?!,\s*path: "Tests/)"#)
  private static let plugin = Pattern(#"\.plugin\(\s*name: "(\w+)""#)
}
