internal import Units

/// Breaks a paragraph between words.
enum TextWrap {
  /// - Parameters:
  ///   - width: the longest line, indentation included; a longer word stands alone.
  ///   - indent: spaces before the first line.   - hang: spaces before the others.
  static func lines(_ text: String, width: Int, indent: Int, hang: Int) -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in words(of: text) {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = String(repeating: " ", count: hang)
        isEmpty = true
      }
      line += isEmpty ? word : " " + word
      isEmpty = false
    }
    return lines + [line]
  }

  /// A percent sign stays with its number.
  private static func words(of text: String) -> [String] {
    InertText.words(text).split(whereSeparator: \.isWhitespace).reduce(into: []) { words, word in
      if word.hasPrefix("%"), !words.isEmpty {
        words[words.count - 1] += " " + word
      } else {
        words.append(String(word))
      }
    }
  }
}
