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

  @Test func otherErrorsAreLeftToTheArgumentParser() {
    struct Other: Error {}
    #expect(failure(of: Other()) == nil)
  }
}
