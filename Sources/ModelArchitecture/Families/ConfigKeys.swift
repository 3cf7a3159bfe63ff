internal import Diagnostics

/// The keys of one `config.json` as a family's table names them: what the file states, under any of
/// the names writers use, else what the library's class has.
///
/// A key that is null is null and not absent, as in the library. Configs carry dozens of keys that
/// do not concern cost, so a key nobody asks for is not an error.
final class ConfigKeys {
  /// The whole file.
  let root: ConfigMapping
  /// The language model's keys: a mapping inside, or the whole file.
  let text: ConfigMapping
  let isNested: Bool
  private let table: FamilyTable
  private var stated: [String: FamilyValue?] = [:]
  /// Keys of layers that differ, by the layer's number: `per_layer_config: {"05": {...}}`.
  private let layerMaps: [Int: ConfigMapping]

  init(root: ConfigMapping, text: ConfigMapping?, table: FamilyTable) {
    self.root = root
    self.text = text ?? root
    isNested = text != nil
    self.table = table
    var maps: [Int: ConfigMapping] = [:]
    if let node = self.text.optional("per_layer_config"), node.isMapping {
      for (key, value) in node.mapping().entries() where value.isMapping {
        if let layer = Int(key) { maps[layer] = value.mapping() }
      }
    }
    layerMaps = maps
  }

  var variesByLayer: Bool { !layerMaps.isEmpty }

  /// What the file states or the class has.
  func value(of key: String, layer: Int? = nil) -> FamilyValue {
    if let layer, let map = layerMaps[layer], let value = Self.value(of: key, in: map) {
      return value
    }
    return stated(key) ?? table.defaults[key] ?? .null
  }

  /// Nil when the file does not have the key under any of its names.
  func stated(_ key: String) -> FamilyValue? {
    if let known = stated[key] { return known }
    let value = names(of: key).lazy.compactMap { self.find($0) }.first
    stated[key] = .some(value)
    return value
  }

  /// Where a message about a key points.
  func node(of key: String) -> ConfigNode? {
    names(of: key).lazy.compactMap { name -> ConfigNode? in
      let (map, path) = self.scope(of: name)
      return Self.node(path, in: map)
    }.first
  }

  /// The class has a value for it.
  func hasDefault(_ key: String) -> Bool { table.defaults[key] != nil }

  private func names(of key: String) -> [String] { [key] + (table.names[key] ?? []) }

  private func find(_ name: String) -> FamilyValue? {
    let (map, path) = scope(of: name)
    return Self.value(of: path, in: map)
  }

  private func scope(of name: String) -> (ConfigMapping, String) {
    name.hasPrefix("root.") ? (root, String(name.dropFirst(5))) : (text, name)
  }

  private static func value(of path: String, in map: ConfigMapping) -> FamilyValue? {
    if let node = node(path, in: map) { return value(of: node) }
    // Present without a value is null; `optional` tells no difference.
    guard let dot = path.lastIndex(of: ".") else { return map.keys.contains(path) ? .null : nil }
    guard let parent = node(String(path[..<dot]), in: map), parent.isMapping else { return nil }
    let last = String(path[path.index(after: dot)...])
    return parent.mapping().keys.contains(last) ? .null : nil
  }

  /// A number in quotes is none to the library either, and what follows from it is read all the
  /// same, so that this is the only report.
  private static func value(of node: ConfigNode) -> FamilyValue {
    let value = FamilyValue(node)
    guard let text = value.text, let number = Double(text), number.isFinite else { return value }
    node.report(
      "wrong-type", "`\(node.path)` must be a number, and is a text: \"\(text)\"",
      hint: "write it without quotes")
    return .number(number)
  }

  private static func node(_ path: String, in map: ConfigMapping) -> ConfigNode? {
    guard let dot = path.firstIndex(of: ".") else { return map.optional(path) }
    guard let inner = map.optional(String(path[..<dot])), inner.isMapping else { return nil }
    return node(String(path[path.index(after: dot)...]), in: inner.mapping())
  }
}
