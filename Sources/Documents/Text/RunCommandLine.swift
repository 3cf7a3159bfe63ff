internal import Diagnostics

/// How a shell is told to simulate what a report is about.
package enum RunCommandLine {
  /// `windtunnel run FILE SETTINGS`, the file left out where options say it all.
  package static func text(_ file: String, _ settings: [String]) -> String {
    let named = file == ShellWord.commandLine ? [] : [ShellWord.quoted(file)]
    return (["windtunnel", "run"] + named + settings).joined(separator: " ")
  }
}
