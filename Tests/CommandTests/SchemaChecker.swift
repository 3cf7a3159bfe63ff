import Diagnostics
import Foundation

/// As much of JSON Schema as the program's schemas use, to check files against them.
struct SchemaChecker {
  private let schema: SchemaRule

  /// - Throws: what is no JSON.
  init(_ text: String) throws {
    schema = try SchemaRule(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:])
  }

  /// Places where a file is not as the schema says.
  func problems(of text: String) throws -> [String] {
    problems(of: try ConfigSource(file: "tested", kind: "tested").parse(text), schema)
  }

  /// Mappings that take no keys but those of the schema, and how often another one was refused.
  func strangers(in text: String) throws -> (tried: Int, refused: Int) {
    strangers(try ConfigSource(file: "tested", kind: "tested").parse(text), schema)
  }

  private func problems(of node: ConfigNode, _ rule: SchemaRule) -> [String] {
    if !rule.anyOf.isEmpty {
      let each = rule.anyOf.map { problems(of: node, $0) }
      return each.contains([]) ? [] : each.min { $0.count < $1.count } ?? []
    }
    if let word = rule.constant { return node.scalarText == word ? [] : [node.path] }
    if let words = rule.words { return words.contains(node.scalarText ?? "") ? [] : [node.path] }
    guard rule.types.isEmpty || rule.types.contains(where: { isType($0, node) }) else {
      return ["\(node.path) is no \(rule.types.joined(separator: " or "))"]
    }
    if rule.types == ["object"] { return problemsOfKeys(node, rule) }
    if rule.types == ["array"], let items = rule.items.first {
      return node.sequence().flatMap { problems(of: $0, items) }
    }
    switch node.scalar {
    case .text(let text):
      let all = NSRange(text.startIndex..., in: text)
      return rule.pattern.map { $0.firstMatch(in: text, range: all) != nil } ?? true
        ? [] : ["\(node.path): \(text)"]
    case .number(let number):
      return rule.range.contains(number) ? [] : ["\(node.path): \(number)"]
    default: return []
    }
  }

  private func problemsOfKeys(_ node: ConfigNode, _ rule: SchemaRule) -> [String] {
    let entries = node.mapping().entries()
    let missing = rule.required.filter { key in !entries.contains { $0.key == key } }
    return missing.map { "\(node.path) needs \($0)" }
      + entries.flatMap { key, value -> [String] in
        (rule.properties?[key] ?? rule.others.first).map { problems(of: value, $0) }
          ?? ["unknown \(value.path)"]
      }
  }

  private func isType(_ type: String, _ node: ConfigNode) -> Bool {
    switch type {
    case "object": return node.isMapping
    case "array": return node.isSequence
    case "null": return node.isNull
    default: break
    }
    switch (type, node.scalar) {
    case ("string", .text), ("number", .number), ("boolean", .boolean): return true
    case ("integer", .number(let number)): return number == number.rounded()
    default: return false
    }
  }

  private func strangers(_ node: ConfigNode, _ rule: SchemaRule) -> (tried: Int, refused: Int) {
    if !rule.anyOf.isEmpty {
      let fitting = rule.anyOf.first { problems(of: node, $0).isEmpty }
      return fitting.map { strangers(node, $0) } ?? (0, 0)
    }
    guard node.isMapping, let properties = rule.properties else { return (0, 0) }
    var sum = (tried: 0, refused: 0)
    if rule.isClosed { sum = (1, properties["nobodys_key"] == nil ? 1 : 0) }
    for (key, value) in node.mapping().entries() {
      let below = properties[key].map { strangers(value, $0) } ?? (tried: 0, refused: 0)
      sum = (sum.tried + below.tried, sum.refused + below.refused)
    }
    return sum
  }
}

/// What one place of a schema says, read once: a thousand values are held against it.
private struct SchemaRule {
  let anyOf: [SchemaRule]
  let constant: String?
  let words: [String]?
  let types: [String]
  let items: [SchemaRule]
  let pattern: NSRegularExpression?
  let range: ClosedRange<Double>
  let properties: [String: SchemaRule]?
  let others: [SchemaRule]
  let isClosed: Bool
  let required: [String]

  /// - Throws: what is no regular expression.
  init(_ schema: [String: Any]) throws {
    func rules(_ key: String) throws -> [SchemaRule] {
      try (schema[key] as? [String: Any]).map { [try SchemaRule($0)] } ?? []
    }
    anyOf = try (schema["anyOf"] as? [[String: Any]] ?? []).map { try SchemaRule($0) }
    constant = schema["const"] as? String
    words = schema["enum"] as? [String]
    types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] } ?? []
    items = try rules("items")
    pattern = try (schema["pattern"] as? String).map { try NSRegularExpression(pattern: $0) }
    range =
      (schema["minimum"] as? Double ?? -.infinity)...(schema["maximum"] as? Double ?? .infinity)
    properties = try (schema["properties"] as? [String: [String: Any]])?
      .mapValues { try SchemaRule($0) }
    others = try rules("additionalProperties")
    isClosed = schema["additionalProperties"] as? Bool == false
    required = schema["required"] as? [String] ?? []
  }
}
