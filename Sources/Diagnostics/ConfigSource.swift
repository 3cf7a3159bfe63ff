internal import Yams

/// One file that people wrote, being read: its name, its overrides and every problem found so far.
///
/// Readers ask it for values and go on after a problem, so that all problems of a file are reported
/// at once; `check()` throws them in file order before anything that was read is used.
package final class ConfigSource {
  package let file: String
  /// Prefix of the codes of its diagnostics: `scenario`, `hardware`, `model`, `engine`.
  package let kind: String
  private var changes: [ConfigOverride.Change] = []
  private var problems: [Diagnostic] = []
  private var adopted: [Diagnostic] = []

  /// Values that keys may have, for who left one out: by key, and by a key and the one that it
  /// stands under (`compaction.at`) where the key alone means several things.
  private let examples: [String: String]

  /// Who watches what is asked of it.
  let observer: ConfigObserver?

  package init(file: String, kind: String, examples: [String: String] = [:]) {
    self.file = file
    observer = file == ConfigObserver.probedFile ? ConfigObserver.current : nil
    self.kind = kind
    self.examples = examples
  }

  func example(of key: String, in path: String) -> String? {
    guard !examples.isEmpty else { return nil }
    // Places in lists are none of the path.
    let owner = path.split(separator: ".").last { Int($0) == nil } ?? ""
    return examples["\(owner).\(key)"] ?? examples[key]
  }

  /// Parses YAML (of which JSON is a part) and applies `--set` overrides in order.
  ///
  /// - Throws: `InvalidInput` with the parser's place and reason.
  package func parse(_ text: String, overrides: [ConfigOverride] = []) throws -> ConfigNode {
    var node = try YAMLText(text, file: file, kind: kind).compose()
    for override in overrides {
      let (changed, change) = try override.applied(to: node, kind: kind)
      node = changed
      changes.append(change)
    }
    return ConfigNode(node: node, path: "", source: self)
  }

  /// The override that a value comes from, as typed; nil when it is the file's.
  func override(of path: String) -> String? { changes.last { $0.covers(path) }?.place }

  /// Records a problem with a code such as `unknown-key` under this source's kind, once however
  /// often what has it is read.
  package func report(
    _ code: String, _ message: String, at location: SourceLocation? = nil, path: String? = nil,
    notes: [String] = [], hint: String? = nil
  ) {
    let problem = Diagnostic(
      code: "\(kind)/\(code)", message, at: location ?? SourceLocation(file: file), path: path,
      notes: notes, hint: hint)
    if !problems.contains(problem) { problems.append(problem) }
  }

  /// Records problems that another reader found: those of this file in their place, those of a file
  /// that this one names behind them.
  package func adopt(_ error: InvalidInput) {
    problems += error.diagnostics.filter { $0.location?.file == file }
    adopted += error.diagnostics.filter { $0.location?.file != file }
  }

  package var hasProblems: Bool { !problems.isEmpty || !adopted.isEmpty }

  /// What a reader returned, or nil when it reported a problem and the value is a stand-in.
  ///
  /// For checks of one value against another, which would blame the second for the first.
  package func clean<Value>(_ read: () -> Value) -> Value? {
    let before = problems.count
    let value = read()
    return problems.count == before ? value : nil
  }

  /// - Throws: `InvalidInput` with everything reported, in file order, if anything was.
  package func check() throws {
    guard hasProblems else { return }
    let ordered = problems.enumerated().sorted { left, right in
      let place = (left.element.location, right.element.location)
      let leftKey = (place.0?.line ?? 0, place.0?.column ?? 0, left.offset)
      let rightKey = (place.1?.line ?? 0, place.1?.column ?? 0, right.offset)
      return leftKey < rightKey
    }
    throw InvalidInput(ordered.map(\.element) + adopted)
  }
}
