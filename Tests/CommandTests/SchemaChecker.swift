import Diagnostics
import Foundation

/// As much of JSON Schema as the program's schemas use, to check files against them.
struct SchemaChecker {
  private let schema: [String: Any]

  /// - Throws: what is no JSON.
  init(_ text: String) throws {
    schema = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }

  /// Places where a file is not as the schema says.
  func problems(of text: String) throws -> [String] {
    problems(of: try ConfigSource(file: "tested", kind: "tested").parse(text), schema)
  }

  /// Mappings that take no keys but those of the schema, and how often another one was refused.
  func strangers(in text: String) throws -> (tried: Int, refused: Int) {
    strangers(try ConfigSource(file: "tested", kind: "tested").parse(text), schema)
  }

  private func problems(of node: ConfigNode, _ schema: [String: Any]) -> [String] {
    if let forms = schema["anyOf"] as? [[String: Any]] {
      let each = forms.map { problems(of: node, $0) }
      return each.contains([]) ? [] : each.min { $0.count < $1.count } ?? []
    }
    if let word = schema["const"] as? String { return node.scalarText == word ? [] : [node.path] }
    if let words = schema["enum"] as? [String] {
      return words.contains(node.scalarText ?? "") ? [] : [node.path]
    }
    let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] } ?? []
    guard types.isEmpty || types.contains(where: { isType($0, node) }) else {
      return ["\(node.path) is no \(types.joined(separator: " or "))"]
    }
    if types == ["object"] { return problemsOfKeys(node, schema) }
    if types == ["array"], let items = schema["items"] as? [String: Any] {
      return node.sequence().flatMap { problems(of: $0, items) }
    }
    if case .text(let text) = node.scalar, let pattern = schema["pattern"] as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      return ["\(node.path): \(text)"]
    }
    if case .number(let number) = node.scalar,
      (schema["minimum"] as? Double).map({ number < $0 }) ?? false
        || (schema["maximum"] as? Double).map({ number > $0 }) ?? false
    {
      return ["\(node.path): \(number)"]
    }
    return []
  }

  private func problemsOfKeys(_ node: ConfigNode, _ schema: [String: Any]) -> [String] {
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    let others = schema["additionalProperties"] as? [String: Any]
    let entries = node.mapping().entries()
    let missing = (schema["required"] as? [String] ?? []).filter { key in
      !entries.contains { $0.key == key }
    }
    return missing.map { "\(node.path) needs \($0)" }
      + entries.flatMap { key, value -> [String] in
        (properties[key] ?? others).map { problems(of: value, $0) } ?? ["unknown \(value.path)"]
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

  private func strangers(_ node: ConfigNode, _ schema: [String: Any]) -> (tried: Int, refused: Int)
  {
    if let forms = schema["anyOf"] as? [[String: Any]] {
      let fitting = forms.first { problems(of: node, $0).isEmpty }
      return fitting.map { strangers(node, $0) } ?? (0, 0)
    }
    guard node.isMapping, let properties = schema["properties"] as? [String: [String: Any]] else {
      return (0, 0)
    }
    var sum = (tried: 0, refused: 0)
    if schema["additionalProperties"] as? Bool == false {
      sum = (1, properties["nobodys_key"] == nil ? 1 : 0)
    }
    for (key, value) in node.mapping().entries() {
      let below = properties[key].map { strangers(value, $0) } ?? (tried: 0, refused: 0)
      sum = (sum.tried + below.tried, sum.refused + below.refused)
    }
    return sum
  }
}
