import Diagnostics
import Outcomes
import Runs
import Scenarios
import Testing

struct OverloadGridTests {
  private func outcome(_ scenario: String, rate: Double) throws -> Outcome {
    let overrides = [try ConfigOverride(argument: "workload.arrivals.rate=\(rate) req/s")]
    return try Outcome.simulate(
      try Deployment(ScenarioCatalogue.load(nameOrPath: scenario, overrides: overrides)))
  }

  /// Nothing below 0.97 of the capacity is called an overload, and everything above it is.
  @Test(arguments: ["chat-gpt-oss", "documents-50k"])
  func overloadsAreFlaggedAndNothingElse(scenario: String) throws {
    let capacity = try #require(try outcome(scenario, rate: 0.1).load.capacity).rate
    for factor in [0.5, 0.8, 0.9, 0.96, 1.03, 1.5, 3] {
      let load = try outcome(scenario, rate: factor * capacity).load
      #expect((load.isSustained == false) == (factor > 1), "\(factor): \(load.state)")
      #expect((LoadWarning(load) != nil) == (factor > 1))
    }
  }
}
