import Diagnostics
import Testing

@testable import Commands

@Suite struct ExitStatusTests {
  /// No input can break a law, so its message is tested without one.
  @Test func brokenLawNamesItselfAndHowToSeeItAgain() throws {
    let laws = ["law L6 (Little's law) broken: integral 3 != sojourn 4 ns"]
    let found = try #require(failure(of: BrokenLaws(laws: laws, reproduction: "--seed 7")))
    #expect(found.status.rawValue == 70)
    #expect(
      found.text
        == "internal error: law L6 (Little's law) broken: integral 3 != sojourn 4 ns; "
        + "reproduce with `--seed 7`")
  }

  @Test func searchThatFoundNothingSaysWhy() throws {
    let reasons = ["none of 96 layouts is fast enough", "the closest one takes 612 ms"]
      .map { Diagnostic(code: "plan/infeasible", $0) }
    let found = try #require(failure(of: NoFeasibleDeployment(reasons)))
    #expect(found.status.rawValue == 3)
    #expect(
      found.text == """
        error[plan/infeasible]: none of 96 layouts is fast enough

        error[plan/infeasible]: the closest one takes 612 ms
        """)
    #expect(diagnostics(of: NoFeasibleDeployment(reasons)) == reasons)
  }

  @Test func severalFailuresAreSummedUp() throws {
    let failures = ["a", "b"].map { Diagnostic(code: "requirement/not-met", $0) }
    let found = try #require(
      failure(of: RequirementFailure(diagnostics: failures, summary: "1 of 3 requirements met")))
    #expect(found.status.rawValue == 2)
    #expect(
      found.text == """
        error[requirement/not-met]: a

        error[requirement/not-met]: b

        error: 1 of 3 requirements met
        """)
  }

  @Test func otherErrorsAreLeftToTheArgumentParser() {
    struct Other: Error {}
    #expect(failure(of: Other()) == nil)
  }
}
