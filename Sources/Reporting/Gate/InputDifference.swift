internal import FoundationEssentials

/// Something that two results were made from, and that is not the same in both.
package struct InputDifference: Codable, Equatable, Sendable {
  /// Key path in the document, as `inputs.workload.rate_req_s`; of a figure behind the result, its
  /// file and key.
  package var path: String
  package var before: String?
  package var now: String?

  /// The differences of the seeds, of everything in `inputs`, and of the figures they rest on.
  ///
  /// - Parameters:
  ///   - before, now: documents as `ReportDocument.json()` writes them.
  package static func between(_ before: String, _ now: String) throws -> [InputDifference] {
    let old = try values(of: before)
    let new = try values(of: now)
    return Set(old.keys).union(new.keys).sorted().compactMap { path in
      guard old[path] != new[path] else { return nil }
      return InputDifference(path: path, before: old[path], now: new[path])
    }
  }

  private struct Document: Decodable {
    struct Provenance: Decodable {
      struct Entry: Decodable {
        var from: String
        var path: String
        var value: String?
      }

      var figures: [Entry]
    }

    var seed: UInt64?
    var inputs: JSONValue
    var provenance: Provenance?
  }

  private static func values(of json: String) throws -> [String: String] {
    let document = try JSONDecoder().decode(Document.self, from: Data(json.utf8))
    var values: [String: String] = [:]
    values["seed"] = document.seed.map { String($0) }
    document.inputs.add(to: &values, at: "inputs")
    for entry in document.provenance?.figures ?? [] {
      values["\(entry.from): \(entry.path)"] = entry.value
    }
    // The same scenario may lie elsewhere, and titles are words about what is compared anyway.
    return values.filter { path, _ in
      !path.hasPrefix("inputs.scenario.") && !path.hasSuffix(".title")
    }
  }
}

/// Any JSON.
private enum JSONValue: Decodable {
  case object([String: JSONValue])
  case array([JSONValue])
  case scalar(String)
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .scalar("\(value)")
    } else if let value = try? container.decode(Int64.self) {
      self = .scalar("\(value)")
    } else if let value = try? container.decode(Double.self) {
      self = .scalar("\(value)")
    } else if let value = try? container.decode(String.self) {
      self = .scalar(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// Every scalar by its path.
  func add(to values: inout [String: String], at path: String) {
    switch self {
    case .object(let children):
      for (key, child) in children { child.add(to: &values, at: "\(path).\(key)") }
    case .array(let children):
      for (index, child) in children.enumerated() { child.add(to: &values, at: "\(path).\(index)") }
    case .scalar(let text): values[path] = text
    case .null: break
    }
  }
}
