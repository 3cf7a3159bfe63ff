import Diagnostics
import Requirements
import Testing
import Units

struct RequirementVerdictTests {
  private let latency = Figure("ttft.p99", .seconds, .less)
  private let share = Figure("attainment", nil, .more, isShare: true)

  private func verdict(
    _ figure: Figure, _ comparison: Requirement.Comparison, _ bound: Double, is value: Double?,
    unknown: FigureValue.Unknown? = nil
  ) -> RequirementVerdict {
    RequirementVerdict(
      Requirement(
        figure, comparison, bound, at: SourceLocation(file: "a.yaml", line: 3, column: 5),
        path: "require.0"),
      [FigureValue(share, 0.5), FigureValue(figure, value, unknown: unknown)])
  }

  @Test func whatIsMetHasNothingToSay() {
    let met = verdict(latency, .less, 0.5, is: 0.4)
    #expect(met.isMet)
    #expect(met.words == "met")
    #expect(met.valueWords == "400.0 ms")
    #expect(met.diagnostic(hint: "none") == nil)
  }

  @Test func whatIsMissedSaysByHowMuch() {
    let missed = verdict(latency, .atMost, 0.5, is: 0.5812)
    #expect(
      missed.diagnostic(hint: "type this")?.text == """
        error[requirement/not-met]: `ttft.p99` must be at most 500 ms: 581.2 ms
          --> a.yaml:3:5  require.0
          note: missed by 81.2 ms (16.2 %)
        hint: type this
        """)
    #expect(missed.words == "missed by 81.2 ms (16.2 %)")
  }

  @Test func shareMissesPercentagePoints() {
    let hits = Figure("cache.hits", nil, .more, isShare: true)
    let missed = verdict(hits, .atLeast, 0.99, is: 0.384)
    #expect(missed.valueWords == "38.40 %")
    #expect(missed.words == "missed by 60.6 percentage points")
    #expect(verdict(hits, .atLeast, 0.99, is: 0.98996).valueWords == "98.9960 %")
  }

  @Test func whatNobodyKnowsSaysWhyAndWhatWouldHelp() {
    let reason = FigureValue.Unknown("the profile has no price", remedy: "add one")
    #expect(
      verdict(latency, .more, 1, is: nil, unknown: reason).diagnostic(hint: "not this")?.text
        == """
        error[requirement/not-met]: `ttft.p99` must be above 1 s: unknown
          --> a.yaml:3:5  require.0
          note: the profile has no price
        hint: add one
        """)
  }

  @Test func figureThatTheResultLacksIsUnknown() {
    let verdict = RequirementVerdict(Requirement(latency, .less, 1), [FigureValue(share, 1)])
    #expect(!verdict.isMet)
    #expect(verdict.words == "the result has no such figure")
  }

  /// Else a message would say that 500 ms is not below 500 ms.
  @Test(arguments: [(0.50003, "500.030 ms"), (0.5000000004, "500.0 ms"), (0.5, "500.0 ms")])
  func valueIsShownInDigitsThatTellItFromTheBound(value: Double, words: String) {
    #expect(verdict(latency, .less, 0.5, is: value).valueWords == words)
  }

  @Test func boundOfZeroHasNoShare() {
    let rejected = Figure("rejected", nil, .less)
    #expect(verdict(rejected, .atMost, 0, is: 3).words == "missed by 3")
    #expect(verdict(rejected, .atMost, 0, is: 3).valueWords == "3")
    #expect(verdict(latency, .less, .leastNonzeroMagnitude, is: 3).words == "missed by 3.00 s")
  }

  /// 34.7 ms as typed and 34.7 ms as measured differ in the last bit.
  @Test func theLastDigitsDecideNothing() {
    let typed = 34.7 * 1e-3
    let measured = 34.7 / 1e3
    for (comparison, isMet) in [
      (Requirement.Comparison.atMost, true), (.atLeast, true), (.less, false), (.more, false),
    ] {
      #expect(Requirement(latency, comparison, typed).isMet(by: measured) == isMet)
      #expect(Requirement(latency, comparison, measured).isMet(by: typed) == isMet)
    }
  }

  @Test func gateNeedsEveryRequirement() {
    let values = [FigureValue(latency, 0.4), FigureValue(share, 0.9)]
    let low = Requirement(latency, .less, 0.5)
    let high = Requirement(share, .atLeast, 0.99)
    #expect(GateVerdict(values, requirements: [low]).isMet)
    let verdict = GateVerdict(values, requirements: [low, high])
    #expect(!verdict.isMet)
    #expect(verdict.words == "1 of 2 requirements met")
    #expect(
      verdict.failures(hint: nil, renewal: "").map(\.message) == [
        "`attainment` must be at least 99 %: 90 %"
      ])
    #expect(GateVerdict(values, requirements: []).isEmpty)
    #expect(GateVerdict(values, requirements: []).words == "nothing required")
  }
}
