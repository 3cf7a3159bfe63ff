/// Text that Markdown shows as it is.
enum MarkdownText {
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if "|\\*_<[".contains(character) { escaped.append("\\") }
      escaped.append(character.isNewline ? " " : character)
    }
    return escaped
  }

  /// - Parameter rows: the headings first, then the rules.
  static func rows(_ rows: [[String]]) -> String {
    rows.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }
}
