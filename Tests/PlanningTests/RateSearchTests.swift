import Diagnostics
import Outcomes
import Planning
import Requirements
import Results
import Runs
import Scenarios
import TestSupport
import Testing

struct RateSearchTests {
  private static let small = [
    "workload.thinking=40", "workload.output=60", "workload.input=800",
    "workload.arrivals.rate=2 req/s",
  ]

  private func scenario(_ changes: [String]) throws -> Scenario {
    try ScenarioCatalogue.load(
      nameOrPath: "reasoning-distill-32b",
      overrides: try (Self.small + changes).map { try ConfigOverride(argument: $0) })
  }

  private func find(_ changes: [String]) throws -> RateSearch {
    let scenario = try scenario(changes)
    return try RateSearch.find(
      try Deployment(scenario), holding: ServiceLevel(scenario), from: .builtIn)
  }

  /// Answers that must come fast leave room below the capacity.
  @Test(.enabled(if: LongTests.areEnabled))
  func highestRateHoldsAndALittleMoreMisses() throws {
    let search = try find(["objectives.tpot=30 ms"])
    let held = try #require(search.held)
    let beyond = try #require(search.beyond)
    #expect(held.factor < beyond.found.factor)
    #expect(beyond.found.factor < held.factor * 1.011)
    #expect(try #require(held.trial.results.attainment) >= 0.99)
    #expect(!beyond.shortfalls.isEmpty)
    let capacity = try #require(search.capacity)
    #expect(try #require(held.rate) < capacity.rate)
    #expect(abs(try #require(held.rate) / (2 * held.factor) - 1) < 1e-9)
  }

  @Test(.enabled(if: LongTests.areEnabled))
  func rateDoesNotDependOnTheOneThatIsWritten() throws {
    let one = try #require(try find(["objectives.tpot=30 ms"]).held?.rate)
    let other = try #require(
      try find(["objectives.tpot=30 ms", "workload.arrivals.rate=9 req/s"]).held?.rate)
    #expect(abs(one / other - 1) < 0.03)
    // However far it is beyond what can be served.
    let far = try #require(
      try find(["objectives.tpot=30 ms", "workload.arrivals.rate=900000 req/s"]).held?.rate)
    #expect(abs(one / far - 1) < 0.03)
  }

  @Test func clientsAreCounted() throws {
    let search = try find([
      "objectives.tpot=30 ms", "workload.arrivals={process: closed-loop, clients: 3}",
    ])
    let held = try #require(search.held?.clients)
    let beyond = try #require(search.beyond?.found.clients)
    #expect(held >= 1)
    #expect(beyond > held && Double(beyond) <= max(Double(held + 1), Double(held) * 1.06))
  }

  @Test func levelThatNothingHoldsHasNoRate() throws {
    let search = try find(["objectives.tpot=1 us"])
    #expect(search.held == nil)
    #expect(search.beyond != nil)
  }

  @Test func batchHasNoRate() throws {
    let error = #expect(throws: InvalidInput.self) {
      try find(["workload.arrivals={process: offline}"])
    }
    #expect(error?.diagnostics.first?.code == "capacity/no-load")
  }
}
