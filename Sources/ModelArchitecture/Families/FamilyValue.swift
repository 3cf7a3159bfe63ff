internal import Diagnostics

/// What a key of a config or an expression of a family table comes to.
enum FamilyValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  case number(Double)
  case text(String)
  case list([FamilyValue])
  case mapping([String: FamilyValue])

  init(_ node: ConfigNode) {
    if let scalar = node.scalar {
      switch scalar {
      case .null: self = .null
      case .boolean(let value): self = .boolean(value)
      case .number(let value): self = .number(value)
      case .text(let value): self = .text(value)
      }
    } else if node.isSequence {
      self = .list(node.sequence().map(FamilyValue.init))
    } else {
      let entries = node.isMapping ? node.mapping().entries() : []
      self = .mapping(
        Dictionary(entries.map { ($0.key, FamilyValue($0.value)) }) { first, _ in first })
    }
  }

  var isNull: Bool { self == .null }

  /// Whether Python takes the value for true: zero, nothing and what is empty are false.
  var isTrue: Bool {
    switch self {
    case .null: false
    case .boolean(let value): value
    case .number(let value): value != 0
    case .text(let value): !value.isEmpty
    case .list(let values): !values.isEmpty
    case .mapping(let entries): !entries.isEmpty
    }
  }

  /// A truth value counts as 0 or 1.
  var number: Double? {
    switch self {
    case .number(let value): value
    case .boolean(let value): value ? 1 : 0
    default: nil
    }
  }

  var integer: Int? {
    guard let number, number == number.rounded(), number.magnitude < 0x1p53 else { return nil }
    return Int(number)
  }

  var text: String? {
    if case .text(let value) = self { value } else { nil }
  }

  /// Numbers and truth values by their value, the rest by their kind too.
  func isEqual(to other: FamilyValue) -> Bool {
    if let left = number, let right = other.number { return left == right }
    return self == other
  }

  /// The words for it in a message.
  var shown: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number(let value):
      integer.map { String($0) } ?? String(value)
    case .text(let value): value
    case .list(let values): "a list of \(values.count)"
    case .mapping: "a mapping"
    }
  }
}
