import Outcomes
import Planning
import Scenarios
import Testing

struct TrialTests {
  private func deployment() throws -> Deployment {
    try Deployment(try ScenarioCatalogue.load(nameOrPath: "llama2-70b-groq"))
  }

  @Test func aTrialRunsToItsEnd() throws {
    let trial = try #require(Trial(try deployment()))
    #expect(trial.results.requests.completed == 100)
    #expect(trial.brokenLaws.isEmpty)
    #expect(!trial.isOutOfTime)
  }

  @Test func aTrialThatIsNoLongerWantedHasNoResult() throws {
    #expect(Trial(try deployment(), isCancelled: { true }) == nil)
  }
}
