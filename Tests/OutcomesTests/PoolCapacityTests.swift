import Diagnostics
import Runs
import Scenarios
import Statistics
import Testing

struct PoolCapacityTests {
  /// What two pools can serve is found from each alone; both together, with a queue that never
  /// ends, must serve as much. Engines that preempt compute a prompt again where it decodes, which
  /// a decode pool on its own does not see: 9 % too much was said to be served.
  @Test(arguments: ["vllm", "sglang", "tensorrt-llm"])
  func poolsServeTogetherWhatTheScarcerOfThemServes(engine: String) throws {
    let overrides = try [
      "engine=\(engine)", "hardware=h200-sxm",
      "parallelism={tensor: 1}", "pools={prefill: {replicas: 4}, decode: {}}",
    ].map { try ConfigOverride(argument: $0) }
    let configuration = try Deployment(
      ScenarioCatalogue.load(nameOrPath: "chat-gpt-oss", overrides: overrides)
    ).configuration()
    let stated = try #require(try Capacity.measure(configuration))
    let together = try #require(try SaturatedRun.run(configuration))
    #expect(stated.pool == "decode")
    #expect(abs(stated.rate / together.rate.value - 1) < 0.03, "\(stated) \(together.rate)")
  }
}
