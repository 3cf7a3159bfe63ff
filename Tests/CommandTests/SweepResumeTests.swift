import Foundation
import TestSupport
import Testing

@Suite struct SweepResumeTests {
  private let tool: Tool
  /// Cases shorter than a moment and longer ones.
  private let sweep = [
    "sweep", "sample.yaml", "--over", "workload.requests=2000..24000+2000", "--over", "seed=1,2",
    "--jobs", "2",
  ]

  init() throws { tool = try Tool(files: ["sample.yaml": sampleScenario]) }

  private func resume() throws -> Tool.Outcome {
    try tool.start(sweep + ["--output", "sweep.jsonl"]).wait()
  }

  /// Lines there, the header too.
  private var lines: Int {
    guard tool.has("sweep.jsonl"), let text = try? tool.read("sweep.jsonl") else { return 0 }
    return text.utf8.count { $0 == UInt8(ascii: "\n") }
  }

  /// Waits for a number of lines, or for the end of the program.
  private func wait(for count: Int, _ running: Tool.Running) {
    while lines < count, running.isRunning { usleep(2_000) }
  }

  @Test func killedAtAnyMomentItGoesOnToTheSameBytes() throws {
    let undisturbed = try tool.start(sweep + ["--output", "whole.jsonl"]).wait()
    #expect(undisturbed.status == 0)
    var kills = 0
    for moment in [0, 1, 3, 6, 7, 14, 20] {
      let running = try tool.start(sweep + ["--output", "sweep.jsonl"])
      wait(for: moment, running)
      running.kill()
      kills += try running.wait().status == 9 ? 1 : 0
    }
    #expect(kills >= 4)
    let last = try resume()
    #expect(last.status == 0)
    #expect(last.output == undisturbed.output)
    #expect(try tool.read("sweep.jsonl") == tool.read("whole.jsonl"))
    #expect(lines == 25)
  }

  /// Whatever part of a line or of the header was written.
  @Test func tornAtAnyByteItGoesOnToTheSameBytes() throws {
    let small = ["sweep", "sample.yaml", "--over", "workload.requests=5,6,7", "--jobs", "1"]
    #expect(try tool.start(small + ["--output", "whole.jsonl"]).wait().status == 0)
    let whole = try Data(contentsOf: tool.folder.appendingPathComponent("whole.jsonl"))
    let header = try #require(whole.firstIndex(of: UInt8(ascii: "\n")))
    let cuts = [0, 1, header - 1, header, header + 1, header + 40, whole.count - 1]
    for cut in cuts {
      try tool.write("torn.jsonl", whole[..<cut])
      #expect(try tool.start(small + ["--output", "torn.jsonl"]).wait().status == 0)
      #expect(try tool.read("torn.jsonl") == String(decoding: whole, as: UTF8.self), "\(cut)")
    }
  }

  @Test func interruptedItSaysHowToGoOn() throws {
    let running = try tool.start(sweep + ["--output", "sweep.jsonl"])
    wait(for: 4, running)
    running.interrupt()
    let outcome = try running.wait()
    #expect(outcome.status == 130)
    #expect(outcome.output == "")
    let done = lines - 1
    #expect(
      outcome.error == """
        \(done) of 24 cases are in sweep.jsonl: the same command goes on from there
        interrupted

        """)
    let resumed = try resume()
    #expect(resumed.error == "\(done) of 24 cases are done\n")
    #expect(resumed.output.contains("cases   24: 24 simulated, 0 refused"))
  }

  @Test func fileOfAnotherSweepIsRefused() throws {
    #expect(try tool.run("sweep", "sample.yaml", "--clients", "1", "-o", "a.jsonl").status == 0)
    let text = try tool.read("a.jsonl")
    func refusal(_ note: String) -> Tool.Outcome {
      Tool.Outcome(
        output: "",
        error: """
          error[sweep/other]: the file is of another sweep: a.jsonl
            --> --output a.jsonl
            note: \(note)
          hint: give `--output` another name, or remove the file: `rm a.jsonl`

          """, status: 4)
    }
    #expect(
      try tool.run("sweep", "sample.yaml", "--clients", "1,2", "-o", "a.jsonl")
        == refusal("it has other values of `clients`: 1, here 2"))
    #expect(
      try tool.run("sweep", "sample.yaml", "--clients", "1", "--seed", "2", "-o", "a.jsonl")
        == refusal("its seed is `1`, and here it is `2`"))
    #expect(
      try tool.run("sweep", "sample.yaml", "--clients", "1", "--shard", "0/2", "-o", "a.jsonl")
        == refusal("its shard is `none`, and here it is `0/2`"))
    try tool.write("sample.yaml", Data((sampleScenario + "price: owned\n").utf8))
    #expect(
      try tool.run("sweep", "sample.yaml", "--clients", "1", "-o", "a.jsonl")
        == refusal("a file that it is made of has changed: the scenario, or one that it names"))
    #expect(try tool.read("a.jsonl") == text)
  }

  @Test func fileThatIsNoSweepIsLeftAlone() throws {
    try tool.write("notes.txt", Data("to do\n".utf8))
    let outcome = try tool.run("sweep", "sample.yaml", "--clients", "1", "-o", "notes.txt")
    #expect(
      outcome
        == Tool.Outcome(
          output: "",
          error: """
            error[sweep/file]: no file of a sweep: its first line is no `windtunnel/sweep/1` header
              --> notes.txt:1
            hint: give `--output` another name, or remove what is not a sweep's

            """, status: 4))
    #expect(try tool.read("notes.txt") == "to do\n")
    #expect(
      try tool.run("sweep", "sample.yaml", "--clients", "1", "-o", "sample.yaml").status == 64)
    #expect(
      try tool.run("sweep", "sample.yaml", "--clients", "1", "-o", "/dev/null").error
        == """
        error[file/unwritable]: a sweep goes on from its file, and this is no plain one: /dev/null
        hint: leave `--output` out and use `--format jsonl`

        """)
  }

  @Test func twoProcessesDoNotWriteOneFile() throws {
    let running = try tool.start(sweep + ["--output", "sweep.jsonl"])
    wait(for: 2, running)
    let other = try resume()
    running.kill()
    _ = try running.wait()
    #expect(
      other
        == Tool.Outcome(
          output: "",
          error: """
            error[sweep/busy]: another process writes this sweep: sweep.jsonl
            hint: wait for it, or give `--output` another name

            """, status: 1))
  }
}
