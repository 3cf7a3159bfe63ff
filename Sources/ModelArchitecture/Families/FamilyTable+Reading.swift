internal import Diagnostics

extension FamilyTable {
  /// Reads an entry on top of the one it is like. Problems of the table go to its source.
  init(_ type: String, _ entry: ConfigMapping, on parent: FamilyTable?) {
    self = parent ?? FamilyTable(type: type)
    self.type = type
    classes = Self.words(entry.optional("class"))
    text = Self.words(entry.optional("text"))
    notUnderstood = entry.optional("not_understood")?.string()
    _ = entry.optional("like")
    if let family = entry.optional("text_family") { textFamily = family.string() }
    if let types = entry.optional("types") { layerTypes = Self.words(types) }
    for (key, node) in entry.optional("names")?.mapping().entries() ?? [] {
      names[key] = Self.words(node)
    }
    for (key, node) in entry.optional("defaults")?.mapping().entries() ?? [] {
      defaults[key] = FamilyValue(node)
    }
    for (key, node) in entry.optional("let")?.mapping().entries() ?? [] {
      definitions[key] = Self.expression(node)
    }
    for (key, node) in entry.optional("refuse")?.mapping().entries() ?? [] {
      let map = node.mapping()
      refusals.append(
        Refusal(
          key: key, condition: map.required("when").map(Self.expression) ?? .literal(.null),
          reason: map.required("because")?.string() ?? ""))
      map.finish()
    }
    for (group, known) in Self.groups.sorted(by: { $0.key < $1.key }) {
      guard let map = entry.optional(group)?.mapping() else { continue }
      for field in known where map.keys.contains(field) {
        // Null takes away what the other family has.
        fields["\(group).\(field)"] = map.optional(field).map(Self.expression) ?? .literal(.null)
      }
      if let list = map.optional("matrices") { readMatrices(list.mapping(), of: group) }
      map.finish()
    }
    entry.finish()
  }

  /// `name: [inputs, outputs]` or `name: [inputs, outputs, rows | columns | whole]`; `name: []`
  /// takes away one that the other family has.
  private mutating func readMatrices(_ map: ConfigMapping, of group: String) {
    for (name, node) in map.entries() {
      matrices[group, default: []].removeAll { $0.name == name }
      let parts = node.sequence()
      guard !parts.isEmpty else { continue }
      guard parts.count == 2 || parts.count == 3 else {
        node.report("wrong-type", "`\(node.path)` must be a list of two sides")
        continue
      }
      let cut = parts.count == 3 ? parts[2].choice(ProjectionCut.self, default: .columns) : .columns
      matrices[group, default: []].append(
        Matrix(
          name: name, inputs: Self.expression(parts[0]), outputs: Self.expression(parts[1]),
          cut: cut))
    }
  }

  private static func words(_ node: ConfigNode?) -> [String] {
    guard let node else { return [] }
    return node.isSequence ? node.sequence().map { $0.string() } : [node.string()]
  }

  private static func expression(_ node: ConfigNode) -> FamilyExpression {
    let text = node.isNull ? "null" : node.string()
    do {
      return try FamilyExpression(parsing: text)
    } catch {
      node.report("formula", "`\(node.path)` is not a formula: \(text)", notes: ["\(error)"])
      return .literal(.null)
    }
  }
}
