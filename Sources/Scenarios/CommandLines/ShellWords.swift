/// A command line as a shell takes it apart: quotes, backslashes, continued lines, comments.
enum ShellWords {
  static func split(_ text: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var characters = text.makeIterator()
    while let next = characters.next() {
      switch (next, quote) {
      case ("\\", nil), ("\\", "\""):
        // A line that goes on is one word less.
        guard let escaped = characters.next(), !escaped.isNewline else { break }
        word = (word ?? "") + String(escaped)
      case (_, .some(let open)):
        if next == open { quote = nil } else { word?.append(next) }
      case ("'", nil), ("\"", nil):
        quote = next
        word = word ?? ""
      case ("#", nil) where word == nil:
        while let skipped = characters.next(), !skipped.isNewline {}
      case (_, nil) where next.isWhitespace:
        if let done = word { words.append(done) }
        word = nil
      case (";", nil):
        words += [word, ";"].compactMap { $0 }
        word = nil
      default: word = (word ?? "") + String(next)
      }
    }
    return words + [word].compactMap { $0 }
  }

  /// The words of a command up to where the shell's own begin: `> log`, `| tee`, `&`.
  ///
  /// A command within quotes, `bash -c 'vllm serve ...'`, is taken out of them.
  static func command(in text: String) -> [String] {
    let words = split(text)
    let flat = ShellVariables.filled(
      words.flatMap { word in
        word.contains(where: \.isWhitespace) && servers.contains { word.contains($0) }
          ? split(word) : [word]
      })
    let first = flat.firstIndex { word in servers.contains { word.contains($0) } } ?? 0
    let end = flat[first...].firstIndex { word in
      ["|", "||", "&", "&&", ";"].contains(word) || word.hasPrefix(">") || word.hasPrefix("2>")
    }
    return Array(flat[..<(end ?? flat.endIndex)])
  }

  private static let servers = ["vllm", "sglang", "trtllm-serve"]
}
