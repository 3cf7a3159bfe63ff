import Diagnostics
import Outcomes
import Requirements
import Results
import Scenarios
import ServingSimulation
import Testing

struct RunFiguresTests {
  /// Every row of the table has a value on a run that has them all but for a cache of prefixes.
  @Test func everyFigureHasItsValue() throws {
    let scenario = try ScenarioCatalogue.load(
      nameOrPath: "reasoning-distill-32b",
      overrides: [try ConfigOverride(argument: "workload.requests=20")])
    let deployment = try Deployment(scenario)
    let results = RunResults(try Outcome.simulate(deployment))
    #expect(
      results.figures.filter { $0.value == nil }.map(\.figure.path) == [
        "ttft.max", "ttfat.max", "tpot.max", "itl.max", "e2e.max", "kv.max", "cost.cached",
        "cost.total", "makespan",
      ]
        + RunFigures.all.map(\.path).filter {
          ["question.", "batch.", "turns.", "detours."].contains(where: $0.hasPrefix)
        })
    #expect(results.figures.count == RunFigures.all.count)
    let ttft = try #require(RunFigures.named("ttft.p99"))
    #expect(results.value(of: ttft) == results.timeToFirstToken.map { $0.p99 / 1000 })
  }

  @Test func partsOfAWholeAreReadInPercent() {
    let shares = RunFigures.all.filter(\.figure.isShare)
    #expect(shares.allSatisfy { $0.figure.dimension == nil })
    let named = RunFigures.all.filter { $0.column.hasSuffix("_share") }
    #expect(named.count > 7 && named.allSatisfy(\.figure.isShare))
    // What is left without a unit is counted.
    let counted = RunFigures.all.filter { $0.figure.dimension == nil && !$0.figure.isShare }
    #expect(
      Set(counted.map { String($0.path.prefix { $0 != "." }) }) == [
        "rejected", "preempted", "lost", "abandoned", "gpus", "question", "detours",
      ])
  }

  /// A figure without a value fails its requirement, and the reason is what a user gets to see.
  @Test func everyFigureWithoutAValueSaysWhy() throws {
    let deployment = try Deployment(
      try ScenarioCatalogue.load(
        nameOrPath: "benchmark/chat",
        overrides: try ["workload.requests=5", "workload.output=1", "hardware=l40s"]
          .map { try ConfigOverride(argument: $0) }))
    let results = RunResults(Simulation(deployment.configuration()).finish(), of: deployment)
    let reasons = Dictionary(
      results.figures.filter { $0.value == nil }.map { ($0.figure.path, $0.unknown?.reason) }
    ) { first, _ in first }
    #expect(
      reasons.filter { $0.key.hasSuffix(".p99") } == [
        "ttfat.p99": "no request thinks before it answers",
        "tpot.p99": "no answer has more than one token",
        "itl.p99": "no answer has more than one token",
      ])
    #expect(reasons["interactivity"] == "no answer has more than one token")
    #expect(reasons["attainment"] == "the scenario has no `objectives`")
    #expect(reasons["cost.output"] == "the profile `l40s` has no rental price")
    #expect(
      reasons["power.mean"] == "the profile `l40s` has no `system.power_per_accelerator`")
    #expect(reasons.values.allSatisfy { $0?.isEmpty == false })
    let price = try #require(RunFigures.named("cost.hour"))
    #expect(
      results.figures.first { $0.figure == price }?.unknown?.remedy
        == "add the price to a copy of the profile, and give its path to `--hardware`")
  }
}
