internal import Yams

/// One `--set PATH=VALUE`, or an option that stands for one: replaces or adds a key of a file
/// before it is read.
///
/// `workload.classes.0.share=0.5` counts list entries from 0. The value is YAML, so `4 req/s`,
/// `[1, 2]` and `{value: 3}` work. A path that does not exist in the schema is caught like any
/// unknown key.
package struct ConfigOverride: Equatable, Sendable {
  package var path: [String]
  package var value: String
  /// The override as typed, the option included: what messages show in the place of a file.
  package var place: String

  /// - Throws: `InvalidInput` when there is no `=` or no path.
  package init(argument: String) throws {
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
      throw InvalidInput(
        Diagnostic(
          code: "scenario/override", "`--set` needs PATH=VALUE: \(argument)",
          hint: "for example `--set workload.requests=1000`"))
    }
    path = argument[..<equals].split(separator: ".", omittingEmptySubsequences: false).map {
      String($0)
    }
    value = String(argument[argument.index(after: equals)...])
    place = "--set \(argument)"
  }

  /// For options of their own: `--hardware h100-sxm` sets `hardware`.
  package init(path: [String], value: String, place: String) {
    self.path = path
    self.value = value
    self.place = place
  }

  /// An override whose value is a name, quoted so that it is text whatever it looks like.
  package init(path: [String], name: String, place: String) {
    self.init(path: path, value: "'\(name.replacing("'", with: "''"))'", place: place)
  }

  /// What an override made of a file: everything at and below a path.
  struct Change {
    var path: String
    var place: String

    func covers(_ other: String) -> Bool { other == path || other.hasPrefix(path + ".") }
  }

  /// The file with the value in its place, and the shallowest path that is no longer the file's:
  /// mappings that had to be made on the way belong to the override like its value.
  func applied(to root: Node, kind: String) throws -> (root: Node, change: Change) {
    let text = YAMLText(value.isEmpty ? "''" : value, file: place, kind: kind)
    guard let replacement = try? text.composeIfAny() else {
      throw InvalidInput(
        Diagnostic(
          code: "\(kind)/override", "the value is not valid YAML: \(value)",
          at: SourceLocation(file: place)))
    }
    var depth = path.count
    let changed = try setting(replacement, at: path[...], in: root, kind: kind, madeFrom: &depth)
    return (changed, Change(path: path.prefix(depth).joined(separator: "."), place: place))
  }

  private func setting(
    _ replacement: Node, at path: ArraySlice<String>, in node: Node, kind: String,
    madeFrom depth: inout Int
  ) throws -> Node {
    guard let key = path.first else { return replacement }
    switch node {
    case .mapping(var mapping):
      // Found by its text: the parser tells a key `8` from a key `"8"`.
      let name = mapping.keys.first { $0.scalar?.string == key } ?? Node(key)
      let child = mapping[name] ?? Self.nothing
      if mapping[name] == nil { depth = min(depth, path.startIndex + 1) }
      mapping[name] = try setting(
        replacement, at: path.dropFirst(), in: child, kind: kind, madeFrom: &depth)
      return .mapping(mapping)
    case .sequence(var sequence):
      guard let index = Int(key), sequence.indices.contains(index) else {
        throw notFound("there is no entry `\(key)` in a list of \(sequence.count)", kind)
      }
      sequence[index] = try setting(
        replacement, at: path.dropFirst(), in: sequence[index], kind: kind, madeFrom: &depth)
      return .sequence(sequence)
    default:
      // A plain value gives way to a mapping: `--set hardware.name=x` on `hardware: y`.
      depth = min(depth, path.startIndex)
      return try setting(replacement, at: path, in: Self.nothing, kind: kind, madeFrom: &depth)
    }
  }

  private static var nothing: Node { Node([(Node, Node)]()) }

  private func notFound(_ reason: String, _ kind: String) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "\(kind)/override", reason, at: SourceLocation(file: place)))
  }
}
