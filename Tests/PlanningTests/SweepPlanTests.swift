import Diagnostics
import Foundation
import Outcomes
import Planning
import Results
import Scenarios
import ServingSimulation
import Synchronization
import Testing
import Units

struct SweepPlanTests {
  private func plan(
    _ scenario: String = "chat-gpt-oss", _ request: SweepPlan.Request = SweepPlan.Request(),
    set settings: [String] = []
  ) throws -> SweepPlan {
    try SweepPlan(
      try ScenarioFile(nameOrPath: scenario),
      overrides: try settings.map { try ConfigOverride(argument: $0) }, request, tool: "test")
  }

  private func records(_ plan: SweepPlan, _ indices: [Int]) -> [SweepRecord] {
    let found = Mutex<[SweepRecord]>([])
    plan.run(
      indices, jobs: 1, isCancelled: { false },
      finished: { record in found.withLock { $0.append(record) } })
    return found.withLock { $0 }.sorted { $0.index < $1.index }
  }

  @Test func defaultIsClientsOverTheLayoutsOfTheDomain() throws {
    let header = try plan(set: ["model=meta-llama/Llama-3.1-8B"]).header
    #expect(header.axes.map(\.name) == ["layout", "clients"])
    #expect(header.axes[0].values.map(\.label) == ["TP1", "TP2", "TP4", "TP8"])
    #expect(header.axes[1].values.map(\.label).first == "1")
    #expect(header.axes[1].values.map(\.label).last == "1024")
    #expect(header.cases == 44)
  }

  @Test func mixturesSpreadTheirExpertsToo() throws {
    let layouts = try plan(set: ["hardware=gb200-nvl72"]).header.axes[0].values
    #expect(layouts.count == 19)
    #expect(
      layouts.filter { $0.label.hasSuffix("EP8") }.map(\.settings) == [
        ["parallelism={tensor: 8, expert: 8}"],
        ["parallelism={tensor: 4, attention_data: 2, expert: 8}"],
        ["parallelism={tensor: 2, attention_data: 4, expert: 8}"],
        ["parallelism={tensor: 1, attention_data: 8, expert: 8}"],
      ])
  }

  @Test func traceIsPlayedFaster() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("windtunnel-sweep-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let trace = "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6,374,44\n"
    try Data(trace.utf8).write(to: folder.appendingPathComponent("trace.csv"))
    let scenario = """
      schema: windtunnel/scenario/1
      model: meta-llama/Llama-3.1-8B
      hardware: h200-sxm
      engine: vllm
      workload: {arrivals: {process: trace, format: azure, file: trace.csv}}

      """
    let path = folder.appendingPathComponent("trace.yaml")
    try Data(scenario.utf8).write(to: path)
    let axes = try plan(path.path).header.axes
    #expect(axes.map(\.name) == ["workload.arrivals.speed", "layout"])
    #expect(axes[0].values.map(\.label).first == "0.25")
  }

  @Test func whoHasNoLayoutsToTryKeepsTheOneThatIsThere() throws {
    #expect(try plan("r1-gb200-disaggregated").header.axes.map(\.name) == ["clients"])
    #expect(try plan("llama2-70b-groq").header.axes.map(\.name) == ["clients"])
  }

  @Test func whatDoesNotFitIsACaseWithItsReason() throws {
    let axis = try SweepAxis(over: "parallelism.tensor=1,3")
    let plan = try plan(
      "chat-gpt-oss", SweepPlan.Request(axes: [axis]),
      set: ["model=meta-llama/Llama-3.3-70B-Instruct", "quantization.weights=bf16"])
    let found = records(plan, [0, 1])
    #expect(
      found.map { $0.refused?.map(\.code) } == [
        ["scenario/out-of-memory"], ["scenario/layout-divisibility"],
      ])
    #expect(found.allSatisfy { $0.figures == nil && $0.refused?[0].hint != nil })
    #expect(found[1].at == ["parallelism.tensor": "3"])
    #expect(found[1].settings == ["parallelism.tensor=3"])
  }

  @Test func oneCaseAloneIsWhatRunFinds() throws {
    let plan = try plan(
      "llama2-70b-groq", SweepPlan.Request(axes: [try SweepAxis(over: "workload.requests=5,7")]))
    let found = try #require(records(plan, [1]).first)
    let scenario = try ScenarioCatalogue.load(
      nameOrPath: "llama2-70b-groq",
      overrides: try found.settings.map { try ConfigOverride(argument: $0) })
    let trial = try Trial.run(try Deployment(scenario))
    #expect(found.fingerprint == trial.summary.fingerprint.text)
    #expect(found.figures?["output"] == trial.results.outputRate.map { ReportNumber.rounded($0) })
    #expect(found.figures?["rejected"] == 0)
    // Nobody knows what power and price of this machine are.
    #expect(found.figures?["cost.output"] == nil)
  }

  @Test func everyValueThatIsWrongIsFoundBeforeAnythingIsSimulated() throws {
    let request = SweepPlan.Request(
      axes: [
        try SweepAxis(over: "hardware=h200-sxm,b20-sxm"),
        try SweepAxis(over: "workload.request=10"),
      ])
    let error = #expect(throws: InvalidInput.self) { try plan("chat-gpt-oss", request) }
    #expect(
      error?.diagnostics.map(\.code) == ["scenario/unknown-key", "hardware/unknown-profile"])
    #expect(error?.diagnostics[0].location?.file == "--over workload.request=10")
    let names = SweepPlan.Request(axes: [request.axes[0]])
    let other = #expect(throws: InvalidInput.self) { try plan("chat-gpt-oss", names) }
    #expect(other?.diagnostics.map(\.message) == ["unknown hardware profile `b20-sxm`"])
    #expect(other?.diagnostics[0].location?.file == "--over hardware=b20-sxm")
  }

  @Test func fingerprintIsOfAllThatDecidesTheResult() throws {
    let axis = try SweepAxis(over: "workload.requests=5,7")
    let request = SweepPlan.Request(axes: [axis])
    let header = try plan("llama2-70b-groq", request).header
    #expect(try plan("llama2-70b-groq", request).header == header)
    let others = try [
      plan("llama2-70b-groq", request, set: ["seed=2"]),
      plan(
        "llama2-70b-groq", SweepPlan.Request(axes: [try SweepAxis(over: "workload.requests=5")])),
      plan("chat-gpt-oss", request),
    ]
    #expect(Set(others.map(\.header.fingerprint) + [header.fingerprint]).count == 4)
  }

  @Test func weightGrowsWithTheRequestsOfACase() throws {
    let plan = try plan(
      "llama2-70b-groq",
      SweepPlan.Request(
        axes: [try SweepAxis(over: "workload.requests=100,1000")],
        clients: nil))
    #expect(plan.weight(0) == 2_100)
    #expect(plan.weight(1) == 3_000)
  }
}
