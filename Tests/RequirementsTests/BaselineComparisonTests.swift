import Diagnostics
import Requirements
import Testing
import Units

struct BaselineComparisonTests {
  private static let latency = Figure("ttft.p99", .seconds, .less)
  private static let rate = Figure("output", .tokensPerSecond, .more)

  private func comparison(
    _ before: (Double?, Double?), _ now: (Double?, Double?), tolerance: Double = 0.03
  ) -> BaselineComparison {
    BaselineComparison(
      [
        FigureValue(Self.latency, now.0, unknown: FigureValue.Unknown("no request completed")),
        FigureValue(Self.rate, now.1),
      ],
      against: [FigureValue(Self.latency, before.0), FigureValue(Self.rate, before.1)],
      from: "b.json", tolerances: Tolerances(tolerance))
  }

  private func verdicts(
    _ before: (Double?, Double?), _ now: (Double?, Double?), tolerance: Double = 0.03
  ) -> [BaselineComparison.Verdict] {
    comparison(before, now, tolerance: tolerance).differences.map(\.verdict)
  }

  @Test func directionIsWhatAUserWants() {
    #expect(verdicts((1, 100), (1.1, 110)) == [.worse, .better])
    #expect(verdicts((1, 100), (0.9, 90)) == [.better, .worse])
    #expect(verdicts((1, 100), (1, 100)) == [.same, .same])
  }

  @Test func toleranceIncludesItsBound() {
    #expect(verdicts((1, 100), (1.03, 97)) == [.within, .within])
    #expect(verdicts((1, 100), (1.0301, 96.99)) == [.worse, .worse])
    #expect(verdicts((1, 100), (1.0001, 100), tolerance: 0) == [.worse, .same])
  }

  @Test func theLongestNameDecides() {
    let tolerances = Tolerances(
      0.01,
      exceptions: [
        Tolerances.Exception("ttft.p99", 0.2), Tolerances.Exception("ttft", 0.1),
        Tolerances.Exception("p99", 0.05), Tolerances.Exception("out", 0.5),
      ])
    func share(_ path: String) -> Double { tolerances.share(of: Figure(path, nil, .less)) }
    #expect(share("ttft.p99") == 0.2)
    #expect(share("H200-SXM.ttft.p99") == 0.2)
    #expect(share("ttft.mean") == 0.1)
    #expect(share("tpot.p99") == 0.05)
    // Whole words alone: this is another figure than `out`.
    #expect(share("output") == 0.01)
    #expect(tolerances.words == "1 %, ttft.p99 20 %, ttft 10 %, p99 5 %, out 50 %")
    let both = [FigureValue(Self.latency, 1.1), FigureValue(Self.rate, 90)]
    let before = [FigureValue(Self.latency, 1), FigureValue(Self.rate, 100)]
    let comparison = BaselineComparison(
      both, against: before, from: "b.json", tolerances: tolerances)
    #expect(comparison.differences.map(\.verdict) == [.within, .worse])
  }

  @Test func whatIsNoLongerKnownFailsAndWhatIsNewDoesNot() {
    #expect(verdicts((1, nil), (nil, 100)) == [.lost, .found])
    #expect(!comparison((1, nil), (nil, 100)).isMet)
    #expect(comparison((nil, nil), (nil, 100)).isMet)
    #expect(comparison((nil, nil), (nil, nil)).differences.isEmpty)
  }

  /// A share of nothing is nothing: any growth from zero is more than is tolerated.
  @Test func growthFromZeroIsNeverTolerated() {
    #expect(verdicts((0, 0), (1e-9, 1e-9), tolerance: 1) == [.worse, .better])
    #expect(comparison((0, 0), (1, 1)).differences.map(\.change) == [nil, nil])
    let next = Double.leastNonzeroMagnitude
    #expect(comparison((next, next), (1, 1)).differences.map(\.change) == [nil, nil])
  }

  @Test func figureThatTheResultLacksIsLost() {
    let comparison = BaselineComparison(
      [FigureValue(Self.rate, 1)],
      against: [FigureValue(Self.latency, 1), FigureValue(Self.rate, 1)], from: "b.json",
      tolerances: Tolerances(0))
    #expect(comparison.differences.map(\.verdict) == [.same, .lost])
  }

  @Test func failureListsWhatIsWorse() {
    #expect(
      comparison((1, 100), (nil, 90)).failure(hint: "renew it")?.text == """
        error[baseline/worse]: worse than the baseline by more than 3 %: 2 figures of 2
          --> b.json
          note: `ttft.p99` was 1.000 s, is unknown: no request completed
          note: `output` was 100.0 tok/s, is 90.00 tok/s: -10.0 %
        hint: renew it
        """)
    #expect(comparison((1, 100), (1, 110)).failure(hint: "") == nil)
  }

  @Test func improvementIsANoteUnlessSomethingIsWorse() {
    #expect(
      comparison((1, 100), (1, 110)).improvement(hint: "renew it")?.text == """
        note[baseline/better]: better than the baseline by more than 3 %: 1 figure of 2
          --> b.json
          note: `output` was 100.0 tok/s, is 110.0 tok/s: +10.0 %
        hint: renew it
        """)
    #expect(comparison((1, 100), (2, 110)).improvement(hint: "") == nil)
    #expect(comparison((1, 100), (1, 101)).improvement(hint: "") == nil)
  }

  @Test func longListIsCut() throws {
    let figures = (0..<13).map { Figure("f\($0)", nil, .less) }
    let failure = BaselineComparison(
      figures.map { FigureValue($0, 2) }, against: figures.map { FigureValue($0, 1) },
      from: "b.json", tolerances: Tolerances(0)
    ).failure(hint: "")
    let notes = try #require(failure).notes
    #expect(notes.count == 11)
    #expect(notes[0] == "`f0` was 1, is 2: +100 %")
    #expect(notes[10] == "and 3 more")
  }
}
