internal import Yams

/// The text of one YAML file on its way into the parser, which it must neither exhaust nor stall.
struct YAMLText {
  private let text: String
  private let file: String
  private let kind: String

  init(_ text: String, file: String, kind: String) {
    self.text = text
    self.file = file
    self.kind = kind
  }

  func compose() throws -> Node {
    guard nestingDepth <= 200 else {
      throw problem("syntax", "the file is nested more than 200 deep")
    }
    if let line = lineOfComputedKey {
      throw problem("syntax", "a key must be plain text, not an alias or a structure", line: line)
    }
    do {
      if let node = try Yams.compose(yaml: text), node.null == nil { return node }
    } catch let error as YamlError {
      throw rewritten(error)
    }
    throw problem("empty", "the file is empty")
  }

  private func problem(
    _ code: String, _ message: String, line: Int? = nil, column: Int? = nil, notes: [String] = []
  ) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "\(kind)/\(code)", message,
        at: SourceLocation(file: file, line: line, column: column), notes: notes))
  }

  /// Flow brackets and indentation recurse inside the parser; refuse what could exhaust its stack.
  private var nestingDepth: Int {
    var depth = 0
    var deepest = 0
    var indent = 0
    var lineStart = true
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        deepest = max(deepest, depth)
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case UInt8(ascii: "\n"):
        lineStart = true
        indent = 0
        continue
      default: break
      }
      if lineStart {
        if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") {
          indent += 1
          deepest = max(deepest, indent / 4)
        } else {
          lineStart = false
        }
      }
    }
    return deepest
  }

  /// The first line with an explicit key (`? key`) or an alias as a key (`*name : value`).
  ///
  /// The parser hashes keys, and the hash of thirty aliases of aliases takes longer than a life.
  private var lineOfComputedKey: Int? {
    for (offset, line) in lines.enumerated() where line.contains(where: { "*?".contains($0) }) {
      for part in line.split(whereSeparator: { "{,[".contains($0) }) {
        let word = part.drop { " -".contains($0) }
        if word.hasPrefix("? ") { return offset + 1 }
        guard word.first == "*", let end = word.firstIndex(of: " ") else { continue }
        if word[end...].first(where: { $0 != " " }) == ":" { return offset + 1 }
      }
    }
    return nil
  }

  private func rewritten(_ error: YamlError) -> InvalidInput {
    switch error {
    case .scanner(_, let reason, let mark, _), .parser(_, let reason, let mark, _),
      .composer(_, let reason, let mark, _):
      return problem(
        "syntax", "not valid YAML: \(reason.lowercasedFirst)", line: mark.line,
        column: mark.column)
    case .duplicatedKeysInMapping(let duplicates, let context):
      return duplicateKey(duplicates[0], inMappingAt: context.mark)
    case .reader(let reason, let offset, _, _):
      return problem(
        "syntax", "not valid YAML: \(reason.lowercasedFirst)", line: offset.map(line(ofByte:)))
    default:
      return problem("syntax", "not valid YAML")
    }
  }

  /// The parser names the mapping; a person wants to see the second of the two keys.
  private func duplicateKey(_ key: String, inMappingAt mark: Mark) -> InvalidInput {
    let message = "key is given twice: `\(key)`"
    var found: [Int] = []
    for (offset, line) in lines.enumerated() where offset + 1 >= mark.line {
      let content = line.drop { $0 == " " || (offset + 1 == mark.line && $0 == "-") }
      guard !content.isEmpty, content.first != "#" else { continue }
      let column = line.distance(from: line.startIndex, to: content.startIndex) + 1
      if column < mark.column { break }
      guard column == mark.column else { continue }
      let spellings = ["\(key):", "\"\(key)\":", "'\(key)':"]
      if spellings.contains(where: content.hasPrefix) { found.append(offset + 1) }
    }
    guard found.count > 1 else {
      return problem("duplicate-key", message, line: mark.line, column: mark.column)
    }
    return problem(
      "duplicate-key", message, line: found[1], column: mark.column,
      notes: ["first given in line \(found[0])"])
  }

  private var lines: [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  private func line(ofByte offset: Int) -> Int {
    text.utf8.prefix(offset).count { $0 == UInt8(ascii: "\n") } + 1
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
