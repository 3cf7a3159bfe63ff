import Foundation
import TestSupport
import Testing

/// How many machines a plan may need, where its predictions are off as eight in ten are.
@Suite(.enabled(if: LongTests.areEnabled)) struct PlanCertaintyTests {
  private static let scenario = """
    schema: windtunnel/scenario/1
    name: certain
    model: meta-llama/Llama-3.1-8B
    hardware: h100-sxm
    engine: vllm
    workload:
      requests: 1000
      arrivals: {process: poisson, rate: 40 req/s}
      input: {distribution: lognormal, mean: 3000, cv: 1, maximum: 30000}
      output: {distribution: lognormal, mean: 50, cv: 0.8, maximum: 800}
    objectives: {ttft: 10 s}
    """

  private let tool: Tool

  init() throws { tool = try Tool(files: ["certain.yaml": Self.scenario]) }

  private func result(_ command: String, _ options: String...) throws -> PrintedResult {
    let outcome = try tool.start(
      [command, "certain.yaml"] + options + ["--format", "json"]
    ).wait()
    #expect(outcome.status == 0, "\(outcome.error)")
    return try outcome.result
  }

  /// A prompt in a step makes its decodes wait: a limit on gaps is held by pools of their own.
  @Test func poolsApartHaveEndsToo() throws {
    let plan = try result(
      "plan", "--keep", "weights,kv_cache", "--require", "itl.p99 < 25 ms", "--require",
      "ttft.mean < 1.5 s")
    let layout = try #require(plan.choice.layout.text)
    #expect(layout.contains(" -> "))
    let count = try #require(plan.choice.accelerators.number)
    let low = try #require(plan.gpus_needed.low.number)
    let high = try #require(plan.gpus_needed.high.number)
    #expect(low <= count && count < high, "\(low) to \(high) around \(count)")
  }

  /// A limit so near to the shortest step that no number of slower machines holds it.
  @Test func whereNoNumberWouldDoNoneIsSaid() throws {
    let options = ["--set", "workload.arrivals.rate=0.1 req/s"]
    let alone = try result("run", options[0], options[1])
    let seconds = try #require(alone.results.tpot_ms.p50.number) * 1e-3
    let plan = try result(
      "plan", "--keep", "weights,kv_cache,speculation", options[0], options[1], "--require",
      "tpot.p50 < \(1.15 * seconds * 1e3) ms")
    #expect(plan.certainty.text == "marginal")
    #expect(plan.gpus_needed.low.number != nil)
    #expect(plan.gpus_needed.high.number == nil)
    // A price of so many machines is none of what it may take.
    #expect(plan.choice.intervals.usd_per_mtok_blended.low.number == nil)
  }
}
