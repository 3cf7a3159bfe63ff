internal import Diagnostics

/// How what a trace's file does not say is said beside it, for hints that are typed as they stand.
package enum TraceKeys: Hashable, Sendable {
  /// Keys of a scenario, beside the file.
  case scenario
  /// Keys that are set on a command line, below a path: `--set workload.arrivals.time_unit=ms`.
  case settings(path: String)
  /// Options of `trace stats` and `trace convert`.
  case options

  enum Key: String {
    case format, columns, turns, input, output
    case timeUnit = "time_unit"
    case blockTokens = "block_tokens"
    case inputCounts = "input_counts"
  }

  /// A key as it is called there.
  func name(_ key: Key) -> String {
    switch self {
    case .scenario: return key.rawValue
    case .settings(let path): return "\(path).\(key.rawValue)"
    case .options:
      switch key {
      case .format: return "--trace-format"
      case .input: return "--prompt"
      case .output: return "--answer"
      default: return "--" + key.rawValue.replacing("_", with: "-")
      }
    }
  }

  /// A key with its value.
  func typed(_ key: Key, _ value: String) -> String {
    switch self {
    case .scenario: "\(name(key)): \(value)"
    case .settings: "--set \(name(key))=\(ShellWord.quoted(value))"
    case .options: "\(name(key)) \(ShellWord.quoted(value))"
    }
  }

  /// Which column has what.
  func typed(_ columns: [TraceOptions.Column]) -> String {
    guard self != .options else {
      let pairs = columns.map { "\($0.field.rawValue)=\($0.name)" }
      return typed(.columns, pairs.joined(separator: ","))
    }
    let pairs = columns.map { "\($0.field.rawValue): \(Self.plain($0.name))" }
    return typed(.columns, "{\(pairs.joined(separator: ", "))}")
  }

  /// What columns of these names are likely to have, and lengths of what no name stands for.
  func typed(guessing names: [String]) -> [String] {
    var columns: [TraceOptions.Column] = []
    for field in [TraceOptions.ColumnField.time, .input, .output] {
      // One that is called so says more than one that sounds like it: `prompt` may be the text.
      let free = names.filter { name in !columns.contains { $0.name == name } }
      let name =
        free.first { $0.lowercased() == field.rawValue } ?? free.first { Self.likely(field, $0) }
      if let name { columns.append(.init(field, name)) }
    }
    if columns.isEmpty, let first = names.first { columns = [.init(.time, first)] }
    var all = [typed(columns)]
    if !columns.contains(where: { $0.field == .input }) { all.append(typed(.input, "1000")) }
    if !columns.contains(where: { $0.field == .output }) { all.append(typed(.output, "200")) }
    return all
  }

  private static func likely(_ field: TraceOptions.ColumnField, _ name: String) -> Bool {
    let words = name.lowercased().split { !$0.isLetter }.map(String.init)
    let (parts, wholes): ([String], Set<String>) =
      switch field {
      case .input: (["prompt", "input", "context", "prefill"], ["in"])
      case .output:
        (["completion", "output", "generated", "response", "answer", "decode"], ["out"])
      default: (["time", "date", "arriv", "created"], ["ts", "t", "at", "when", "start"])
      }
    return words.contains { word in wholes.contains(word) || parts.contains { word.contains($0) } }
  }

  /// A name as it stands in a list of YAML.
  private static func plain(_ name: String) -> String {
    let isPlain =
      name.first?.isLetter == true
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_.-".contains($0)) }
      && !["y", "n", "on", "off", "yes", "no", "true", "false", "null"].contains(name.lowercased())
    guard !isPlain else { return name }
    return "\"\(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
}
