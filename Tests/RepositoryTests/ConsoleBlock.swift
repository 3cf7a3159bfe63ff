import Foundation

/// A command of a ```console block, and the output that the page claims for it.
struct ConsoleCommand: Equatable {
  let text: String
  let line: Int
  let expected: [String]

  static let omission = "..."

  var isAbridged: Bool { expected.contains(Self.omission) }

  /// The words after the program's name, or nil if this runs something else.
  var arguments: [String]? {
    guard let words = Self.words(of: text) else { return nil }
    for program in [["windtunnel"], ["swift", "run", "-c", "release", "windtunnel"]]
    where words.starts(with: program) {
      return Array(words.dropFirst(program.count))
    }
    return nil
  }

  /// Whether it builds or tests, which the test that asks has done already.
  var isBuild: Bool {
    ["swift build", "swift test"].contains { text == $0 || text.hasPrefix($0 + " ") }
  }

  /// A line that is `...` stands for any number of lines.
  func accepts(_ output: [String]) -> Bool {
    // reached[n]: the pattern so far can match the first n lines.
    var reached = [true] + [Bool](repeating: false, count: output.count)
    for line in expected {
      if line == Self.omission {
        let first = reached.firstIndex(of: true) ?? reached.endIndex
        for index in reached.indices { reached[index] = index >= first }
      } else {
        for index in stride(from: output.count, to: 0, by: -1) {
          reached[index] = reached[index - 1] && output[index - 1] == line
        }
        reached[0] = false
      }
    }
    return reached[output.count]
  }

  /// As a shell splits them; nil where a shell would do more than split.
  static func words(of text: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in text {
      switch (quote, character) {
      case (nil, "'"), (nil, "\""):
        quote = character
        word = word ?? ""
      case (nil, " "):
        if let word { words.append(word) }
        word = nil
      case (nil, let character) where "|&;<>$`*?()\\#~".contains(character):
        return nil
      case (let open?, let character) where open == character:
        quote = nil
      case ("\"", "$"), ("\"", "`"), ("\"", "\\"):
        return nil
      default:
        word = (word ?? "") + String(character)
      }
    }
    return quote == nil ? words + (word.map { [$0] } ?? []) : nil
  }
}

/// The fenced blocks of a page that a reader would type.
struct ConsolePage {
  /// Of ```console blocks.
  private(set) var commands: [ConsoleCommand] = []
  private(set) var violations: [Violation] = []

  /// What may stand in an ```sh block, which is not run.
  private static let known = [
    "git clone ", "cd ", "swift build", "swift test", "swift format ", ".ci/run",
    "WINDTUNNEL_LONG_TESTS=1 swift test", "RECORD_SNAPSHOTS=1 swift test", "#",
  ]

  private let path: String
  private var language: String?
  private var pending: (text: String, line: Int, expected: [String])?

  init(_ path: String, _ text: String) {
    self.path = path
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in zip(1..., lines) {
      if line.hasPrefix("```") {
        finish()
        let tag = line.dropFirst(3)
        language = language == nil ? String(tag) : nil
        if ["bash", "shell", "zsh", "shell-session"].contains(language) {
          complain(number, "```\(tag): write ```console with its output, or ```sh without")
        }
      } else if language == "console" {
        readConsole(String(line), number)
      } else if language == "sh" {
        readScript(String(line), number)
      }
    }
    finish()
    if language != nil { complain(lines.count, "a block that nothing closes") }
  }

  private mutating func readConsole(_ line: String, _ number: Int) {
    if line.hasPrefix("$ ") {
      finish()
      pending = (String(line.dropFirst(2)), number, [])
    } else if pending != nil {
      pending?.expected.append(line)
    } else {
      complain(number, "output before any command: begin the block with `$ `")
    }
  }

  private mutating func readScript(_ line: String, _ number: Int) {
    let isKnown = Self.known.contains { known in
      line == known || (line.hasPrefix(known) && (known.hasSuffix(" ") || known == "#"))
        || line.hasPrefix(known + " ")
    }
    // What it says of its own time is another every time.
    let isTimed = line.contains("windtunnel ") && line.hasSuffix(" --timing")
    if !line.isEmpty && !isKnown && !isTimed {
      complain(number, "`\(line)` is not known: show it with its output in ```console")
    }
  }

  private mutating func finish() {
    guard let found = pending else { return }
    let expected = found.expected.reversed().drop(while: \.isEmpty).reversed()
    commands.append(
      ConsoleCommand(text: found.text, line: found.line, expected: Array(expected)))
    pending = nil
  }

  private mutating func complain(_ line: Int, _ message: String) {
    violations.append(Violation(path: path, line: line, message: message))
  }
}
