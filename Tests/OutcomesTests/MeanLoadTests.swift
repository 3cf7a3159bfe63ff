import Diagnostics
import Outcomes
import Requirements
import Results
import Runs
import Scenarios
import ServingSimulation
import Statistics
import TestSupport
import Testing
import Units

struct MeanLoadTests {
  private func outcome(_ changes: [String], asking criteria: [Criterion] = []) throws -> Outcome {
    let scenario = try ScenarioCatalogue.load(
      nameOrPath: "chat-gpt-oss",
      overrides: try changes.map { try ConfigOverride(argument: $0) })
    return try Outcome.simulate(
      try Deployment(scenario),
      OutcomeQuestion(criteria: criteria, depth: .quick, hasCapacity: false))
  }

  /// An hour's price is that of the requests and tokens that come in an hour, whatever came in the
  /// sample; the same for any seed.
  @Test func aPriceIsOfWhatComesInTheMean() throws {
    for seed in 1...3 as ClosedRange<Int> {
      let found = try outcome([
        "workload.arrivals.rate=4 req/s", "workload.input=500", "workload.output=100",
        "workload.thinking=0", "replicas=2", "seed=\(seed)",
      ])
      let results = RunResults(found)
      let cost = try #require(results.cost)
      let hour = cost.dollarsPerHour
      func isHour(_ dollars: Double?) -> Bool {
        dollars.map { abs($0 * 3_600 / hour - 1) < 1e-6 } ?? false
      }
      #expect(isHour(cost.perRequest.map { $0 * 4 }))
      #expect(isHour(cost.perMillionTokens.blended.map { $0 * 4 * 600 / 1e6 }))
      #expect(results.load?.served == 4)
      #expect(results.outputRate.map { abs($0 - 400) < 1e-6 } == true)
      let counted = Double(found.summary.completed) / found.summary.makespan.seconds
      #expect(counted != 4, "a sample is off")
      let mean = try #require(found.meanLoad)
      #expect(abs(mean.requests * counted - 4) < 1e-9)
    }
  }

  /// What is refused or left to grow is counted as it came.
  @Test func anOverloadIsCounted() throws {
    let found = try outcome(["workload.arrivals.rate=4000 req/s"])
    #expect(found.meanLoad == nil)
  }

  /// A level of one class lengthens the run until that class is known.
  @Test func aClassIsAsked() throws {
    let changes = [
      "workload={requests: 1000, arrivals: {process: poisson, rate: 4 req/s}, classes: ["
        + "{name: live, share: 9, input: 500, output: 100}, "
        + "{name: bulk, share: 1, input: 4000, output: 300}]}"
    ]
    func asked(_ text: String) throws -> [Criterion] {
      let scenario = try ScenarioCatalogue.load(
        nameOrPath: "chat-gpt-oss",
        overrides: try changes.map { try ConfigOverride(argument: $0) })
      return [
        try #require(
          Criterion(
            try Requirement(text, of: RunFigures.names, at: nil), of: try Deployment(scenario)))
      ]
    }
    let found = try outcome(changes, asking: try asked("ttft.p99@bulk < 2 s"))
    guard
      case .share(.timeToFirstToken, let limit, 1) = try asked("ttft.p99@bulk < 2 s")[0]
        .quantity
    else {
      Issue.record("no share of a class")
      return
    }
    let share = try #require(
      found.estimate(.share(.timeToFirstToken, atMost: limit, ofClass: 1)))
    #expect((0.9...1).contains(share.value))
    let whole = try #require(found.estimate(.share(.timeToFirstToken, atMost: limit)))
    let other = try #require(
      found.estimate(.share(.timeToFirstToken, atMost: limit, ofClass: 0)))
    #expect(min(share.value, other.value) <= whole.value)
    #expect(whole.value <= max(share.value, other.value))
  }
}
