internal import ArgumentParser
internal import Diagnostics

/// The words of the command line, before anything reads them.
enum ProcessArguments {
  /// Swift repairs what is not text: the file that is then looked for is not the one that was
  /// typed.
  ///
  /// - Throws: `CommandLineMisuse` for a word that is not UTF-8.
  static func check() throws {
    for (position, word) in zip(0..., CommandLine.arguments.indices.map(bytes(at:))) {
      guard String(validating: word, as: UTF8.self) == nil else { continue }
      throw CommandLineMisuse(
        Diagnostic(
          code: "command/not-utf8", "argument \(position) is not UTF-8 text: \(shown(word))"))
    }
  }

  /// The parser would count the words after one that is no command, and name none.
  ///
  /// - Throws: `CommandLineMisuse` where the first word is neither an option nor a command.
  static func checkCommand(_ words: [String]) throws {
    let commands = ToolCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let word = words.first, !word.hasPrefix("-"), !(commands + ["help"]).contains(word)
    else { return }
    let isFile = word.hasSuffix(".yaml") || word.contains("/")
    let meant =
      isFile ? "run \(ShellWord.quoted(word))" : Suggestion.nearest(to: word, in: commands)
    throw CommandLineMisuse(
      Diagnostic(
        code: "command/unknown", "there is no command \(word)",
        hint: meant.map { "did you mean `windtunnel \($0)`?" } ?? "`windtunnel --help` lists them"))
  }

  /// The words after the program's name, `--output 330` as tokens of an answer where a scenario is
  /// described: a file is not named by a number alone.
  static var meant: [String] { meant(Array(CommandLine.arguments.dropFirst())) }

  static func meant(_ words: [String]) -> [String] {
    guard let command = words.first, describing.contains(command) else { return words }
    var meant = words
    for index in words.indices {
      if words[index] == "--output", index + 1 < words.count, isLength(words[index + 1]) {
        meant[index] = "--output-tokens"
      } else if words[index].hasPrefix("--output="), isLength(words[index].dropFirst(9)) {
        meant[index] = "--output-tokens=" + words[index].dropFirst(9)
      }
    }
    return meant
  }

  private static let describing: Set = [
    "run", "compare", "plan", "capacity", "sweep", "explain", "init",
  ]

  private static func isLength(_ word: some StringProtocol) -> Bool {
    Int(word) != nil || word.hasPrefix("{")
  }

  private static func bytes(at index: Int) -> [UInt8] {
    guard var next = CommandLine.unsafeArgv[index] else { return [] }
    var bytes: [UInt8] = []
    while next.pointee != 0 {
      bytes.append(UInt8(bitPattern: next.pointee))
      next += 1
    }
    return bytes
  }

  private static func shown(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      byte < 0x80 ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16)
    }.joined()
  }
}
