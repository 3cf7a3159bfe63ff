/// Variables that a command line sets itself, as recipes do: `MODEL=a/b; vllm serve $MODEL`.
enum ShellVariables {
  /// The words with what they stand for in the place of `$NAME` and `${NAME:-8}`. What the line
  /// does not say stays as it is typed.
  static func filled(_ words: [String]) -> [String] {
    var values: [String: String] = [:]
    return words.map { word in
      let filled = fill(word, values)
      if let equals = filled.firstIndex(of: "="), isName(filled[..<equals]) {
        let value = filled[filled.index(after: equals)...]
        values[String(filled[..<equals])] = String(value.hasSuffix(";") ? value.dropLast() : value)
      }
      return filled
    }
  }

  private static func isName(_ text: Substring) -> Bool {
    guard let first = text.first, !first.isNumber else { return false }
    return text.allSatisfy(belongs)
  }

  private static func belongs(_ letter: Character) -> Bool {
    letter.isASCII && (letter.isLetter || letter.isNumber || letter == "_")
  }

  private static func fill(_ word: String, _ values: [String: String]) -> String {
    var filled = ""
    var rest = word[...]
    while let dollar = rest.firstIndex(of: "$") {
      filled += rest[..<dollar]
      rest = rest[dollar...]
      let (typed, value) = reference(rest, values)
      filled += value ?? String(typed)
      rest = rest[typed.endIndex...]
    }
    return filled + rest
  }

  /// The reference at the beginning of a text, as typed, and its value where it has one.
  private static func reference(
    _ text: Substring, _ values: [String: String]
  ) -> (typed: Substring, value: String?) {
    let inner = text.dropFirst()
    guard inner.first == "{" else {
      let name = inner.prefix(while: belongs)
      return (text[..<name.endIndex], isName(name) ? values[String(name)] : nil)
    }
    guard let end = inner.firstIndex(of: "}") else { return (text, nil) }
    let body = inner[inner.index(after: inner.startIndex)..<end]
    let name = body.prefix(while: belongs)
    var other = body[name.endIndex...]
    let hasOther = other.hasPrefix(":-") || other.hasPrefix("-")
    if hasOther { other = other.drop { $0 == ":" }.dropFirst() }
    let typed = text[...end]
    guard isName(name), hasOther || other.isEmpty else { return (typed, nil) }
    return (typed, values[String(name)] ?? (hasOther ? String(other) : nil))
  }
}
