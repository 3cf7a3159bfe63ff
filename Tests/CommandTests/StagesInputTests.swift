import TestSupport
import Testing

/// Load in stages, and rates from a table, as a user writes them.
@Suite struct StagesInputTests {
  private func tool(_ arrivals: String, _ files: [String: String] = [:]) throws -> Tool {
    let text = sampleScenario.replacing("{process: poisson, rate: 4 req/s}", with: arrivals)
      .replacing("  judge: whole\n", with: "")
    return try Tool(files: files.merging(["load.yaml": text]) { one, _ in one })
  }

  private func run(_ arrivals: String, _ files: [String: String] = [:]) throws -> PrintedResult {
    let outcome = try tool(arrivals, files).run("run", "load.yaml", "--format", "json")
    #expect(outcome.error == "")
    return try outcome.result
  }

  private static let stages =
    "[{rate: 2.5 req/s, duration: 10 min}, {rate: 6 req/s, duration: 10 min}]"

  /// As many as come, and all of them are judged.
  @Test func stagesThatEndArePlayedOnce() throws {
    let report = try run("{process: stages, stages: \(Self.stages)}")
    #expect(report.results.sample.kind.text == "whole")
    #expect(report.results.load.state.text == "finite")
    let completed = try #require(report.results.requests.completed.number)
    #expect(abs(completed / 5_100 - 1) < 0.06)
    let makespan = try #require(report.results.makespan_s.number)
    #expect(abs(makespan / 1_200 - 1) < 0.02)
    #expect(report.inputs.workload.rate_req_s.number == 4.25)
    #expect(report.inputs.workload.peak_rate_req_s.number == 6)
  }

  @Test func stagesThatRepeatAreAPeriod() throws {
    let report = try run("{process: stages, repeat: true, stages: \(Self.stages)}")
    #expect(report.results.sample.kind.text == "periods")
    #expect(report.results.load.offered_req_s.number == 4.25)
    #expect(report.results.peak.load.offered_req_s.number == 6)
    #expect(report.results.peak.load.state.text == "sustained")
  }

  @Test func ratesComeFromATable() throws {
    let table = "time_s,req_s\n0,2.5\n600,6\n"
    let report = try run("{process: stages, file: rates.csv}", ["rates.csv": table])
    #expect(report.inputs.workload.rate_req_s.number == 4.25)
    let makespan = try #require(report.results.makespan_s.number)
    #expect(abs(makespan / 1_200 - 1) < 0.02)
  }

  @Test(arguments: [
    (
      "{process: stages}",
      """
      error[scenario/missing-key]: missing key `workload.arrivals.stages`
        --> load.yaml:8:13  workload.arrivals
      hint: add for example `stages: [{rate: 2 req/s, duration: 10 min}, {rate: 6 req/s, duration: \
      10 min}]`

      """
    ),
    (
      "{process: stages, stages: [{rate: 3 req/s}, {rate: 0 req/h, duration: 5}]}",
      """
      error[scenario/missing-key]: missing key `workload.arrivals.stages.0.duration`
        --> load.yaml:8:40  workload.arrivals.stages.0
      hint: add for example `duration: 10 min`

      error[scenario/missing-unit]: `workload.arrivals.stages.1.duration` needs a unit: 5
        --> load.yaml:8:83  workload.arrivals.stages.1.duration
      hint: write for example `5 s`; accepted units: `s`, `ms`, `us`, `ns`, `min` or `h`

      error: 2 problems in load.yaml

      """
    ),
    (
      "{process: stages, stages: [{rate: 0 req/s, duration: 5 s}]}",
      """
      error[scenario/no-requests]: no request ever comes: every rate is 0
        --> load.yaml:8:39  workload.arrivals.stages

      """
    ),
    (
      "{process: stages, stages: [{rate: 1e9 req/s, duration: 3 s}]}",
      """
      error[scenario/out-of-range]: the stages have more requests than 1,000,000,000: 3,000,000,000
        --> load.yaml:8:39  workload.arrivals.stages
      hint: lower their rates, or let them begin anew: `repeat: true`

      """
    ),
    (
      "{process: stages, stages: []}",
      """
      error[scenario/empty-list]: `workload.arrivals.stages` must not be empty
        --> load.yaml:8:39  workload.arrivals.stages

      """
    ),
    (
      "{process: stages, file: bad.csv}",
      """
      error[csv/order]: `time_s` must rise from row to row: 0.0
        --> bad.csv:3:1

      error[csv/not-a-number]: `req_s` must be a number: many
        --> bad.csv:4:4

      error: 2 problems in bad.csv

      """
    ),
    (
      "{process: stages, file: short.csv}",
      """
      error[csv/too-few-rows]: a table of rates needs two rows at the least
        --> short.csv

      """
    ),
    (
      "{process: stages, file: none.csv}",
      """
      error[file/missing]: no such file: none.csv
        --> load.yaml:8:37  workload.arrivals.file
      hint: check the path, or run `ls`

      """
    ),
  ])
  func badStagesAreRefused(arrivals: String, message: String) throws {
    let tool = try tool(
      arrivals,
      ["bad.csv": "time_s,req_s\n5,1\n0,2\n10,many\n", "short.csv": "time_s,req_s\n0,1\n"])
    #expect(
      try tool.run("run", "load.yaml")
        == Tool.Outcome(
          output: "", error: message, status: message.contains("file/missing") ? 1 : 4))
  }

  @Test func whatEndsHasNoSteadyState() throws {
    let text = sampleScenario.replacing("judge: whole", with: "judge: steady")
      .replacing("{process: poisson, rate: 4 req/s}", with: "{process: offline}")
    let outcome = try Tool(files: ["a.yaml": text]).run("run", "a.yaml")
    #expect(
      outcome
        == Tool.Outcome(
          output: "",
          error: """
            error[scenario/no-steady-state]: `workload.judge` cannot be steady: the requests end
              --> a.yaml:11:10  workload.judge
            hint: leave it out, and what comes is judged as it is

            """, status: 4))
  }

  @Test func refusedRequestsSayWhy() throws {
    let text = sampleScenario.replacing("input: 500", with: "input: 200000")
    for judge in ["whole", "by-arrivals"] {
      let outcome = try Tool(files: ["a.yaml": text.replacing("whole", with: judge)])
        .run("run", "a.yaml")
      #expect(outcome.status == 3)
      #expect(outcome.output == "")
      let who = judge == "whole" ? "20 of 20 requests are" : "every request is"
      #expect(
        outcome.error.contains(
          "nothing is served: \(who) longer than the context of 131,072 tokens"), "\(judge)")
    }
  }

  @Test func overloadIsAWarningAndNoResult() throws {
    let text = sampleScenario.replacing("rate: 4 req/s", with: "rate: 400 req/s")
      .replacing("  judge: whole\n", with: "")
    let outcome = try Tool(files: ["a.yaml": text]).run(
      "run", "a.yaml", "--require", "ttft.p99 < 100 s", "--require", "load.utilisation < 80 %")
    #expect(outcome.status == 2)
    #expect(outcome.error.contains("warning[load/overload]: 400 req/s offered, "))
    #expect(outcome.error.contains("there is no more time of the accelerators"))
    #expect(outcome.error.contains("`ttft.p99` must be below 100 s: unknown"))
    #expect(outcome.error.contains("note: the queue grows: 400 req/s offered, "))
    #expect(outcome.error.contains("`load.utilisation` must be below 80 %: 67"))
  }
}
