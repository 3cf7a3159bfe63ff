import Foundation
import TestSupport
import Testing

@Suite struct ValidateCommandTests {
  private static let columns = [
    "id", "family", "source", "date", "hardware", "gpus", "model", "weights", "kv", "engine",
    "engine_version", "mode", "tp", "pp", "ep", "attention_dp", "prefill_workers", "prefill_tp",
    "prefill_ep", "prefill_attention_dp", "decode_workers", "decode_tp", "decode_ep",
    "decode_attention_dp", "isl", "osl", "lengths", "load", "concurrency", "rate", "requests",
    "speculative", "output_tok_s_per_gpu", "total_tok_s_per_gpu", "ttft_ms_mean",
    "ttft_ms_median", "tpot_ms_mean", "tpot_ms_median", "grade",
  ]

  private static let added = [
    "predicted_output_tok_s_per_gpu", "predicted_total_tok_s_per_gpu", "predicted_ttft_ms_mean",
    "predicted_ttft_ms_median", "predicted_tpot_ms_mean", "predicted_tpot_ms_median",
    "predicted_power_w_per_gpu", "predicted_joules_per_output_token", "refused",
  ]

  private static let sample = [
    "id": "P-1", "family": "mine", "source": "lab@1 row 7", "date": "2026-01-13",
    "hardware": "h200-sxm", "model": "Llama-3.1-8B", "weights": "bf16", "engine": "vllm",
    "engine_version": "0.12.0", "mode": "aggregated", "tp": "1", "isl": "200", "osl": "20",
    "lengths": "fixed", "load": "closed", "concurrency": "2", "requests": "6",
    "ttft_ms_mean": "30", "tpot_ms_median": "4", "output_tok_s_per_gpu": "300", "grade": "A",
  ]

  /// One of each kind, small, with a column of its own.
  private static let rows = [
    [:], ["id": "P-2", "model": "Qwen3-8B", "engine": "sglang", "note": "mine; too"],
    ["id": "P-3", "hardware": "h300-sxm"],
    ["id": "P-4", "load": "offline", "concurrency": "", "tpot_ms_median": ""],
    ["id": "P-5", "grade": "B", "family": "other"],
  ]

  private static func text(_ rows: [[String: String]], columns: [String] = columns) -> String {
    let names = columns + ["note"]
    let lines = rows.map { row in names.map { row[$0] ?? sample[$0] ?? "" } }
    return ([names] + lines).map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  private let tool: Tool

  init() throws { tool = try Tool(files: ["points.csv": Self.text(Self.rows)]) }

  private func report(_ options: String...) throws -> PrintedResult {
    let arguments = ["validate", "points.csv", "--format", "json"] + options
    let outcome = try tool.start(arguments).wait()
    #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
    return try outcome.result
  }

  @Test func documentSaysWhatWasFound() throws {
    let report = try report()
    #expect(report.schema.name.text == "windtunnel/validate" && report.schema.version.whole == 1)
    #expect(report.command.text == "validate")
    #expect(report.inputs.file.text == "points.csv" && report.inputs.filters.keys == [])
    #expect(report.provenance.sources.list.map(\.source.text) == ["lab@1"])
    #expect(report.provenance.sources[0].points.whole == 5)
    let results = report.results
    #expect(counts(results.points) == [5, 4, 1])
    #expect(results.sections.list.map(\.name.text) == ["aggregated", "aggregated, offline"])
    for section in results.sections.list {
      #expect(
        section.stages.list.map(\.name.text) == [
          "datasheet only", "kernel-calibrated", "fully calibrated", "machine left out",
          "model left out", "campaign left out",
        ])
      let biases = section.stages.list.prefix(3).compactMap(\.errors.throughput.bias.number)
      #expect(biases.count == 3)
      // What may use less of what was measured is faster.
      #expect(biases == biases.sorted(by: >))
    }
    #expect(counts(results.overall.points) == [4, 3, 1])
    #expect(results.by_model.list.map(\.name.text) == ["Llama-3.1-8B", "Qwen3-8B"])
    #expect(results.by_engine.list.map(\.points.read.whole) == [1, 3])
    #expect(results.apart.list.map(\.name.text) == ["grade B"])
    #expect(results.worst.list.count == 3)
    #expect(results.worst.list.allSatisfy { !$0.reasons.texts.isEmpty })
    #expect(results.worst.list.map(\.metric.text).contains("output_tok_s_per_gpu"))
  }

  private func counts(_ points: PrintedResult) -> [Int?] {
    [points.read.whole, points.simulated.whole, points.refused.whole]
  }

  @Test func refusedPointIsListedWithTheReason() throws {
    let refusal = try report().results.refused
    #expect(refusal.list.map(\.reason.text) == ["unknown hardware profile `h300-sxm`"])
    #expect(refusal[0].points.texts == ["P-3"])
    let table = try tool.run("validate", "points.csv")
    #expect(table.status == 0)
    #expect(table.output.contains("1 x unknown hardware profile `h300-sxm`\n    P-3\n"))
  }

  @Test func csvHasTheFilesColumnsThenThePredictions() throws {
    let outcome = try tool.run("validate", "points.csv", "--format", "csv")
    #expect(outcome.status == 0 && outcome.error == "")
    let lines = outcome.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(lines[0] == Self.columns + ["note"] + Self.added)
    #expect(lines.dropFirst().map { $0[0] } == ["P-1", "P-2", "P-3", "P-4", "P-5"])
    #expect(lines[2][Self.columns.count] == "mine; too")
    #expect(lines[1].last == "" && lines[1].suffix(9).dropLast().allSatisfy { Double($0) != nil })
    #expect(
      lines[3].suffix(9)
        == Array(repeating: "", count: 8) + ["unknown hardware profile `h300-sxm`"])
    // What comes out goes in again, and comes out the same.
    try tool.write("again.csv", Data(outcome.output.utf8))
    #expect(try tool.run("validate", "again.csv", "--format", "csv") == outcome)
  }

  /// A point is simulated as `run` does it.
  @Test func predictionIsWhatItsScenarioGives() throws {
    let scenario = try tool.run("validate", "points.csv", "--scenario-of", "P-2")
    #expect(scenario.status == 0)
    try tool.write("p.yaml", Data(scenario.output.utf8))
    let run = try tool.run("run", "p.yaml", "--format", "json")
    let found = try run.result.results
    let csv = try tool.run("validate", "points.csv", "--format", "csv", "--model", "Qwen3-8B")
    let line = csv.output.split(separator: "\n").last ?? ""
    let cells = line.split(separator: ",", omittingEmptySubsequences: false).suffix(9)
      .map { Double($0) }
    #expect(cells[0] == found.output_tok_s.number)
    #expect(cells[2] == found.ttft_ms.mean.number)
    #expect(cells[4] == found.tpot_ms.mean.number)
    #expect(cells[5] == found.tpot_ms.p50.number)
  }

  @Test func filtersLeaveTheirPoints() throws {
    #expect(try report("--model", "Qwen3-8B").results.points.read.whole == 1)
    #expect(
      try report("--engine", "vllm,sglang", "--family", "mine").results.points.read.whole == 4)
    #expect(
      try report("--hardware", "h200-sxm", "--family", "other").results.points.read.whole == 1)
    #expect(
      try report("--model", "Qwen3-8B", "--model", "Llama-3.1-8B").inputs.filters.model.texts
        == ["Qwen3-8B", "Llama-3.1-8B"])
  }

  @Test(arguments: [
    (
      ["--hardware", "h200-sx"],
      """
      error[validate/unknown-word]: no point has this hardware: h200-sx
        --> --hardware h200-sx
      hint: did you mean `h200-sxm`?

      """
    ),
    (
      ["--model", "Qwen3-8B", "--engine", "vllm"],
      """
      error[validate/no-points]: no point passes all filters
        --> points.csv
      hint: leave one of them out

      """
    ),
    (
      ["--scenario-of", "P-9"],
      """
      error[validate/unknown-point]: no point has this id: P-9
        --> --scenario-of P-9
      hint: did you mean `P-1`?

      """
    ),
  ])
  func whatNoPointHasIsRefused(options: [String], message: String) throws {
    let outcome = try tool.start(["validate", "points.csv"] + options).wait()
    #expect(outcome == Tool.Outcome(output: "", error: message, status: 4))
  }

  @Test(arguments: LongTests.areEnabled ? ["table", "json", "csv", "markdown"] : ["json"])
  func numberOfJobsChangesNothing(format: String) throws {
    let alone = try tool.run("validate", "points.csv", "--format", format, "--jobs", "1")
    #expect(alone.status == 0 && !alone.output.isEmpty)
    #expect(
      try tool.run("validate", "points.csv", "--format", format, "--jobs", "4") == alone)
  }

  @Test func invalidFileIsRefusedWithAllItsProblems() throws {
    try tool.write("bad.csv", Data(Self.text([["mode": "agregated"], ["isl": "0"]]).utf8))
    #expect(
      try tool.run("validate", "bad.csv")
        == Tool.Outcome(
          output: "",
          error: """
            error[csv/unknown-word]: `mode` must be one of `aggregated`, `disaggregated`: agregated
              --> bad.csv:2:74
            hint: did you mean `aggregated`?

            error[csv/duplicate-id]: two points have the same id: P-1
              --> bad.csv:3:1
              note: the first one is on line 2
            hint: name this one `P-1-2`

            error[csv/out-of-range]: `isl` must be from 1 to 10000000: 0
              --> bad.csv:3:98

            error: 3 problems in bad.csv

            """, status: 4))
  }

  @Test func fileThatIsNotThereIsAnotherKindOfFailure() throws {
    let outcome = try tool.run("validate", "nowhere.csv")
    #expect(outcome.status == 1)
    #expect(outcome.error.hasPrefix("error[file/missing]: no such file: nowhere.csv\n"))
  }

  @Test(arguments: [["--jobs", "0"], ["--jobs", "2000"], ["--format", "xml"], ["a", "b"]])
  func wrongCommandLineIsRefused(options: [String]) throws {
    let outcome = try tool.start(["validate", "points.csv"] + options).wait()
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
  }

  @Test func resultDoesNotReplaceThePoints() throws {
    let outcome = try tool.run("validate", "points.csv", "--output", "./points.csv")
    #expect(outcome.status == 64)
    #expect(outcome.error.hasPrefix("error[command/output-is-input]: "))
    let saved = try tool.run("validate", "points.csv", "--output", "card.txt")
    #expect(saved == Tool.Outcome(output: "", error: "", status: 0))
    let card = try tool.read("card.txt")
    #expect(card.contains("  5 points of points.csv: 4 simulated, 1 refused.\n"))
  }

  @Test func engineProfilesMayComeFromAFolder() throws {
    let folder = tool.folder.appendingPathComponent("engines")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let outcome = try tool.run("validate", "points.csv", "--engine-profiles", "engines")
    #expect(outcome.output.contains("no such file: engines/vllm.yaml"))
    #expect(outcome.status == 3)
    #expect(
      outcome.error == """
        error[validate/nothing-simulated]: none of the 5 points can be simulated
          note: of P-1: no such file: engines/vllm.yaml
        hint: see the scenario of one: `windtunnel validate --scenario-of P-1`

        """)
    let plain = try tool.run("validate", "points.csv", "--engine-profiles", "points.csv")
    #expect(plain.status == 1 && plain.output == "")
    #expect(
      plain.error == """
        error[file/no-folder]: no such folder: points.csv
          --> --engine-profiles points.csv
        hint: a folder of files like the one that `windtunnel show engine vllm --format yaml` prints

        """)
  }

  @Test func interruptedValidationEndsAtOnce() throws {
    let long = ["id": "L", "requests": "1000000", "concurrency": "400"]
    let short = (0..<3_000).map { ["id": "S-\($0)"] }
    try tool.write("many.csv", Data(Self.text([long] + short).utf8))
    let running = try tool.start(["validate", "many.csv", "--output", "card.txt"])
    Thread.sleep(forTimeInterval: 2)
    let start = Date()
    running.interrupt()
    let outcome = try running.wait()
    // It would go on for minutes. Beside other programs ending takes a second or two.
    #expect(Date().timeIntervalSince(start) < 5)
    #expect(outcome == Tool.Outcome(output: "", error: "interrupted\n", status: 130))
    #expect(!tool.has("card.txt"))
  }
}
