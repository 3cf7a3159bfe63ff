internal import Yams

/// One file that people wrote, being read: its name, its overrides and every problem found so far.
///
/// Readers ask it for values and go on after a problem, so that all problems of a file are reported
/// at once; `check()` throws them in file order before anything that was read is used.
package final class ConfigSource {
  package let file: String
  /// Prefix of the codes of its diagnostics: `scenario`, `hardware`, `model`, `engine`.
  package let kind: String
  private(set) var overrides: [ConfigOverride] = []
  private var problems: [Diagnostic] = []

  package init(file: String, kind: String) {
    self.file = file
    self.kind = kind
  }

  /// Parses YAML (of which JSON is a part) and applies `--set` overrides in order.
  ///
  /// - Throws: `InvalidInput` with the parser's place and reason.
  package func parse(_ text: String, overrides: [ConfigOverride] = []) throws -> ConfigNode {
    var node = try compose(text)
    for override in overrides {
      node = try override.applied(to: node, kind: kind)
    }
    self.overrides = overrides
    return ConfigNode(node: node, path: "", source: self)
  }

  /// Records a problem with a code such as `unknown-key` under this source's kind.
  package func report(
    _ code: String, _ message: String, at location: SourceLocation? = nil, path: String? = nil,
    notes: [String] = [], hint: String? = nil
  ) {
    problems.append(
      Diagnostic(
        code: "\(kind)/\(code)", message, at: location ?? SourceLocation(file: file), path: path,
        notes: notes, hint: hint))
  }

  package var hasProblems: Bool { !problems.isEmpty }

  /// - Throws: `InvalidInput` with everything reported, in file order, if anything was.
  package func check() throws {
    guard !problems.isEmpty else { return }
    let ordered = problems.enumerated().sorted { left, right in
      let place = (left.element.location, right.element.location)
      let leftKey = (place.0?.line ?? 0, place.0?.column ?? 0, left.offset)
      let rightKey = (place.1?.line ?? 0, place.1?.column ?? 0, right.offset)
      return leftKey < rightKey
    }
    throw InvalidInput(ordered.map(\.element))
  }

  private func compose(_ text: String) throws -> Node {
    guard nestingDepth(of: text) <= 200 else {
      throw InvalidInput(
        Diagnostic(
          code: "\(kind)/syntax", "brackets are nested more than 200 deep",
          at: SourceLocation(file: file)))
    }
    do {
      if let node = try Yams.compose(yaml: text) { return node }
    } catch let error as YamlError {
      throw InvalidInput(diagnostic(for: error))
    }
    throw InvalidInput(
      Diagnostic(code: "\(kind)/empty", "the file is empty", at: SourceLocation(file: file)))
  }

  /// Flow brackets and indentation recurse inside the parser; refuse what could exhaust its stack.
  private func nestingDepth(of text: String) -> Int {
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

  private func diagnostic(for error: YamlError) -> Diagnostic {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return Diagnostic(
        code: "\(kind)/syntax", "not valid YAML: \(problem.lowercasedFirst)",
        at: SourceLocation(file: file, line: mark.line, column: mark.column))
    case .duplicatedKeysInMapping(let duplicates, let context):
      return Diagnostic(
        code: "\(kind)/duplicate-key",
        "key is given twice: " + duplicates.map { "`\($0)`" }.joined(separator: ", "),
        at: SourceLocation(file: file, line: context.mark.line, column: context.mark.column))
    default:
      return Diagnostic(
        code: "\(kind)/syntax", "not valid YAML", at: SourceLocation(file: file))
    }
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
