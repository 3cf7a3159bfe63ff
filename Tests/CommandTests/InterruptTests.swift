import Foundation
import TestSupport
import Testing

@Suite struct InterruptTests {
  /// Signals that end a program; one that these tests were told to ignore, the program ignores too.
  private static let ending = [SIGINT, SIGTERM, SIGHUP].filter { signal in
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return true }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      != unsafeBitCast(SIG_IGN, to: Int.self)
  }

  @Test(arguments: ending)
  func interruptedRunEndsAtOnceAndLeavesNoFile(signal: Int32) throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let running = try tool.start([
      "run", "sample.yaml", "--set", "workload.requests=900000000", "--output", "result.json",
    ])
    Thread.sleep(forTimeInterval: 1)
    let start = Date()
    running.send(signal)
    let outcome = try running.wait()
    // It would go on for minutes. Beside other programs ending takes a second or two.
    #expect(Date().timeIntervalSince(start) < 5)
    #expect(outcome == Tool.Outcome(output: "", error: "interrupted\n", status: 130))
    #expect(try tool.fileNames == ["sample.yaml"])
  }

  @Test func whatIsStartedWithNohupOutlivesItsTerminal() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let found = try tool.runInShell(
      "trap '' HUP; $windtunnel run sample.yaml --set workload.requests=1000000 --format csv & "
        + "sleep 0.5; kill -HUP $!; wait $!")
    #expect(found.status == 0, "\(found.error)")
    #expect(found.output.contains("sample,meta-llama"))
  }

  /// Before the simulation nothing looks at a flag: the program waits for the other end of a pipe.
  @Test func programThatReadsEndsAtOnce() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    #expect(try tool.runInShell("mkfifo fifo").status == 0)
    for arguments in [["run", "fifo"], ["run", "sample.yaml", "--output", "fifo"]] {
      let running = try tool.start(arguments)
      Thread.sleep(forTimeInterval: 1)
      running.interrupt()
      #expect(
        try running.wait() == Tool.Outcome(output: "", error: "interrupted\n", status: 130))
    }
  }
}
