import TestSupport
import Testing

@Suite struct RunCommandTests {
  private let tool: Tool

  init() throws { tool = try Tool(files: ["sample.yaml": sampleScenario]) }

  /// A golden file with laws on the same run: a recorded mistake would break one.
  @Test func documentOfASmallRun() throws {
    let outcome = try tool.run("run", "sample.yaml", "--format", "json")
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    try expectGolden(outcome.output, "run.json")
    let results = try outcome.result.results
    #expect(results.requests.completed.whole == 20 && results.requests.rejected.whole == 0)
    #expect(results.tokens.input.whole == 20 * 500)
    #expect(results.tokens.output.whole == 20 * 50)
    let first = try #require(results.ttft_ms.mean.number)
    let perToken = try #require(results.tpot_ms.mean.number)
    let whole = try #require(results.e2e_ms.mean.number)
    #expect(abs(first + 49 * perToken - whole) < 1e-3 * whole)
    // Weights are read once a step: 16.06 GB at 4.8 TB/s take 3.35 ms.
    #expect(perToken > 3.35)
    let rate = try #require(results.output_tok_s.number)
    let makespan = try #require(results.makespan_s.number)
    #expect(abs(rate * makespan - 1_000) < 0.01)
  }

  @Test func tableOfASmallRun() throws {
    let outcome = try tool.run("run", "sample.yaml")
    #expect(outcome.status == 0)
    try expectGolden(outcome.output, "run.txt")
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 110 })
  }

  @Test func tableOfTwoPools() throws {
    let pools = """
      pools:
        prefill: {replicas: 2}
        decode:
          hardware: h100-sxm
          parallelism: {tensor: 2}
          speculation: {method: lookup, acceptance: [0.7]}

      """
    let tool = try Tool(files: ["pools.yaml": sampleScenario + pools])
    let outcome = try tool.run("run", "pools.yaml")
    #expect(outcome.status == 0)
    try expectGolden(outcome.output, "run-pools.txt")
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test func sameSeedGivesSameBytesInTwoProcesses() throws {
    let first = try tool.run("run", "sample.yaml", "--format", "json", "--seed", "7")
    let second = try tool.run("run", "sample.yaml", "--format", "json", "--seed", "7")
    #expect(first == second)
    let other = try tool.run("run", "sample.yaml", "--format", "json", "--seed", "8")
    #expect(try fingerprint(other) != fingerprint(first))
  }

  @Test func bothModesMakeTheSameDecisions() throws {
    let fast = try tool.run("run", "sample.yaml", "--format", "json")
    let slow = try tool.run("run", "sample.yaml", "--format", "json", "--mode", "stepwise")
    #expect(try fingerprint(slow) == fingerprint(fast))
  }

  @Test func optionsReplaceWhatTheScenarioSays() throws {
    let outcome = try tool.run(
      "run", "sample.yaml", "--hardware", "h100-sxm", "--model", "Qwen3-8B", "--engine", "sglang",
      "--price", "owned", "--set", "workload.requests=5", "--format", "json")
    let report = try outcome.result
    #expect(report.inputs.hardware.name.text == "h100-sxm")
    #expect(report.inputs.model.name.text == "Qwen/Qwen3-8B")
    #expect(report.inputs.engine.name.text == "sglang")
    #expect(report.inputs.price.basis.text == "owned")
    #expect(report.results.requests.completed.whole == 5)
  }

  @Test func timingIsANoteBesideTheResult() throws {
    let quiet = try tool.run("run", "sample.yaml")
    let timed = try tool.run("run", "sample.yaml", "--timing")
    #expect(timed.output == quiet.output)
    #expect(timed.error.hasPrefix("simulated 20 requests in "))
  }

  private func fingerprint(_ outcome: Tool.Outcome) throws -> String {
    try #require(try outcome.result.fingerprint.text)
  }
}
