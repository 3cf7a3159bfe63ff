import Diagnostics
import Outcomes
import Runs
import Scenarios
import TestSupport
import Testing

struct OverloadGridTests {
  private func outcome(_ scenario: String, rate: Double) throws -> Outcome {
    let overrides = [try ConfigOverride(argument: "workload.arrivals.rate=\(rate) req/s")]
    return try Outcome.simulate(
      try Deployment(ScenarioCatalogue.load(nameOrPath: scenario, overrides: overrides)))
  }

  /// Of ten thousand requests a hundred more or fewer come by chance: at nine tenths of the
  /// capacity that is no queue that grows, however early the run is given up.
  @Test(.enabled(if: LongTests.areEnabled))
  func chanceIsNoOverload() throws {
    let name = "reasoning-distill-32b"
    let capacity = try #require(try outcome(name, rate: 0.1).load.capacity).rate
    let overrides = try [
      "workload.arrivals={process: poisson, rate: \(0.9 * capacity) req/s}",
      "objectives.tpot=1 ms",
    ].map { try ConfigOverride(argument: $0) }
    let level = Criterion(.attainment, .atLeast(0.99, tolerance: 0.001))
    for seed in 1...20 as ClosedRange<UInt64> {
      var scenario = try ScenarioCatalogue.load(nameOrPath: name, overrides: overrides)
      scenario.seed = seed
      let outcome = try Outcome.simulate(
        try Deployment(scenario), OutcomeQuestion(criteria: [level]))
      #expect(outcome.load.isSustained != false, "seed \(seed): \(outcome.load)")
    }
  }

  /// Nothing below 0.97 of the capacity is called an overload, and everything above it is.
  @Test(arguments: ["chat-gpt-oss"] + (LongTests.areEnabled ? ["documents-50k"] : []))
  func overloadsAreFlaggedAndNothingElse(scenario: String) throws {
    let capacity = try #require(try outcome(scenario, rate: 0.1).load.capacity).rate
    let factors = LongTests.areEnabled ? [0.5, 0.8, 0.9, 0.96, 1.03, 1.5, 3] : [0.5, 0.96, 1.03]
    for factor in factors {
      let load = try outcome(scenario, rate: factor * capacity).load
      #expect((load.isSustained == false) == (factor > 1), "\(factor): \(load.state)")
      #expect((LoadWarning(load) != nil) == (factor > 1))
    }
  }
}
