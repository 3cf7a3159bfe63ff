import Diagnostics
import Results
import Runs
import Scenarios
import ServingSimulation
import Statistics
import Testing

struct PoolCapacityTests {
  /// What two pools can serve is found from each alone; both together, with a queue that never
  /// ends, must serve as much. Engines that preempt compute a prompt again where it decodes, which
  /// a decode pool on its own does not see: 9 % too much was said to be served.
  @Test(arguments: ["vllm", "sglang", "tensorrt-llm"])
  func poolsServeTogetherWhatTheScarcerOfThemServes(engine: String) throws {
    let configuration = try configuration(
      engine: engine, pools: "{prefill: {replicas: 4}, decode: {}}")
    let stated = try #require(try Capacity.measure(configuration))
    let together = try #require(try SaturatedRun.run(configuration))
    #expect(stated.pool == "decode")
    #expect(abs(stated.rate / together.rate.value - 1) < 0.03, "\(stated) \(together.rate)")
  }

  /// A search measures each side once, beside whatever other it is tried.
  @Test func aSideAloneDoesNotDependOnTheOther() throws {
    let pools = [
      "{prefill: {}, decode: {replicas: 2}}",
      "{prefill: {replicas: 3}, decode: {parallelism: {tensor: 2}}}",
    ]
    var rates: Set<Double> = []
    for pools in pools {
      let alone = try Capacity.alone(
        0, of: try configuration(engine: "sglang", pools: pools), .rough, RunWatch())
      guard case .found(let capacity?) = alone else { continue }
      rates.insert(capacity.rate)
    }
    #expect(rates.count == 1, "\(rates)")
  }

  @Test(arguments: [
    ([2, 2], [1, 1]), ([6, 4], [3, 2]), ([17, 16], [8, 8]), ([40, 1], [40, 1]),
    ([1, 900], [1, 64]), ([30, 2], [15, 1]), ([300, 100], [3, 1]),
  ])
  func fewReplicasAreInTheProportionOfMany(counts: [Int], few: [Int]) {
    #expect(Capacity.proportion(of: counts) == few)
  }

  /// Calls of a question hold its prompt once: a pool that decodes alone would hold it with each.
  @Test func questionsAreServedByBothPoolsTogether() throws {
    let configuration = try configuration(
      engine: "vllm", pools: "{prefill: {replicas: 2}, decode: {replicas: 2}}",
      "workload.answering={strategy: debate, agents: 3, rounds: 3}")
    let stated = try #require(try Capacity.measure(configuration))
    let together = try #require(try SaturatedRun.run(configuration))
    #expect(abs(stated.rate / together.rate.value - 1) < 0.03, "\(stated) \(together.rate)")
  }

  /// Those that decode would lose blocks alone, and wait for prompts here: more of them serve no
  /// more, more that prefill do.
  @Test func thePoolIsNamedOfWhichMoreServeMore() throws {
    func capacity(_ prefill: Int, _ decode: Int) throws -> Capacity {
      let pools =
        "{prefill: {replicas: \(prefill), parallelism: {tensor: 2}}, "
        + "decode: {replicas: \(decode), parallelism: {tensor: 4}}}"
      return try #require(try Capacity.measure(try dense(pools)))
    }
    let found = try capacity(2, 1)
    #expect(found.pool == "prefill")
    #expect(try capacity(2, 2).rate < 1.02 * found.rate)
    #expect(try capacity(3, 1).rate > 1.3 * found.rate)
  }

  /// Requests have been through the front end when they come to those that decode.
  @Test func whatHasNoRoomToDecodeWaitsForNoFrontEnd() throws {
    let pools =
      "{prefill: {replicas: 5, parallelism: {tensor: 1}}, decode: {parallelism: {tensor: 2}}}"
    let found = try #require(try Capacity.measure(try dense(pools)))
    #expect(found.pool == "decode")
    #expect(found.limit == .cache)
  }

  private func dense(_ pools: String) throws -> SimulationConfiguration {
    try configuration(
      engine: "vllm", pools: pools, "model=meta-llama/Llama-3.1-70B", "quantization.weights=fp8",
      "workload.thinking=0", "workload.input={distribution: lognormal, mean: 2200, cv: 0.8}",
      "workload.output={distribution: lognormal, mean: 350, cv: 0.7, maximum: 3000}")
  }

  /// Its cache has no end, and prompts are all that it computes.
  @Test func aModelWithoutCacheHasACapacity() throws {
    let deployment = try Deployment(ScenarioCatalogue.load(nameOrPath: "rerank-bge"))
    let capacity = try #require(try Capacity.measure(deployment.configuration()))
    #expect(capacity.rate > 0)
    #expect(capacity.limit != .cache)
  }

  private func configuration(
    engine: String, pools: String, _ more: String...
  ) throws -> SimulationConfiguration {
    let overrides = try
      ([
        "engine=\(engine)", "hardware=h200-sxm", "parallelism={tensor: 1}", "pools=\(pools)",
      ] + more).map { try ConfigOverride(argument: $0) }
    return try Deployment(
      ScenarioCatalogue.load(nameOrPath: "chat-gpt-oss", overrides: overrides)
    ).configuration()
  }
}
