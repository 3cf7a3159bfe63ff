import Foundation
import Scenarios
import Workloads

/// A file given to the program itself: how it ends, and what it writes on both of its streams.
///
/// It may compute for 20 s. A broken file can ask for a thousand million requests, though, and
/// have them: of that the program is asked to stop after two seconds, and must at once.
enum CommandCheck {
  /// Requests from which on nobody expects an answer within seconds.
  private static let many = 1_000_000
  private static let stopped: Int32 = 130
  /// `WINDTUNNEL`, or what was built beside this program.
  private static let program =
    ProcessInfo.processInfo.environment["WINDTUNNEL"]
    ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appendingPathComponent("windtunnel").path
  private static let forms = ["table", "json", "jsonl", "yaml", "csv", "markdown", "html"]
  private static let statuses: Set<Int32> = [0, 2, 3, 4]

  static func fault(_ text: String, variant: Int, on bench: Bench) -> String? {
    bench.write(text, "case.yaml")
    let form = forms[variant % forms.count]
    let command = [
      ["run"], ["check"], ["run", "--mode", "stepwise"], ["explain"],
    ][variant / forms.count % 4]
    let asksForMany = command[0] == "run" && requests(in: text) > many
    let limits =
      asksForMany
      ? "exec timeout --preserve-status -k 5 2" : "ulimit -t 20; exec timeout 600"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments =
      ["-c", "\(limits) \"$0\" \"$@\"", program, command[0]]
      + [bench.path("case.yaml"), "--format", form] + command.dropFirst()
    bench.write("", "out")
    bench.write("", "err")
    process.standardOutput = FileHandle(forWritingAtPath: bench.path("out"))
    process.standardError = FileHandle(forWritingAtPath: bench.path("err"))
    do {
      try process.run()
    } catch {
      return "cannot run \(program): \(error)"
    }
    process.waitUntilExit()
    let (out, err) = (bench.text("out"), bench.text("err"))
    let words = (command + ["--format", form]).joined(separator: " ")
    guard process.terminationReason == .exit else {
      return "`\(words)` ends by signal \(process.terminationStatus)"
    }
    if asksForMany, process.terminationStatus == stopped {
      bench.count("stopped")
      return out.isEmpty ? nil : "`\(words)` is stopped with half an answer"
    }
    return fault(process.terminationStatus, out, err).map { "`\(words)` \($0)" }
  }

  /// Zero of a file that cannot be read.
  private static func requests(in text: String) -> Int {
    let scenario = try? ScenarioCatalogue.read(text: text, file: "case.yaml")
    return scenario?.workload.requests ?? 0
  }

  static func fault(_ status: Int32, _ out: String, _ err: String) -> String? {
    // A broken name can be that of a file, which is then not there.
    let isMissing = status == 1 && err.contains("error[file/missing]")
    guard statuses.contains(status) || isMissing else { return "ends with status \(status)" }
    if status == 0 {
      if let fault = Verdict.fault(of: out) { return fault }
    } else if !err.hasPrefix("error"), !err.contains("\nerror") {
      return "fails in silence"
    }
    return Verdict.inert(out) ?? Verdict.inert(err)
  }
}
