import Diagnostics
import Outcomes
import Requirements
import Scenarios
import ServingSimulation
import Testing

struct RunFiguresTests {
  /// Every name of the catalogue has a value on a run that has them all.
  @Test func everyFigureHasItsValue() throws {
    let scenario = try ScenarioCatalogue.load(
      nameOrPath: "reasoning-distill-32b",
      overrides: [try ConfigOverride(argument: "workload.requests=20")])
    let deployment = try Deployment(scenario)
    let results = RunResults(Simulation(deployment.configuration()).finish(), of: deployment)
    #expect(results.figures.filter { $0.value == nil }.map(\.figure.path) == [])
    #expect(results.figures.count == RunFigures.all.count)
    let ttft = try #require(RunFigures.named("ttft.p99"))
    #expect(results.value(of: ttft) == results.timeToFirstToken.map { $0.p99 / 1000 })
  }
}
