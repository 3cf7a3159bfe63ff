/// Pieces of a page of Markdown, as GitHub and GitLab show it.
enum MarkdownText {
  /// Text that is shown as it is: in a paragraph, or a cell of a table.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "|", "\\", "*", "_", "[", "]", "`", "~", "#": escaped += "\\\(character)"
      // A backslash does not keep these from being HTML everywhere.
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      default: escaped.append(character.isNewline ? " " : character)
      }
    }
    return escaped
  }

  /// - Parameters:
  ///   - alignments: of each column.
  ///   - rows: of cells that are Markdown already.
  static func table(
    _ columns: [String], alignments: [TextTable.Alignment], rows: [[String]]
  ) -> String {
    let rules = alignments.map { $0 == .left ? "---" : "---:" }
    return ([columns, rules] + rows)
      .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  /// - Parameter words: how many columns from the left are words; the others are numbers.
  static func table(_ columns: [String], words: Int, rows: [[String]]) -> String {
    table(columns, alignments: columns.indices.map { $0 < words ? .left : .right }, rows: rows)
  }

  /// What is opened by a click.
  static func folded(_ title: String, _ body: String) -> String {
    "<details><summary>\(escaped(title))</summary>\n\n\(body)\n\n</details>"
  }
}
