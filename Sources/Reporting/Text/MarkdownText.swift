/// Markdown as GitHub reads it.
enum MarkdownText {
  /// - Parameters:
  ///   - words: how many columns from the left are words; the others are numbers.
  ///   - rows: of cells that are Markdown already.
  static func table(_ columns: [String], words: Int, rows: [[String]]) -> String {
    let rules = columns.indices.map { $0 < words ? "---" : "---:" }
    return ([columns, rules] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }

  /// Text that is to be read as it stands.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if "|\\*_<[".contains(character) { escaped.append("\\") }
      escaped.append(character.isNewline ? " " : character)
    }
    return escaped
  }
}
