import Diagnostics
import Results
import Scenarios
import ServingSimulation
import Testing
import Units
import Workloads

@testable import Planning

struct StrainTests {
  private func scenario(_ changes: [String] = []) throws -> Scenario {
    try ScenarioCatalogue.load(
      nameOrPath: "reasoning-distill-32b",
      overrides: try (["workload.arrivals.rate=10 req/s", "objectives.ttft=600 ms"] + changes)
        .map { try ConfigOverride(argument: $0) })
  }

  /// 20 % slower: 12 req/s and limits a sixth tighter, the first token's by its own factor.
  @Test func workedExample() throws {
    let strained = Strain.strained(try scenario(), by: (step: 1.2, first: 1.2))
    #expect(strained.workload.offeredRate == 12)
    #expect(strained.objectives.timeToFirstToken?.seconds == 0.5)
    let first = Strain.strained(try scenario(), by: (step: 1.2, first: 1.5))
    #expect(first.objectives.timeToFirstToken?.seconds == 0.4)
    #expect(first.objectives.timePerOutputToken == SimDuration(seconds: 0.08 / 1.2))
  }

  /// A batch takes as much longer as its steps do.
  @Test func makespanIsATime() throws {
    let makespan = try #require(RunFigures.named("makespan"))
    #expect(Strain.scales(makespan))
    let deployment = try Deployment(scenario())
    let slow = Strain.slowest.observed(1_000, of: makespan, on: deployment)
    #expect(slow == 1_000 * Strain.slowest.share(of: deployment))
    #expect(slow > 1_000)
  }

  @Test func fasterMachineHasItEasier() throws {
    let deployment = try Deployment(scenario())
    #expect(Strain.isKnown(for: deployment))
    let scenario = try scenario()
    let slow = Strain.slowest.strained(scenario, as: deployment)
    let fast = Strain.fastest.strained(scenario, as: deployment)
    let (slowRate, fastRate) = (slow.workload.offeredRate ?? 0, fast.workload.offeredRate ?? 0)
    #expect(fastRate < 10 && 10 < slowRate)
    #expect((slow.objectives.timeToFirstToken?.seconds ?? 1) < 0.6)
    #expect((fast.objectives.timeToFirstToken?.seconds ?? 0) > 0.6)
  }

  /// Nothing like it was ever measured.
  @Test func dataflowMachineHasNoRange() throws {
    let deployment = try Deployment(try ScenarioCatalogue.load(nameOrPath: "llama2-70b-groq"))
    #expect(!Strain.isKnown(for: deployment))
    let scenario = deployment.scenario
    #expect(Strain.slowest.strained(scenario, as: deployment) == scenario)
  }
}
