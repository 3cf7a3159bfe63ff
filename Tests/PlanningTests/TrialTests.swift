import Outcomes
import Planning
import Results
import Runs
import Scenarios
import Testing

struct TrialTests {
  private func deployment() throws -> Deployment {
    try Deployment(try ScenarioCatalogue.load(nameOrPath: "llama2-70b-groq"))
  }

  @Test func aTrialRunsToItsEnd() throws {
    let trial = try Trial.run(try deployment())
    #expect(trial.results.requests.completed == 100)
    #expect(trial.brokenLaws.isEmpty)
    #expect(trial.outcome.load.state == .finite)
  }

  @Test func aTrialThatIsNoLongerWantedHasNoResult() throws {
    let deployment = try Deployment(
      try ScenarioCatalogue.load(nameOrPath: "reasoning-distill-32b"))
    #expect(throws: RunFailure.cancelled) {
      try Trial.run(deployment, OutcomeQuestion(), RunWatch(isCancelled: { true }))
    }
  }
}
