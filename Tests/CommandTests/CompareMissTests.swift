import TestSupport
import Testing

struct CompareMissTests {
  /// One L40S reads 16 GB of weights 50 times a second at most.
  @Test func aMachineThatMissesTheLevelIsComparedWithNothing() throws {
    let outcome = try Tool(files: ["sample.yaml": sampleScenario]).run(
      "compare", "sample.yaml", "--hardware", "l40s,h100-sxm", "--at", "250tok/s/user",
      "--format", "json")
    #expect(outcome.status == 0, "\(outcome.error)")
    let machines = try outcome.result.machines.list
    #expect(machines.map(\.verdict.text) == ["misses", "holds"])
    #expect(machines.allSatisfy { $0.choice.isPresent })
    #expect(machines.allSatisfy { !$0.usd_per_mtok_ratio.isPresent })
    #expect(machines.allSatisfy { !$0.output_tok_s_per_gpu_ratio.isPresent })
  }
}
