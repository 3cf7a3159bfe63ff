internal import Units
internal import Yams

/// The text of one YAML file on its way into the parser, which it must neither exhaust nor stall.
struct YAMLText {
  private static let deepest = 200
  private static let mostValues = 1_000_000

  private let text: String
  private let file: String
  private let kind: String

  init(_ text: String, file: String, kind: String) {
    self.text = text
    self.file = file
    self.kind = kind
  }

  /// The document, which must not be empty.
  func compose() throws -> Node {
    if let node = try composeIfAny(), node.null == nil { return node }
    throw problem("empty", "the file is empty")
  }

  /// The document, or nil when there is none.
  func composeIfAny() throws -> Node? {
    guard nestingDepth <= Self.deepest else { throw tooDeep() }
    do {
      try checkAliases()
      return try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw rewritten(error)
    }
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

  /// Aliases are cheap for the parser to read, and can stand for more than any computer holds.
  private func checkAliases() throws {
    guard text.utf8.contains(UInt8(ascii: "*")) else { return }
    // A node knows its anchor only as long as its parser lives.
    let parser = try Parser(yaml: AliasSurvey.withoutAliases(text))
    guard let root = try parser.singleRoot() else { return }
    var survey = AliasSurvey()
    let extent = withExtendedLifetime(parser) { survey.extent(of: root) }
    if let mark = survey.computedKey {
      throw problem(
        "syntax", "a key must be plain text, not an alias or a structure", line: mark.line,
        column: mark.column)
    }
    guard extent.height <= Self.deepest else { throw tooDeep() }
    guard extent.values <= Self.mostValues else {
      throw problem(
        "syntax",
        "with its aliases the file has more than \(NumberText.grouped(Self.mostValues)) values")
    }
  }

  private func tooDeep() -> InvalidInput {
    problem("syntax", "the file is nested more than \(Self.deepest) deep")
  }

  // MARK: Problems of the parser

  private func rewritten(_ error: YamlError) -> InvalidInput {
    switch error {
    case .scanner(_, let reason, let mark, _), .parser(_, let reason, let mark, _),
      .composer(_, let reason, let mark, _):
      return problem(
        "syntax", "not valid YAML: \(reason.lowercasedFirst)", line: mark.line,
        column: mark.column)
    case .duplicatedKeysInMapping(let duplicates, let context):
      return duplicateKey(
        AliasSurvey.withAliases(duplicates[0]), inMappingAt: context.mark)
    case .reader(let reason, let offset, _, let read):
      let line = offset.map { read.utf8.prefix($0).count { $0 == UInt8(ascii: "\n") } + 1 }
      return problem("syntax", "not valid YAML: \(reason.lowercasedFirst)", line: line)
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
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
