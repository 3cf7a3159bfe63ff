import Diagnostics
import OperatorCosts
import Planning
import Scenarios
import ServingSimulation
import Testing

struct CandidateTests {
  private static let together = Candidate(
    hardware: "gb200-nvl72", engine: "sglang",
    shape: .together(
      Candidate.Part(PoolLayout(ParallelLayout(attentionData: 8, expert: 8)), replicas: 2)))

  private static let apart = Candidate(
    hardware: "b200-sxm", engine: "vllm",
    shape: .apart(
      prefill: Candidate.Part(PoolLayout(ParallelLayout(tensor: 8)), replicas: 1),
      decode: Candidate.Part(PoolLayout(ParallelLayout(tensor: 8, expert: 8)), replicas: 2)))

  @Test func aDeploymentSaysWhatItIs() {
    #expect(Self.together.words == "2 x DP8 EP8")
    #expect(Self.together.accelerators == 16)
    #expect(Self.apart.words == "1 x TP8 -> 2 x TP8 EP8")
    #expect(Self.apart.accelerators == 24)
    var limited = PoolLayout(ParallelLayout(tensor: 4), weights: .nvfp4)
    limited.tuning.maximumSequences = 64
    #expect(limited.words == "TP4 nvfp4 batch 64")
    #expect(PoolLayout().words == "TP1")
    #expect(PoolLayout(chips: 576).words == "576 chips")
    #expect(PoolLayout(ParallelLayout(tensor: 8, pipeline: 2)).words == "TP8 PP2")
  }

  /// What is printed to be typed is what was simulated.
  @Test(arguments: [together, apart])
  func itsSettingsMakeTheSameDeployment(candidate: Candidate) throws {
    let short = [try ConfigOverride(argument: "workload.requests=30")]
    let scenario = try ScenarioCatalogue.load(nameOrPath: "reasoning-r1", overrides: short)
    let typed = try ScenarioCatalogue.load(
      nameOrPath: "reasoning-r1",
      overrides: short
        + candidate.settings.map { try ConfigOverride(argument: "\($0.path)=\($0.value)") })
    let applied = try Deployment(candidate.applied(to: scenario))
    let read = try Deployment(typed)
    #expect(applied.accelerators == candidate.accelerators)
    #expect(read.accelerators == candidate.accelerators)
    #expect(fingerprint(applied) == fingerprint(read))
  }

  private func fingerprint(_ deployment: Deployment) -> String {
    Simulation(deployment.configuration()).finish().fingerprint.text
  }
}
