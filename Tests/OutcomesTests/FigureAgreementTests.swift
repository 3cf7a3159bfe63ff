import Diagnostics
import Outcomes
import Results
import Scenarios
import ServingSimulation
import Testing

/// Every figure of the table is the same whether steps are taken at once or one by one: the list
/// is the table's own, so that a figure that is added is held to it by itself.
struct FigureAgreementTests {
  private static let short = "workload.requests=40"

  @Test(arguments: [
    ("benchmark/chat", [short]),
    // One answer whose cache grows all along: half a block in forty steps is much.
    (
      "benchmark/chat",
      ["workload={requests: 1, arrivals: {process: offline}, input: 16, output: 40}"]
    ),
    (
      "benchmark/chat",
      [
        "replicas=8", "prefix_cache=true",
        "workload={requests: 1, input: 26, output: 33, arrivals: {process: offline}}",
      ]
    ),
    ("benchmark/cluster", [short]), ("reasoning-distill-32b", [short]),
    ("r1-h200-tp8", [short]), ("r1-gb200-disaggregated", [short]),
    ("chat-gpt-oss", [short, "availability={mean_time_between_failures: 20 s, restart: 1 s}"]),
    ("llama2-70b-groq", [short]),
  ])
  func bothModesHaveEveryFigureAlike(name: String, changes: [String]) throws {
    let scenario = try ScenarioCatalogue.load(
      nameOrPath: name,
      overrides: try (changes + ["workload.judge=whole"]).map { try ConfigOverride(argument: $0) })
    let deployment = try Deployment(scenario)
    func results(_ mode: OutcomeQuestion) throws -> RunResults {
      RunResults(try Outcome.simulate(deployment, mode))
    }
    let fast = try results(OutcomeQuestion(mode: .fastForward, hasCapacity: false))
    let slow = try results(OutcomeQuestion(mode: .stepwise, hasCapacity: false))
    #expect(fast.steps == slow.steps)
    var known = 0
    for row in RunFigures.all {
      let (one, other) = (row.measured(fast), row.measured(slow))
      if let one, let other {
        known += 1
        #expect(
          abs(one - other) <= 1e-9 * max(abs(one), abs(other)), "\(row.path): \(one), \(other)")
      } else {
        #expect(one == other, "\(row.path)")
      }
    }
    #expect(known >= 30)
  }
}
