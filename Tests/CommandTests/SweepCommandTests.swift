import Foundation
import TestSupport
import Testing

@Suite struct SweepCommandTests {
  private let tool: Tool
  private let over = ["sweep", "sample.yaml", "--over", "workload.arrivals.rate=1..8*2 req/s"]

  init() throws { tool = try Tool(files: ["sample.yaml": sampleScenario]) }

  private func run(_ arguments: [String]) throws -> Tool.Outcome {
    try tool.start(arguments).wait()
  }

  @Test func tableOfASmallSweep() throws {
    let arguments = [
      "sweep", "sample.yaml", "--model", "meta-llama/Llama-3.3-70B-Instruct", "--clients", "1,8",
      "--over", "parallelism.tensor=1,2,3", "--set", "quantization.weights=bf16",
    ]
    let outcome = try run(arguments)
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    try expectGolden(outcome.output, "sweep.txt")
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 110 })
    try expectGolden(try run(arguments + ["--format", "markdown"]).output, "sweep.md")
  }

  @Test func linesHaveTheOrderOfTheCasesForEveryNumberOfJobs() throws {
    let one = try run(over + ["--format", "jsonl", "--jobs", "1"])
    #expect(one.status == 0)
    #expect(try run(over + ["--format", "jsonl", "--jobs", "3"]) == one)
    #expect(one.output.split(separator: "\n").count == 5)
    let outcome = try run(over + ["--output", "sweep.jsonl", "--jobs", "2"])
    #expect(outcome.status == 0)
    #expect(try tool.read("sweep.jsonl") == one.output)
    #expect(try tool.fileNames == ["sample.yaml", "sweep.jsonl"])
    try expectGolden(one.output, "sweep.jsonl")
  }

  @Test func documentAndTableOfValuesHaveEveryCase() throws {
    let outcome = try run(over + ["--format", "json"])
    let results = try outcome.result.results
    #expect(results.cases.list.map(\.index.whole) == [0, 1, 2, 3])
    #expect(results.simulated.whole == 4)
    let frontier = results.frontiers[0]
    #expect(frontier.figures.texts == ["interactivity", "output.per_gpu"])
    #expect(!frontier.cases.list.isEmpty)
    let lines = try run(over + ["--format", "csv"]).output.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[0].hasPrefix("case,workload.arrivals.rate,ttft_mean_ms,ttft_p50_ms,"))
    #expect(lines[4].hasPrefix("3,8 req/s,31.2255,"))
  }

  @Test func onlyWhatIsRequiredIsOnTheFrontier() throws {
    let required = over + ["--require", "tpot.p95 < 6 ms", "--require", "kv.mean < 50%"]
    let results = try run(required + ["--format", "json"]).result.results
    let cases = results.cases.list
    #expect(cases.map(\.missed.isPresent) == [true, true, true, true])
    #expect(cases.map(\.missed.list.count) == [0, 0, 0, 1])
    #expect(cases[3].missed.texts == ["tpot.p95 is 6.406 ms, must be < 6.000 ms"])
    for frontier in results.frontiers.list {
      let onIt = frontier.cases.list.compactMap(\.whole)
      #expect(!onIt.isEmpty && !onIt.contains(3))
    }
    #expect(results.missed.whole == 1)
    let none = try run(over + ["--require", "tpot.p99 < 1 ms"])
    #expect(none.status == 3)
    #expect(none.output.contains("\n  No case can be on it.\n"))
    #expect(none.error.hasPrefix("error[sweep/none-holds]: none of 4 simulated cases holds"))
    // Otherwise a file of another question would be taken for one of this.
    _ = try run(over + ["--output", "sweep.jsonl"])
    let other = try run(required + ["--output", "sweep.jsonl"])
    #expect(other.status == 4)
    #expect(
      other.error.contains(
        "\n  note: it requires nothing, and here it is tpot.p95 < 6 ms, kv.mean < 50 %\n"))
  }

  @Test func finishedSweepIsShownAgainAndItsFileStays() throws {
    let first = try run(over + ["--output", "sweep.jsonl"])
    let text = try tool.read("sweep.jsonl")
    let again = try run(over + ["--output", "sweep.jsonl"])
    #expect(
      again == Tool.Outcome(output: first.output, error: "4 of 4 cases are done\n", status: 0))
    #expect(try tool.read("sweep.jsonl") == text)
  }

  @Test func shardsMergedAreTheWholeSweep() throws {
    let whole = try run(over + ["--output", "whole.jsonl"])
    for shard in 0..<3 {
      let outcome = try run(over + ["--shard", "\(shard)/3", "--output", "\(shard).jsonl"])
      #expect(outcome.status == 0)
    }
    let merged = try run(["merge", "2.jsonl", "0.jsonl", "1.jsonl", "--output", "merged.jsonl"])
    #expect(merged == whole)
    #expect(try tool.read("merged.jsonl") == tool.read("whole.jsonl"))
    #expect(
      try run(["merge", "2.jsonl", "0.jsonl"])
        == Tool.Outcome(
          output: "",
          error: """
            error[merge/missing]: 1 of 4 cases are missing
              note: missing are 1, counted from 0
            hint: run the sweep with `--shard 1/3`: it goes on where it was

            """, status: 4))
  }

  @Test func nothingThatFitsIsAnAnswerOfItsOwn() throws {
    let outcome = try run([
      "sweep", "sample.yaml", "--over", "parallelism.tensor=3,5", "--output", "sweep.jsonl",
    ])
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("cases   2: 0 simulated, 2 refused"))
    #expect(
      outcome.error == """
        error[sweep/nothing-fits]: none of 2 cases can be deployed
          note: the first: 3 ranks do not divide the model's attention heads: 32
        hint: set `parallelism.tensor` to 4

        """)
    #expect(try tool.read("sweep.jsonl").split(separator: "\n").count == 3)
  }

  /// No sound program writes such a line, so it is put there by hand.
  @Test func caseThatBreaksALawIsTheProgramsFault() throws {
    #expect(try run(over + ["--output", "sweep.jsonl"]).status == 0)
    let text = try tool.read("sweep.jsonl").replacing(
      try Regex(#""figures":\{[^}]*\}"#), with: #""broken_laws":["law L5 broken"]"#,
      maxReplacements: 1)
    try tool.write("sweep.jsonl", Data(text.utf8))
    for arguments in [["merge", "sweep.jsonl"], over + ["--output", "sweep.jsonl"]] {
      let outcome = try run(arguments)
      #expect(outcome.status == 70)
      #expect(outcome.output.contains("cases   4: 3 simulated, 0 refused, 1 broke a law"))
      #expect(
        outcome.error.hasSuffix(
          "internal error: law L5 broken; reproduce with "
            + "`windtunnel run sample --set 'workload.arrivals.rate=1 req/s'`\n"))
    }
  }
}
