import Foundation
import TestSupport
import Testing

/// A run beside an earlier one.
@Suite struct GateBaselineTests {
  private let tool: Tool

  init() throws {
    tool = try Tool(files: ["sample.yaml": sampleScenario])
    let outcome = try tool.run("run", "sample.yaml", "--format", "json", "--output", "base.json")
    #expect(outcome.status == 0)
  }

  @Test func sameResultIsWithinAnyTolerance() throws {
    let outcome = try tool.run(
      "run", "sample.yaml", "--baseline", "base.json", "--tolerance", "0%")
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    #expect(
      outcome.output.contains("\nBaseline\n  base.json, 0 % tolerated: 60 the same\n\nRests on\n"))
  }

  @Test func worseResultFailsAndShowsWhatChanged() throws {
    let outcome = try tool.run(
      "run", "sample.yaml", "--baseline", "base.json", "--set", "workload.output=60",
      "--tolerance", "19%")
    #expect(outcome.status == 2)
    try expectGolden(section("Baseline", of: outcome.output), "baseline.txt")
    try expectGolden(outcome.error, "baseline-error.txt")
  }

  /// What may vary is not what a gate is for, and need not loosen what is.
  @Test func figuresHaveTolerancesOfTheirOwn() throws {
    let options = [
      "run", "sample.yaml", "--baseline", "base.json", "--set", "workload.output=60", "--tolerance",
      "19%",
    ]
    let failing = try tool.start(options + ["--format", "json"]).wait().result.baseline
    let worse = failing.differences.list.filter { $0.verdict.text == "worse" }
    let names = worse.compactMap(\.figure.text)
    let groups = Set(names.compactMap { $0.split(separator: ".").first })
    let outcome = try tool.start(
      options + groups.sorted().flatMap { ["--tolerance", "\($0)=100%"] }
    ).wait()
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    let words = groups.sorted().map { "\($0) 100 %" }.joined(separator: ", ")
    #expect(outcome.output.contains("base.json, 19 %, \(words) tolerated: "))
  }

  @Test func toleranceOfAFigureThatTheBaselineLacksIsRefusedBeforeTheWork() throws {
    let outcome = try tool.run(
      "run", "sample.yaml", "--baseline", "base.json", "--tolerance", "tfft=5%")
    #expect(outcome.status == 4)
    #expect(outcome.output == "")
    #expect(
      outcome.error.hasPrefix(
        "error[baseline/unknown-figure]: no figure of the baseline has this name: tfft\n"
          + "  --> base.json\n  note: it has `abandoned`, `abandoned.share`, `cache.hits`, "))
    #expect(outcome.error.hasSuffix("hint: did you mean `ttft`?\n"))
  }

  @Test func betterResultIsSaidWithHowToRenewTheBaseline() throws {
    let tool = try Tool(files: [
      "sample.yaml": sampleScenario,
      "base.json": try tool.read("base.json").replacingOccurrences(
        of: "\"cost.total\" : 0.003207", with: "\"cost.total\" : 0.004"),
    ])
    let outcome = try tool.run("run", "sample.yaml", "--baseline", "base.json")
    #expect(outcome.status == 0)
    #expect(
      outcome.error == """
        note[baseline/better]: better than the baseline by more than 1 %: 1 figure of 60
          --> base.json
          note: `cost.total` was 0.004000 USD, is 0.003207 USD: -19.8 %
        hint: renew it with the same command, and `--format json --output base.json` instead of \
        `--baseline`

        """)
    #expect(outcome.output.contains("base.json, 1 % tolerated: 1 better, 59 the same\n"))
  }

  @Test func comparisonIsInTheDocument() throws {
    let outcome = try tool.run(
      "run", "sample.yaml", "--baseline", "base.json", "--seed", "2", "--format", "json")
    let baseline = try outcome.result.baseline
    #expect(baseline.file.text == "base.json")
    #expect(baseline.tolerance.number == 0.01)
    #expect(baseline.inputs.list.map(\.path.text) == ["seed"])
    #expect(baseline.inputs[0].before.text == "1" && baseline.inputs[0].now.text == "2")
    #expect(baseline.differences.list.count + baseline.same.list.count == 60)
    #expect(baseline.met.flag == (outcome.status == 0))
  }

  // MARK: What is no baseline

  @Test(arguments: [
    (
      "\"command\" : \"run\"", "\"command\" : \"compare\"",
      """
      error[baseline/other-command]: the baseline is a result of another command: compare
        --> base.json
        note: this one is `run`

      """
    ),
    (
      "\"version\" : 1", "\"version\" : 9",
      """
      error[baseline/schema]: unknown schema of the baseline: windtunnel/run/9
        --> base.json
        note: this program reads `windtunnel/run/1`

      """
    ),
    (
      "\"figures\"", "\"numbers\"",
      """
      error[baseline/not-a-result]: the baseline has no `figures`
        --> base.json

      """
    ),
    (
      "\"gpus\" : 1,", "\"gpus\" : \"many\",",
      """
      error[baseline/not-a-result]: the baseline has something else for `figures.gpus`
        --> base.json

      """
    ),
    (
      "{", "<<<<<<< mine\n{",
      """
      error[baseline/not-a-result]: the baseline is no JSON of a result
        --> base.json

      """
    ),
  ])
  func otherFileIsRefused(old: String, new: String, message: String) throws {
    let text = try tool.read("base.json")
    let range = try #require(text.range(of: old))
    try tool.write("base.json", Data(text.replacingCharacters(in: range, with: new).utf8))
    let hint =
      "hint: write it with the same command, and `--format json --output base.json` instead of "
      + "`--baseline`\n"
    #expect(
      try tool.run("run", "sample.yaml", "--baseline", "base.json")
        == Tool.Outcome(output: "", error: message + hint, status: 4))
  }

  @Test func resultOfAnotherScenarioIsRefused() throws {
    try tool.write("other.yaml", Data(sampleScenario.utf8))
    #expect(
      try tool.run("run", "other.yaml", "--baseline", "base.json")
        == Tool.Outcome(
          output: "",
          error: """
            error[baseline/other-scenario]: the baseline is of another scenario: sample
              --> base.json
              note: this one is `other`
            hint: keep a baseline for each scenario

            """, status: 4))
  }

  @Test func missingBaselineSaysHowToWriteIt() throws {
    #expect(
      try tool.run("run", "sample.yaml", "--baseline", "new.json")
        == Tool.Outcome(
          output: "",
          error: """
            error[file/missing]: no such file: new.json
            hint: write it with the same command, and `--format json --output new.json` instead of \
            `--baseline`

            """, status: 1))
  }

  @Test(arguments: [
    (["--tolerance", "3%"], "'--tolerance' is about a '--baseline', and there is none"),
    (
      ["--baseline", "base.json", "--tolerance", "3"],
      "'--tolerance' must be a percentage from 0% to 100%, as 3% or ttft=3%: 3"
    ),
    (
      ["--baseline", "base.json", "--tolerance", "101%"],
      "'--tolerance' must be a percentage from 0% to 100%, as 3% or ttft=3%: 101%"
    ),
    (
      ["--baseline", "base.json", "--tolerance", "=2%"],
      "'--tolerance' must be a percentage from 0% to 100%, as 3% or ttft=3%: =2%"
    ),
    (
      ["--baseline", "base.json", "--tolerance", "2%", "--tolerance", "3%"],
      "'--tolerance' is given twice for all figures: 2% and 3%"
    ),
  ])
  func toleranceThatMeansNothingIsRefused(options: [String], message: String) throws {
    let outcome = try tool.start(["run", "sample.yaml"] + options).wait()
    #expect(outcome.status == 64)
    #expect(outcome.error.hasPrefix("Error: \(message)\n"))
  }

  private func section(_ title: String, of output: String) throws -> String {
    let start = try #require(output.range(of: "\n\(title)\n"))
    let end = try #require(output.range(of: "\n\n", range: start.upperBound..<output.endIndex))
    return String(output[start.upperBound..<end.lowerBound]) + "\n"
  }
}
