internal import Diagnostics
internal import Planning
internal import Workloads

/// How a shell is told to simulate what a report is about.
package enum RunCommandLine {
  /// `windtunnel run FILE SETTINGS`, the file left out where options say it all.
  package static func text(_ file: String, _ settings: [String]) -> String {
    let named = file == ShellWord.commandLine ? [] : [ShellWord.quoted(file)]
    return (["windtunnel", "run"] + named + settings).joined(separator: " ")
  }

  /// What is set for a load that is so many times the workload's own.
  static func settings(of workload: Workload, scaledBy factor: Double) -> [String] {
    workload.loadSettings(scaledBy: factor).map { "--set 'workload.\($0.path)=\($0.value)'" }
  }
}
