internal import Units

/// What a document's type says of its keys, where it is not the plain rule: names in snake case,
/// numbers to six significant digits.
package protocol DocumentKeys {
  static var keys: DocumentNames { get }
}

package struct DocumentNames: Sendable {
  /// Keys by the property's name.
  var names: [String: String]
  /// Properties that are written to nine digits: what is compared.
  var exact: Set<String>
  /// Properties that are written as they are: sums that must add up to the last digit.
  var whole: Set<String>

  package init(
    _ names: [String: String] = [:], exact: Set<String> = [], whole: Set<String> = []
  ) {
    self.names = names
    self.exact = exact
    self.whole = whole
  }

  /// Nil where nothing is rounded.
  func digits(of name: String, plain: Int?) -> Int? {
    if whole.contains(name) { return nil }
    return exact.contains(name) ? DocumentEncoder.exactDigits : plain
  }

  func key(of name: String) -> String { names[name] ?? Self.snakeCase(name) }

  /// `maximumContext` becomes `maximum_context`.
  private static func snakeCase(_ name: String) -> String {
    var key = ""
    for character in name {
      if character.isUppercase {
        key += "_" + character.lowercased()
      } else {
        key.append(character)
      }
    }
    return key
  }
}

/// Turns any result into the tree that is written: the one place that names keys and rounds.
package struct DocumentEncoder {
  /// Significant digits of a plain number: as exact as any result is, and the same wherever the
  /// last bits of a sum differ.
  static let digits = 6
  static let exactDigits = 9

  package static func tree(of value: some Encodable) throws -> DocumentValue {
    let node = Node()
    try node.set(value, digits: digits)
    return node.value
  }
}

/// A place in the tree that is being written.
private final class Node {
  private enum Content {
    case none
    case scalar(DocumentValue)
    case object([String: Node])
    case array([Node])
  }

  private var content = Content.none

  var value: DocumentValue {
    switch content {
    case .none: .null
    case .scalar(let value): value
    case .array(let nodes): .array(nodes.map(\.value))
    case .object(let nodes):
      .object(
        nodes.sorted { $0.key < $1.key }.map { DocumentValue.Member(key: $0, value: $1.value) })
    }
  }

  func makeObject() { if case .object = content {} else { content = .object([:]) } }
  func makeArray() { if case .array = content {} else { content = .array([]) } }

  func member(_ key: String) -> Node {
    let node = Node()
    if case .object(var nodes) = content {
      // Held once, so that it is not copied for each of its members.
      content = .none
      nodes[key] = node
      content = .object(nodes)
    }
    return node
  }

  func appended() -> Node {
    let node = Node()
    if case .array(var nodes) = content {
      content = .none
      nodes.append(node)
      content = .array(nodes)
    }
    return node
  }

  var count: Int { if case .array(let nodes) = content { nodes.count } else { 0 } }

  func set(scalar: DocumentValue) { content = .scalar(scalar) }

  func set(_ value: some Encodable, digits: Int?) throws {
    switch value {
    case let number as Double:
      set(scalar: .number(digits.map { ReportNumber.rounded(number, digits: $0) } ?? number))
    case let number as any BinaryInteger: set(scalar: .whole("\(number)"))
    case let words as String: set(scalar: .text(words))
    case let flag as Bool: set(scalar: .bool(flag))
    case let members as [String: any Encodable]:
      // Its keys are data, and stay as they are.
      makeObject()
      for (key, value) in members { try member(key).set(value, digits: digits) }
    default:
      let names = (type(of: value) as? any DocumentKeys.Type)?.keys ?? DocumentNames()
      try value.encode(to: NodeEncoder(node: self, names: names, digits: digits))
    }
  }
}

private struct NodeEncoder: Encoder {
  let node: Node
  let names: DocumentNames
  let digits: Int?

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    node.makeObject()
    return KeyedEncodingContainer(Members(node: node, names: names, digits: digits))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.makeArray()
    return Elements(node: node, digits: digits)
  }
  func singleValueContainer() -> any SingleValueEncodingContainer {
    Scalar(node: node, digits: digits)
  }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: Node
  let names: DocumentNames
  let digits: Int?

  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil(forKey key: Key) {
    node.member(names.key(of: key.stringValue)).set(scalar: .null)
  }
  mutating func encode(_ value: some Encodable, forKey key: Key) throws {
    let name = key.stringValue
    try node.member(names.key(of: name)).set(
      value, digits: names.digits(of: name, plain: digits))
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    nested(key).container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    nested(key).unkeyedContainer()
  }
  mutating func superEncoder() -> any Encoder {
    NodeEncoder(node: node, names: names, digits: digits)
  }
  mutating func superEncoder(forKey key: Key) -> any Encoder { nested(key) }

  private func nested(_ key: Key) -> NodeEncoder {
    NodeEncoder(
      node: node.member(names.key(of: key.stringValue)), names: DocumentNames(), digits: digits)
  }
}

private struct Elements: UnkeyedEncodingContainer {
  let node: Node
  let digits: Int?

  var codingPath: [any CodingKey] { [] }
  var count: Int { node.count }

  mutating func encodeNil() { node.appended().set(scalar: .null) }
  mutating func encode(_ value: some Encodable) throws {
    try node.appended().set(value, digits: digits)
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    nested().container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    nested().unkeyedContainer()
  }
  mutating func superEncoder() -> any Encoder { nested() }

  private func nested() -> NodeEncoder {
    NodeEncoder(node: node.appended(), names: DocumentNames(), digits: digits)
  }
}

private struct Scalar: SingleValueEncodingContainer {
  let node: Node
  let digits: Int?

  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil() { node.set(scalar: .null) }
  mutating func encode(_ value: some Encodable) throws { try node.set(value, digits: digits) }
}
