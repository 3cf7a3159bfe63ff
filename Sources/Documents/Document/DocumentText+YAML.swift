extension DocumentValue {
  /// The document as YAML in blocks, an entry a line; JSON's quotes where plain text could be read
  /// as something else.
  package var yaml: String { lines.joined(separator: "\n") + "\n" }

  private var lines: [String] {
    switch self {
    case .object(let members) where !members.isEmpty:
      members.flatMap { Self.entry("\(Self.plain($0.key)):", $0.value, indent: "  ") }
    case .array(let values) where !values.isEmpty:
      values.flatMap { value in
        let lines = value.lines
        return ["- " + lines[0]] + lines.dropFirst().map { "  " + $0 }
      }
    case .object: ["{}"]
    case .array: ["[]"]
    case .text(let words): [Self.plain(words)]
    default: [scalarText ?? ""]
    }
  }

  private static func entry(_ key: String, _ value: DocumentValue, indent: String) -> [String] {
    switch value {
    case .object(let members) where !members.isEmpty: [key] + value.lines.map { indent + $0 }
    case .array(let values) where !values.isEmpty: [key] + value.lines.map { indent + $0 }
    default: [key + " " + value.lines[0]]
    }
  }

  /// Words that begin with a letter and have nothing in them that YAML knows.
  private static func plain(_ words: String) -> String {
    let isPlain =
      words.first.map { $0.isASCII && $0.isLetter } == true
      && words.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || " _-./+".contains($0)) }
      && words.last != " "
      && !["true", "false", "null", "yes", "no", "on", "off"].contains(words.lowercased())
    return isPlain ? words : quoted(words)
  }
}
