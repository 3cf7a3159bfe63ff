internal import Units

/// The schema of a kind of file, as editors and validators understand it (JSON Schema 2020-12).
///
///     JSONSchema(title: "scenario", id: "windtunnel/scenario/1") { text in
///       _ = try? ScenarioCatalogue.read(text: text, file: JSONSchema.probedFile)
///     }
///
/// It is what the reader was seen to ask for (`SchemaExplorer`): a key that it does not know is not
/// in it, and one that it knows is.
package struct JSONSchema {
  /// The name under which a reader must read what is tried.
  package static let probedFile = ConfigObserver.probedFile

  private let title: String
  private let id: String
  private let seen: [String: ConfigObserver.Sight]

  /// - Parameter names: of other files that such a file may name, which change what it must say.
  package init(
    title: String, id: String, names: [String] = [], read: @escaping (_ text: String) -> Void
  ) {
    self.title = title
    self.id = id
    seen = SchemaExplorer(seed: [("schema", id)], names: names, read: read).seen
  }

  package var text: String {
    let head: [(String, Value)] = [
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
      ("title", .text("Windtunnel \(title)")),
    ]
    return Value.object(head + fields(of: "")).text(indent: 0) + "\n"
  }

  private enum Value {
    case text(String)
    case plain(String)
    case list([Value])
    case object([(String, Value)])

    func text(indent: Int) -> String {
      let inner = String(repeating: "  ", count: indent + 1)
      let outer = String(repeating: "  ", count: indent)
      switch self {
      case .text(let text): return Self.quoted(text)
      case .plain(let text): return text
      case .list(let items):
        return "[" + items.map { $0.text(indent: indent) }.joined(separator: ", ") + "]"
      case .object(let fields):
        guard !fields.isEmpty else { return "{}" }
        let lines = fields.map { "\(inner)\(Self.quoted($0)): \($1.text(indent: indent + 1))" }
        return "{\n\(lines.joined(separator: ",\n"))\n\(outer)}"
      }
    }

    private static func quoted(_ text: String) -> String {
      "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
  }

  private func fields(of pattern: String) -> [(String, Value)] {
    if pattern == "/schema" { return [("const", .text(id))] }
    let sight = seen[pattern] ?? ConfigObserver.Sight()
    var forms: [[(String, Value)]] = []
    if sight.readings > 0 || sight.takesNames { forms.append(mapping(pattern, sight)) }
    if sight.kinds.contains(.list) {
      forms.append([
        ("type", .text("array")),
        ("items", .object(fields(of: "\(pattern)/\(ProbeDocument.element)"))),
      ])
    }
    for kind in sight.kinds { if let form = Self.scalar(kind) { forms.append(form) } }
    switch forms.count {
    // Below the depth that was explored, or never looked at.
    case 0: return []
    case 1: return forms[0]
    default: return [("anyOf", .list(forms.map { .object($0) }))]
    }
  }

  private func mapping(
    _ pattern: String, _ sight: ConfigObserver.Sight
  ) -> [(String, Value)] {
    let needed = sight.keys.filter { sight.needs[$0] == sight.readings }
    let properties = sight.keys.map { key in
      // What is left empty is left out.
      (key, Value.object(Self.orNull(fields(of: "\(pattern)/\(key)"), needed.contains(key))))
    }
    let others: Value =
      sight.takesNames
      ? .object(fields(of: "\(pattern)/\(ProbeDocument.anyName)")) : .plain("false")
    return [("type", .text("object")), ("properties", .object(properties))]
      + (needed.isEmpty ? [] : [("required", .list(needed.map { .text($0) }))])
      + [("additionalProperties", others)]
  }

  private static func orNull(
    _ fields: [(String, Value)], _ isNeeded: Bool
  ) -> [(String, Value)] {
    if isNeeded || fields.isEmpty { return fields }
    let null = Value.object([("type", .text("null"))])
    if let (key, value) = fields.first, key == "anyOf", case .list(let forms) = value {
      return [("anyOf", .list(forms + [null]))]
    }
    return [("anyOf", .list([.object(fields), null]))]
  }

  private static func scalar(_ kind: ConfigObserver.Kind) -> [(String, Value)]? {
    switch kind {
    case .mapping, .list: return nil
    // A year or a truth value is text as well, where text is asked for.
    case .text:
      return [("type", .list(["string", "number", "boolean"].map { .text($0) }))]
    case .boolean: return [("type", .text("boolean"))]
    case .integer(let range):
      // `15e12` is text to some readers of YAML.
      return [("type", .list([.text("integer"), .text("string")])), Self.numeral]
        + [("minimum", .plain(String(range.lowerBound)))]
        + (range.upperBound == .max ? [] : [("maximum", .plain(String(range.upperBound)))])
    case .number: return [("type", .list([.text("number"), .text("string")])), Self.numeral]
    case .quantity(let dimension):
      let units = dimension.units.map { $0.symbol.replacing("/", with: "\\/") }
      return [
        ("type", .text("string")),
        ("description", .text("\(dimension.rawValue): \(dimension.acceptedUnits)")),
        ("pattern", .text("^[0-9.,_eE+-]+ ?(\(units.joined(separator: "|")))$")),
      ]
    case .choice(let words): return [("enum", .list(words.map { .text($0) }))]
    }
  }

  private static var numeral: (String, Value) { ("pattern", .text("^[0-9.,_eE+-]+$")) }
}
