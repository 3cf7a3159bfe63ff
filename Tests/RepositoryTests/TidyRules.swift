/// Rules on the text of a Swift file, whatever it computes.
enum TidyRules {
  static let mostLines = 400
  static let mostColumns = 100
  static let mostLinesOfAFunction = 60

  static func length(_ file: SourceFile) -> [Violation] {
    let count = file.lines.count
    guard count > mostLines else { return [] }
    return [file.violation(count, "\(count) lines, at most \(mostLines): split the file")]
  }

  static func lines(_ file: SourceFile) -> [Violation] {
    zip(1..., file.lines).flatMap { number, line -> [Violation] in
      var found: [Violation] = []
      if line.utf8.count > mostColumns, line.count > mostColumns {
        found.append(file.violation(number, "\(line.count) columns, at most \(mostColumns)"))
      }
      if line.utf8.contains(UInt8(ascii: "\t")) {
        found.append(file.violation(number, "a tab: indent with two spaces"))
      }
      if let last = line.unicodeScalars.last, last == " " || last == "\r" {
        found.append(file.violation(number, "space at the end of the line"))
      }
      return found
    }
  }

  /// Tests are left out: a table of cases may be as long as it must.
  static func functions(_ file: SourceFile) -> [Violation] {
    file.blocks
      .filter { $0.kind == .function || $0.kind == .property }
      .filter { !$0.header.contains("@Test") }
      .filter { $0.lineCount > mostLinesOfAFunction }
      .map {
        file.violation(
          $0.firstLine,
          "`\($0.name)` has \($0.lineCount) lines, at most \(mostLinesOfAFunction): split it")
      }
  }

  static func names(_ file: SourceFile) -> [Violation] {
    let types = vagueType.matches(in: file.code).map { ($0.line, $0.groups[1]) }
    let name = file.path.split(separator: "/").last.map(String.init) ?? ""
    let files = vagueName.matches(in: name).map { _ in (1, name) }
    return (types + files).map {
      file.violation($0.0, "`\($0.1)` says nothing: name it after what it does")
    }
  }

  static func bannedWords(_ file: SourceFile) -> [Violation] {
    banned.filter { !$0.rooms.contains(file.room) }.flatMap { word in
      word.pattern.matches(in: word.isInComments ? file.text : file.code).map {
        file.violation($0.line, "`\(word.name)`: \(word.replacement)")
      }
    }
  }

  /// A help window shows a comment without what stands above it in the file.
  static func openings(_ file: SourceFile) -> [Violation] {
    let lines = file.lines.map { $0.drop(while: \.isWhitespace) }
    let first = lines.indices.filter { $0 == 0 || !lines[$0 - 1].hasPrefix("///") }
    return first.flatMap { index in
      leaning.filter { lines[index].hasPrefix("/// \($0) ") }.map {
        file.violation(index + 1, "`\($0) ...` leans on what is above it: name the subject")
      }
    }
  }

  private static let leaning = ["Of", "The same", "Those of"]
  private static let vagueType = Pattern(
    #"\b(?:struct|class|enum|protocol|actor|extension|typealias)\s+"#
      + #"(\w*(?:Util|Helper|Common|Misc)\w*)"#)
  private static let vagueName = Pattern("Util|Helper|Common|Misc")

  private struct Banned {
    let name: String
    let pattern: Pattern
    let replacement: String
    /// Where the word is at home.
    var rooms: Set<String> = []
    var isInComments = false
  }

  private static let banned = [
    Banned(
      name: "String(format:)", pattern: Pattern(#"\bString\s*\(\s*format:"#),
      replacement: "use NumberText, whose bytes are the same on every platform"),
    Banned(
      name: "hashValue", pattern: Pattern(#"\bhashValue\b"#),
      replacement: "it differs in every process; use a Fingerprint or sort by a key"),
    Banned(
      name: "Date()", pattern: Pattern(#"\bDate\s*\(\s*\)|\bDate\.now\b"#),
      replacement: "nothing may depend on the time of day; simulated time is SimTime"),
    Banned(
      name: ".random(", pattern: Pattern(#"\.random\s*\("#),
      replacement: "draw from a named RandomStream, which the seed decides"),
    Banned(
      name: "fatalError(", pattern: Pattern(#"\bfatalError\s*\("#),
      replacement: "throw a Diagnostic, or state a precondition"),
    Banned(
      name: "@inlinable package", pattern: Pattern(#"@inlinable\s+(?:@\w+\s+)*package\b"#),
      replacement: "it compiles and inlines nothing, nine times slower; use `@inlinable public`"),
    Banned(
      name: "try!", pattern: Pattern(#"\btry!"#),
      replacement: "handle the error, or make the failure impossible"),
    Banned(
      name: "TODO", pattern: Pattern(#"\bTODO\b"#), replacement: "do it, or open an issue",
      isInComments: true),
    Banned(
      name: "FIXME", pattern: Pattern(#"\bFIXME\b"#), replacement: "fix it, or open an issue",
      isInComments: true),
    Banned(
      name: "print(", pattern: Pattern(#"(?<![\w.])(?:debugPrint|print)\s*\("#),
      replacement: "only commands write; return the text", rooms: ["Commands"]),
  ]
}
