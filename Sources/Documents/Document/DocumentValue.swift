internal import FoundationEssentials
internal import Units

/// A document as a tree, the keys of an object in order.
package indirect enum DocumentValue: Equatable, Sendable {
  case object([Member])
  case array([DocumentValue])
  case text(String)
  case number(Double)
  /// A whole number in digits: as large as seeds may be.
  case whole(String)
  case bool(Bool)
  case null

  package struct Member: Equatable, Sendable {
    package var key: String
    package var value: DocumentValue
  }

  /// A number to six digits, as documents have it.
  package static func rounded(_ value: Double) -> DocumentValue {
    .number(ReportNumber.rounded(value, digits: DocumentEncoder.digits))
  }

  /// What is not made of others, as a program reads it.
  package var scalarText: String? {
    switch self {
    case .object, .array: return nil
    case .text(let text), .whole(let text): return text
    case .bool(let flag): return "\(flag)"
    case .null: return "null"
    case .number(let number):
      let text = number.description
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
  }

  var number: Double? {
    switch self {
    case .number(let number): number
    case .whole(let digits): Double(digits)
    default: nil
    }
  }

  /// Every scalar with its path: `results.ttft_ms.p99`, `machines.0.hardware`.
  package func leaves(at path: String = "") -> [(path: String, text: String)] {
    func below(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    return switch self {
    case .object(let members): members.flatMap { $0.value.leaves(at: below($0.key)) }
    case .array(let values):
      values.enumerated().flatMap { $1.leaves(at: below("\($0)")) }
    case .null: []
    default: [(path, scalarText ?? "")]
    }
  }

  package subscript(_ key: String) -> DocumentValue? {
    get {
      guard case .object(let members) = self else { return nil }
      return members.first { $0.key == key }?.value
    }
    set {
      guard case .object(var members) = self else { return }
      members.removeAll { $0.key == key }
      if let newValue { members.append(Member(key: key, value: newValue)) }
      self = .object(members.sorted { $0.key < $1.key })
    }
  }
}

extension DocumentValue: Decodable {
  /// - Throws: what is no JSON.
  init(json: String) throws {
    self = try JSONDecoder().decode(DocumentValue.self, from: Data(json.utf8))
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .whole("\(value)")
    } else if let value = try? container.decode(UInt64.self) {
      self = .whole("\(value)")
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let values = try? container.decode([DocumentValue].self) {
      self = .array(values)
    } else {
      let members = try container.decode([String: DocumentValue].self)
      self = .object(
        members.sorted { $0.key < $1.key }.map { Member(key: $0.key, value: $0.value) })
    }
  }
}
