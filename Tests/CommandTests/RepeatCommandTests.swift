import TestSupport
import Testing

@Suite struct RepeatCommandTests {
  private let tool: Tool

  init() throws { tool = try Tool() }

  /// The mean, and the spread that chance makes, of runs that can be made again one by one.
  @Test func repeatsAreTheRunsOfTheNextSeeds() throws {
    let trace = [
      "run", "reasoning-distill-32b", "--set", "workload.requests=60", "--set",
      "workload.judge=whole", "--format", "json",
    ]
    let repeated = try tool.start(trace + ["--repeats", "3"]).wait()
    #expect(repeated.status == 0, "\(repeated.error)")
    let report = try repeated.result.repeats
    #expect(report.seeds.list.compactMap(\.whole) == [1, 2, 3])
    let found = try #require(report.figures.list.first { $0.figure.text == "ttft.p95" })
    var values: [Double] = []
    for seed in 1...3 {
      let alone = try tool.start(trace + ["--seed", "\(seed)"]).wait()
      values.append(try #require(try alone.result.results.ttft_ms.p95.number) / 1000)
    }
    let mean = values.reduce(0, +) / 3
    #expect(abs(try #require(found.mean.number) / mean - 1) < 1e-4)
    #expect(abs(try #require(found.low.number) / (values.min() ?? 0) - 1) < 1e-4)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / 2).squareRoot()
    #expect(abs(try #require(found.standard_deviation.number) - deviation) < 1e-3 * mean)
  }

  @Test func oneRunSaysNothingOfOthers() throws {
    let outcome = try tool.start(["run", "benchmark/chat", "--repeats", "0"]).wait()
    #expect(outcome.status == 64)
    #expect(outcome.error.contains("'--repeats' must be from 1 to 1000: 0"))
  }
}
