/// The tests by name: of a function alone, and as `Suite.function`.
struct TestIndex {
  let names: Set<String>

  init(_ files: [SourceFile]) {
    var names: Set<String> = []
    for file in files {
      for block in file.blocks where block.kind == .function && block.header.contains("@Test") {
        names.insert(block.name)
        if let parent = block.parent { names.insert(file.blocks[parent].name + "." + block.name) }
      }
    }
    self.names = names
  }
}

/// A `Check:` in a documentation comment: a worked number, and in parentheses the test of it.
struct CheckReferences {
  let tests: TestIndex

  private static let inParentheses = Pattern(#"\((`[^)]*`)\)"#)
  private static let quoted = Pattern("`([A-Za-z_][A-Za-z0-9_.]*)`")

  func violations(_ file: SourceFile) -> [Violation] {
    Self.checks(in: file).flatMap { check -> [Violation] in
      let named = Self.inParentheses.matches(in: check.text)
        .flatMap { Self.quoted.matches(in: $0.groups[1]).map { $0.groups[1] } }
      if named.isEmpty {
        return [file.violation(check.line, "a check that names no test: end it in (`Suite.test`)")]
      }
      return named.filter { !tests.names.contains($0) }.map {
        file.violation(check.line, "the check names `\($0)`, which is no test function")
      }
    }
  }

  /// From `Check:` to the end of its paragraph.
  static func checks(in file: SourceFile) -> [(line: Int, text: String)] {
    var found: [(line: Int, text: String)] = []
    var isOpen = false
    for (number, line) in zip(1..., file.lines) {
      let trimmed = line.drop { $0 == " " }
      let text = trimmed.hasPrefix("///") ? trimmed.dropFirst(3).drop { $0 == " " } : ""
      if text.hasPrefix("Check:") {
        found.append((number, String(text)))
        isOpen = true
      } else if text.isEmpty {
        isOpen = false
      } else if isOpen {
        found[found.count - 1].text += " " + text
      }
    }
    return found
  }
}
