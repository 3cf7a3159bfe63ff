import Diagnostics
import Requirements
import Scenarios
import Testing

/// The list of what the figures of a run must be.
@Suite struct RequireKeyTests {
  @Test func requirementsAreReadWithTheirPlaces() throws {
    let requirements = try SampleScenario.deployment(
      """
      require:
        - ttft.p99<0.5s
        - 'attainment >= 99 %'
      """
    ).scenario.requirements
    #expect(requirements.map(\.text) == ["ttft.p99 < 500 ms", "attainment >= 99 %"])
    #expect(
      requirements.map(\.location) == [
        SourceLocation(file: "bad.yaml", line: 6, column: 5),
        SourceLocation(file: "bad.yaml", line: 7, column: 5),
      ])
    #expect(requirements.map(\.path) == ["require.0", "require.1"])
  }

  @Test func emptyListRequiresNothing() throws {
    #expect(try SampleScenario.deployment("require: []").scenario.requirements.isEmpty)
  }

  static let cases: [RefusedScenario] = [
    RefusedScenario(
      testDescription: "no list", keys: "require: ttft.p99 < 1 s",
      message: """
        error[scenario/wrong-type]: `require` must be a list: ttft.p99 < 1 s
          --> bad.yaml:5:10  require
        """),
    RefusedScenario(
      testDescription: "mapping in the list", keys: "require: [{ttft.p99: 1 s}]",
      message: """
        error[scenario/wrong-type]: `require.0` must be text: a mapping
          --> bad.yaml:5:11  require.0
        """),
    RefusedScenario(
      testDescription: "nothing in the list", keys: "require:\n  - ''",
      message: """
        error[scenario/empty-text]: `require.0` must not be empty
          --> bad.yaml:6:5  require.0
        """),
    RefusedScenario(
      testDescription: "no comparison", keys: "require: [ttft.p99 500 ms]",
      message: """
        error[requirement/no-comparison]: a requirement compares a figure with a bound: \
        ttft.p99 500 ms
          --> bad.yaml:5:11  require.0
        hint: write it as `ttft.p99 < 500 ms`
        """),
    RefusedScenario(
      testDescription: "unknown comparison", keys: "require: [ttft.p99 == 500 ms]",
      message: """
        error[requirement/comparison]: unknown comparison: ==
          --> bad.yaml:5:11  require.0
        hint: use one of `<`, `<=`, `>` and `>=`
        """),
    RefusedScenario(
      testDescription: "no unit", keys: "require: [ttft.p99 < 500]",
      message: """
        error[requirement/bound]: the bound of `ttft.p99` must be a number with `s`, `ms`, `us`, \
        `ns`, `min` or `h`: 500
          --> bad.yaml:5:11  require.0
        """),
    RefusedScenario(
      testDescription: "lines in the text", keys: "require:\n  - |\n    ttft.p99 500\n    ms",
      message: """
        error[requirement/no-comparison]: a requirement compares a figure with a bound: \
        ttft.p99 500 ms
          --> bad.yaml:6:5  require.0
        hint: write it as `ttft.p99 < 500 ms`
        """),
  ]

  @Test(arguments: cases)
  func whatIsNoRequirementIsRefused(bad: RefusedScenario) throws { try bad.expectRefusal() }

  @Test func unknownFigureGetsTheNearestOneAndItsPlace() throws {
    let refusals = try SampleScenario.refusals("require: [ttft.p98 < 1 s]")
    #expect(refusals.count == 1)
    let text = try #require(refusals.first)
    #expect(text.hasPrefix("error[requirement/unknown-figure]: unknown figure: ttft.p98\n"))
    #expect(text.contains("\n  --> bad.yaml:5:11  require.0\n"))
    #expect(text.hasSuffix("\nhint: did you mean `ttft.p90`?"))
  }

  /// In the order of the file, with what else is wrong in it.
  @Test func allProblemsAreReportedInTheirOrder() throws {
    let refusals = try SampleScenario.refusals(
      """
      require: [ttft < 1 s, output > 5]
      quantisation: {}
      """)
    #expect(
      refusals.map { $0.split(separator: ":")[0] } == [
        "error[requirement/unknown-figure]", "error[requirement/bound]",
        "error[scenario/unknown-key]",
      ])
  }
}
