/// A word of a command line that can be pasted.
package enum ShellWord {
  /// What stands for the file of a scenario that has none but its options.
  package static let commandLine = "the command line"

  /// `windtunnel run FILE SETTINGS`
  package static func run(_ file: String, _ settings: [String]) -> String {
    let named = file == commandLine ? [] : [quoted(file)]
    return (["windtunnel", "run"] + named + settings).joined(separator: " ")
  }

  private static let plain = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,@%+")

  /// As a shell takes it for one word, whatever it holds: `'10 req/s'`.
  package static func quoted(_ word: String) -> String {
    guard word.isEmpty || !word.allSatisfy(plain.contains) else { return word }
    return "'\(word.replacing("'", with: "'\\''"))'"
  }
}
