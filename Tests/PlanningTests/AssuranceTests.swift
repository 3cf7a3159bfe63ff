import Outcomes
import Requirements
import Results
import Scenarios
import TestSupport
import Testing

@testable import Planning

struct AssuranceTests {
  private func comparison(
    _ machine: String, scenario name: String = "reasoning-distill-32b", isCautious: Bool = false
  ) throws -> Comparison.Entry {
    let scenario = try MachineSearchTests.scenario(name, ["workload.arrivals.rate=4 req/s"])
    let options = SearchOptions(
      holding: ServiceLevel(scenario), tuning: [], isCautious: isCautious, from: .builtIn)
    let comparison = Comparison.find(
      scenario, on: [try SearchedMachine(machine, for: scenario, from: .builtIn)], at: .scenario,
      with: options, isCancelled: { false })
    return try #require(comparison.entries.first)
  }

  @Test func rangesHoldWhatIsPredicted() throws {
    let entry = try comparison("h200-sxm")
    let best = try #require(entry.best)
    #expect(entry.assurance.ranges.map(\.figure.path) == ["attainment", "ttft.p99", "tpot.p99"])
    for range in entry.assurance.ranges {
      let value = try #require(best.trial.results.value(of: range.figure))
      #expect(range.low.map { $0 <= value } ?? true, "\(range)")
      #expect(range.high.map { value <= $0 } ?? true, "\(range)")
      #expect(range.low != range.high)
    }
  }

  /// Whoever asks for certainty gets it, for at least as many accelerators, and is shown what is
  /// predicted of them.
  @Test(.enabled(if: LongTests.areEnabled))
  func cautiousAnswerHoldsAtTheBadEnd() throws {
    let plain = try comparison("h200-sxm")
    let cautious = try comparison("h200-sxm", isCautious: true)
    let (few, many) = (try #require(plain.best), try #require(cautious.best))
    #expect(cautious.assurance.certainty == .yes)
    #expect(few.candidate.accelerators <= many.candidate.accelerators)
    let load = many.trial.outcome.load
    #expect(load.offered.map { abs($0 / many.trial.share - 4) < 0.2 } == true)
  }

  /// What clients who wait get on a slower machine is what they get, so much slower.
  @Test(.enabled(if: LongTests.areEnabled))
  func speedForEveryUserHasEndsToo() throws {
    func entry(isCautious: Bool) throws -> Comparison.Entry {
      let scenario = try MachineSearchTests.scenario("reasoning-distill-32b", [])
      let figure = try #require(RunFigures.named("interactivity"))
      let level = ServiceLevel(
        attainment: nil, requirements: [Requirement(figure, .atLeast, 30)])
      let options = SearchOptions(
        holding: level, tuning: [], isCautious: isCautious, from: .builtIn)
      let machine = try SearchedMachine("h200-sxm", for: scenario, from: .builtIn)
      let comparison = Comparison.find(
        scenario, on: [machine], at: .interactivity(tokensPerSecond: 30), with: options,
        isCancelled: { false })
      return try #require(comparison.entries.first)
    }
    let (plain, cautious) = (try entry(isCautious: false), try entry(isCautious: true))
    #expect(plain.assurance.certainty == .marginal)
    #expect(cautious.assurance.certainty == .yes)
    let range = try #require(cautious.assurance.ranges.first)
    #expect(range.figure.path == "interactivity")
    #expect(try #require(range.low) >= 30)
  }

  @Test(.enabled(if: LongTests.areEnabled))
  func nobodyKnowsMachinesThatWereNeverMeasured() throws {
    let entry = try comparison("groq-lpu", scenario: "chat-gpt-oss")
    #expect(entry.assurance.certainty == .unknown)
    #expect(entry.assurance.ranges.isEmpty)
  }
}
