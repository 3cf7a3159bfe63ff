/// A word of a command line that can be pasted.
package enum ShellWord {
  /// What stands for the file of a scenario that has none but its options.
  package static let commandLine = "the command line"

  private static let plain = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,@%+")

  /// The text as a shell takes it for one word, whatever it holds: `'10 req/s'`.
  package static func quoted(_ word: String) -> String {
    guard word.isEmpty || !word.allSatisfy(plain.contains) else { return word }
    return "'\(word.replacing("'", with: "'\\''"))'"
  }
}
