import Foundation
import TestSupport
import Testing

/// Simulated time is 64 bits of nanoseconds: what cannot be held is refused, not overflowed.
@Suite struct LongRunTests {
  private func refusal(_ overrides: String...) throws -> String {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let options = overrides.flatMap { ["--set", $0] }
    let outcome = try tool.start(["run", "sample.yaml"] + options).wait()
    #expect(outcome.status == 4 && outcome.output == "")
    return outcome.error
  }

  @Test func requestsThatTakeCenturiesToArriveAreRefused() throws {
    let error = try refusal(
      "workload.requests=1000000", "workload.arrivals={process: poisson, rate: 0.0001 req/s}")
    #expect(
      error.hasPrefix(
        """
        error[scenario/too-long]: the requests take more than 100 years to arrive: 317
          --> sample.yaml:
        """))
    #expect(error.hasSuffix("hint: lower `workload.requests`, or raise the rate\n"))
  }

  private static func trace(_ rows: [String], speed: String) -> [String: String] {
    let rows = rows.map { "\($0) 18:15:46.6,374,44\n" }.joined()
    return [
      "trace.csv": "TIMESTAMP,ContextTokens,GeneratedTokens\n" + rows,
      "sample.yaml": sampleScenario.components(separatedBy: "workload:")[0] + """
        workload:
          arrivals: {process: trace, format: azure, file: trace.csv, speed: \(speed)}

        """,
    ]
  }

  @Test func slowedTraceOfCenturiesIsRefused() throws {
    let dates = ["2000-11-16", "2024-02-29"]
    let outcome = try Tool(files: Self.trace(dates, speed: "0.1")).run("run", "sample.yaml")
    #expect(
      outcome
        == Tool.Outcome(
          output: "",
          error: """
            error[scenario/too-long]: the trace takes more than 100 years: 233
              --> sample.yaml:7:69  workload.arrivals.speed
            hint: raise `workload.arrivals.speed`

            """, status: 4))
    #expect(try Tool(files: Self.trace(dates, speed: "0.3")).run("run", "sample.yaml").status == 0)
  }

  @Test(arguments: ["2023-02-29", "2023-02-31", "2100-02-29", "2023-04-31", "2023-12-32"])
  func dayThatTheCalendarDoesNotHaveIsRefused(date: String) throws {
    let outcome = try Tool(files: Self.trace([date], speed: "1")).run("run", "sample.yaml")
    #expect(
      outcome
        == Tool.Outcome(
          output: "",
          error: """
            error[trace/timestamp]: not a time: \(date) 18:15:46.6
              --> trace.csv:2
            hint: expected for example `2023-11-16 18:15:46.6805900`

            """, status: 4))
  }

  @Test func runThatOutlastsSimulatedTimeIsRefused() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let profile = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../hardware-profiles/h200-sxm.yaml")
    let fast = try String(contentsOf: profile, encoding: .utf8)
    let slow = fast.replacing(/floor: [0-9.]+ us/, with: "floor: 1 s")
    try tool.write("slow.yaml", Data(slow.utf8))
    let outcome = try tool.run(
      "run", "sample.yaml", "--hardware", "slow.yaml", "--set", "workload.requests=1217", "--set",
      "workload.arrivals={process: closed-loop, clients: 1, think_time: 720 h}", "--set",
      "workload.output=28000")
    #expect(
      outcome
        == Tool.Outcome(
          output: "",
          error: """
            error[scenario/too-long]: the run takes more than 146 years of simulated time
              --> sample.yaml  workload
            hint: lower `workload.requests`, or look for what is slow: `windtunnel explain`

            """, status: 4))
  }

  @Test func stepThatItsClockCannotHoldIsRefused() throws {
    let tool = try Tool(files: [
      "slow.yaml": Self.engine(perPrefill: "10 s"), "sample.yaml": sampleScenario,
    ])
    let outcome = try tool.run("run", "sample.yaml", "--engine", "slow.yaml")
    #expect(
      outcome
        == Tool.Outcome(
          output: "",
          error: """
            error[scenario/step-time]: one step can take more than 3600 s: 10,240 s
              --> sample.yaml:4:11  hardware
              note: decoding takes up to 42.5 ms: 1024 sequences of 550 tokens
              note: prompts take up to 184 ms: 8192 tokens
              note: the host takes up to 10,240 s
            hint: lower `scheduler.maximum_sequences` or `scheduler.token_budget`, or correct the \
            figures that are wrong

            """, status: 4))
  }

  @Test func hostTimesAreBounded() throws {
    let tool = try Tool(files: [
      "slow.yaml": Self.engine(perStep: "10000 s"), "sample.yaml": sampleScenario,
    ])
    let outcome = try tool.run("run", "sample.yaml", "--engine", "slow.yaml")
    #expect(outcome.status == 4)
    #expect(
      outcome.error.hasPrefix(
        "error[engine/out-of-range]: `host.per_step.value` must be from 0 s to 10 s: 10000 s\n"))
  }

  private static func engine(perStep: String = "1 ms", perPrefill: String = "0 s") -> String {
    func setting(_ value: String) -> String { "{value: \(value), status: assumed, source: nobody}" }
    return """
      schema: windtunnel/engine/1
      name: slow
      title: An engine that takes its time
      release: none
      sources: {nobody: Nobody}
      scheduler:
        policy: \(setting("chunked-prefill"))
        token_budget: \(setting("8192"))
        maximum_sequences: \(setting("1024"))
        reserved_answer_share: \(setting("0"))
      memory:
        usable_fraction: \(setting("0.9"))
        reserved: \(setting("1 GB"))
        block_tokens: \(setting("16"))
      host:
        per_step: \(setting(perStep))
        per_sequence: \(setting("0 s"))
        per_prefill: \(setting(perPrefill))
        overlaps_accelerator: \(setting("false"))
        exposed_elementwise_floor: \(setting("0.5"))

      """
  }

  @Test func ratesAndThinkTimesAreBounded() throws {
    #expect(
      try refusal("workload.arrivals={process: poisson, rate: 1e-12 req/s}").hasPrefix(
        "error[scenario/out-of-range]: `workload.arrivals.rate` must be from 1e-07 req/s to"))
    #expect(
      try refusal("workload.arrivals={process: closed-loop, clients: 3, think_time: 9e18 h}")
        .hasPrefix(
          "error[scenario/out-of-range]: `workload.arrivals.think_time` must be from 0 s to"))
  }
}
