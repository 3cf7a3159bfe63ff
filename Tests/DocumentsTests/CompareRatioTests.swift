import Results
import Testing
import Units

@testable import Documents

struct CompareRatioTests {
  @Test func theRatioOfTwoPredictionsIsLessSureThanEither() throws {
    let ratio = try #require(
      CompareReport.Ratio(
        of: (2, low: 1.8, high: 2.2), to: (1, low: 0.9, high: 1.1)))
    #expect(ratio.value == 2)
    #expect(ReportNumber.rounded(ratio.high ?? 0, digits: 4) == 2.305)
    #expect(ReportNumber.rounded(ratio.low ?? 0, digits: 4) == 1.735)
  }

  @Test func withoutIntervalsTheRatioHasNone() throws {
    let ratio = try #require(CompareReport.Ratio(of: (3, nil, nil), to: (2, nil, nil)))
    #expect(ratio.value == 1.5 && ratio.low == nil && ratio.high == nil)
  }

  @Test func priceAtEqualUseIsThatOfAFullerMachine() throws {
    var results = RunResults()
    var cost = CostResults(dollarsPerHour: 2)
    cost.perMillionTokens.blended = 0.5
    results.cost = cost
    results.load = LoadResults(
      state: .sustained, offered: 1, served: 1, capacity: 3, utilization: 1.0 / 3, limit: nil,
      limitingPool: nil, backlogShare: 0)
    let price = try #require(CompareReport.Choice.priceAtEqualUse(results))
    #expect(abs(price - 0.5 / 2.4) < 1e-12)
    results.load?.state = .overloaded
    #expect(CompareReport.Choice.priceAtEqualUse(results) == nil)
  }

  @Test func nothingIsComparedWithNothing() {
    #expect(CompareReport.Ratio(of: (3, nil, nil), to: (0, nil, nil)) == nil)
  }
}
