internal import Diagnostics

/// A message as a workflow command, which GitHub shows beside the line that it is about.
///
/// - SeeAlso: docs.github.com, "Workflow commands for GitHub Actions"; the escapes are those of
///   `actions/toolkit`, `packages/core/src/command.ts`.
enum GitHubAnnotation {
  static func line(_ diagnostic: Diagnostic) -> String {
    let kind =
      switch diagnostic.severity {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    var properties: [(String, String)] = []
    // An option is no file that GitHub could show.
    if let place = diagnostic.location, !place.file.hasPrefix("--") {
      properties.append(("file", place.file))
      if let line = place.line { properties.append(("line", String(line))) }
      if place.line != nil, let column = place.column { properties.append(("col", String(column))) }
    }
    properties.append(("title", diagnostic.code))
    let words = properties.map { "\($0.0)=\(escaped(property: $0.1))" }.joined(separator: ",")
    return "::\(kind) \(words)::\(escaped(message(diagnostic)))"
  }

  /// Without what the properties say already.
  private static func message(_ diagnostic: Diagnostic) -> String {
    ([diagnostic.message] + diagnostic.notes.map { "note: \($0)" }
      + (diagnostic.hint.map { ["hint: \($0)"] } ?? [])).joined(separator: "\n")
  }

  /// By scalars: a carriage return with its line feed is one character.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func escaped(property text: String) -> String {
    escaped(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
