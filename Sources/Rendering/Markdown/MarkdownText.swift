internal import Units

/// Pieces of a page of Markdown, as GitHub and GitLab show it.
enum MarkdownText {
  /// Text that is shown as it is: in a paragraph, or a cell of a table. What stands between
  /// backquotes is code, as in every message.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in InertText.words(text) {
      switch character {
      case "|", "\\", "*", "_", "[", "]", "~", "#": escaped += "\\\(character)"
      // A backslash does not keep these from being HTML everywhere.
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  static func text(_ cell: Cell) -> String {
    switch cell {
    // A bar would end the cell of a table, in code too.
    case .code(let name):
      "`\(InertText.words(name).replacing("|", with: "\\|").replacing("`", with: "'"))`"
    case .verdict(let words, false): "**\(escaped(words))**"
    default: escaped(cell.text)
    }
  }

  /// Between fences that the text does not have.
  static func code(_ text: String, _ language: String) -> String {
    var fence = "```"
    while text.contains(fence) { fence += "`" }
    let lines = InertText.lines(text)
    return fence + language + "\n" + lines + (lines.hasSuffix("\n") ? "" : "\n") + fence
  }

  static func table(_ table: Table) -> String {
    let rules = table.columns.indices.map { table.isNumeric($0) ? "---:" : "---" }
    let rows = table.rows.map { $0.cells.map(text) }
    return ([table.columns.map(escaped), rules] + rows)
      .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  /// What is opened by a click.
  static func folded(_ title: String, _ body: String) -> String {
    "<details><summary>\(escaped(title))</summary>\n\n\(body)\n\n</details>"
  }
}
