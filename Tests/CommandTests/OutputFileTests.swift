import Foundation
import TestSupport
import Testing

@Suite struct OutputFileTests {
  @Test func resultGoesToTheFileAndNowhereElse() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario, "result.txt": "old"])
    let shown = try tool.run("run", "sample.yaml")
    let outcome = try tool.run("run", "sample.yaml", "--output", "result.txt")
    #expect(outcome == Tool.Outcome(output: "", error: "", status: 0))
    #expect(try tool.read("result.txt") == shown.output)
    #expect(try tool.fileNames == ["result.txt", "sample.yaml"])
  }

  @Test func missingFolderIsRefusedBeforeTheRun() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let outcome = try tool.run("run", "not-read.yaml", "--output", "results/day/one.json")
    #expect(
      outcome
        == Tool.Outcome(
          output: "",
          error: """
            error[file/unwritable]: no such folder: results/day
            hint: create it: `mkdir -p results/day`

            """, status: 1))
  }

  @Test func folderIsRefused() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let outcome = try tool.run("run", "sample.yaml", "--output", "..")
    #expect(outcome.status == 1)
    #expect(outcome.error == "error[file/unwritable]: not a plain file: ..\n")
  }

  @Test func linkIsFollowedAndItsTargetKeepsItsMode() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario, "old.txt": "old"])
    let outcome = try tool.runInShell(
      """
      chmod 640 old.txt; mkdir deep; ln -s ../old.txt deep/link; ln -s deep/new.txt broken
      $windtunnel run sample.yaml --output deep/link && $windtunnel run sample.yaml -o broken
      ls -l old.txt | cut -c 1-10; readlink deep/link broken
      """)
    #expect(
      outcome
        == Tool.Outcome(output: "-rw-r-----\n../old.txt\ndeep/new.txt\n", error: "", status: 0))
    let shown = try tool.run("run", "sample.yaml").output
    #expect(try tool.read("old.txt") == shown)
    #expect(try tool.read("deep/new.txt") == shown)
    #expect(try tool.fileNames == ["broken", "deep", "old.txt", "sample.yaml"])
  }

  @Test func pipesAndDevicesAreWrittenTo() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario, "log.txt": "before\n"])
    let shown = try tool.run("run", "sample.yaml").output
    #expect(
      try tool.run("run", "sample.yaml", "--output", "/dev/stdout")
        == Tool.Outcome(output: shown, error: "", status: 0))
    #expect(
      try tool.run("run", "sample.yaml", "--output", "/dev/null")
        == Tool.Outcome(output: "", error: "", status: 0))
    #expect(
      try tool.runInShell("mkfifo fifo; cat fifo & $windtunnel run sample.yaml -o fifo; wait")
        == Tool.Outcome(output: shown, error: "", status: 0))
    #expect(try tool.runInShell("$windtunnel run sample.yaml -o log.txt >>log.txt").status == 0)
    #expect(try tool.read("log.txt") == "before\n" + shown)
    #expect(
      try tool.run("run", "sample.yaml", "--output", "/dev/full").error
        == "error[file/unwritable]: cannot write /dev/full: No space left on device\n")
  }

  @Test(arguments: ["sample.yaml", "./sample.yaml", "link.yaml"])
  func inputIsNotReplaced(output: String) throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let outcome = try tool.runInShell(
      "ln -s sample.yaml link.yaml; exec $windtunnel run sample.yaml -o \(output)")
    #expect(
      outcome
        == Tool.Outcome(
          output: "",
          error: """
            error[command/output-is-input]: the result would replace an input file: sample.yaml
              --> --output \(output)
            hint: give it a name of its own

            """, status: 64))
    #expect(try tool.read("sample.yaml") == sampleScenario)
  }

  @Test func traceIsNotReplaced() throws {
    let tool = try Tool(files: [
      "trace.csv": "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6,374,44\n",
      "sample.yaml": sampleScenario.components(separatedBy: "workload:")[0]
        + "workload:\n  arrivals: {process: trace, format: azure, file: trace.csv}\n",
    ])
    #expect(try tool.run("run", "sample.yaml").status == 0)
    #expect(try tool.run("run", "sample.yaml", "--output", "trace.csv").status == 64)
    #expect(try tool.run("explain", "sample.yaml", "--output", "sample.yaml").status == 64)
  }

  @Test func fileBeyondTheLimitLeavesNothingBehind() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let outcome = try tool.runInShell(
      "ulimit -f 1; exec $windtunnel run sample.yaml --format json --output result.json")
    #expect(
      outcome
        == Tool.Outcome(
          output: "",
          error: "error[file/unwritable]: cannot write result.json: File too large\n", status: 1))
    #expect(try tool.fileNames == ["sample.yaml"])
  }

  @Test func fullDiskIsReported() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let outcome = try tool.start(["run", "sample.yaml"], outputFile: "/dev/full").wait()
    #expect(outcome.status == 1)
    #expect(
      outcome.error
        == "error[file/unwritable]: cannot write to standard output: No space left on device\n")
  }
}
