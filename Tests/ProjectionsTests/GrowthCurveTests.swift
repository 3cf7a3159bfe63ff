import Testing

@testable import Projections

@Suite struct GrowthCurveTests {
  @Test func workedExample() {
    #expect(abs(GrowthCurve(perYear: 4.096).worth(months: 12) - 24.83) < 0.01)
  }

  @Test func withoutGrowthMonthsAreWorthThemselves() {
    #expect(GrowthCurve().worth(months: 30) == 30)
  }

  /// The factor a year of a month that is worth g times the one before is g^12.
  @Test func monthsAddUpOneByOne() {
    let curve = GrowthCurve(perYear: 2)
    let single = (0..<36).reduce(0) { $0 + curve.factor(afterMonths: Double($1)) }
    #expect(abs(curve.worth(months: 36) / single - 1) < 1e-12)
    #expect(abs(curve.factor(afterMonths: 12) - 2) < 1e-12)
  }

  @Test(arguments: [
    GrowthCurve(), GrowthCurve(perYear: 3), GrowthCurve(perYear: 0.4),
    GrowthCurve(perYear: 10, ceiling: 4), GrowthCurve(perYear: 1.0000001),
  ])
  func monthsInvertTheWorth(curve: GrowthCurve) throws {
    for months in [0.25, 1, 7.5, 40] {
      let found = try curve.months(worth: curve.worth(months: months))
      #expect(abs(found / months - 1) < 1e-6)
    }
  }

  @Test func ceilingEndsTheGrowth() {
    let curve = GrowthCurve(perYear: 4_096, ceiling: 8)
    // Doubling every month, 8 is reached after three.
    #expect(abs(curve.worth(months: 3) - 7) < 1e-9)
    #expect(abs(curve.worth(months: 10) - (7 + 7 * 8)) < 1e-9)
    #expect(abs(curve.factor(afterMonths: 100) - 8) < 1e-9)
  }

  @Test func demandThatShrinksHasAnEnd() throws {
    let curve = GrowthCurve(perYear: 0.5)
    let limit = try #require(curve.limit)
    #expect(abs(limit - 17.82) < 0.01)
    #expect(curve.worth(months: 10_000) <= limit)
    #expect(
      throws: Impossibility(
        "demand that shrinks never adds up to this many months of today's: 20.00",
        notes: ["at a factor of 0.500 a year all time to come is worth 17.82 months"],
        hint: "raise `demand.growth`")
    ) { try curve.months(worth: 20) }
  }

  @Test func monthsOfACalendar() throws {
    let begin = try #require(CalendarMonth("2025-11"))
    #expect(begin.after(months: 0) == "2025-11")
    #expect(begin.after(months: 1.99) == "2025-12")
    #expect(begin.after(months: 2) == "2026-01")
    #expect(begin.after(months: 1e9) == nil)
    for text in ["2025-13", "2025-00", "25-01", "2025", "2025-1", "May"] {
      #expect(CalendarMonth(text) == nil, "\(text)")
    }
  }
}

@Suite struct SpreadTests {
  @Test func independentSpreadsAddInSquares() {
    let both = Spread.product([Spread(low: 0.8, high: 1.25), Spread(low: 0.8, high: 1.25)])
    #expect(abs(both.low - 0.729) < 1e-3)
    #expect(abs(both.high - 1.371) < 1e-3)
  }

  @Test func nothingToSpreadSpreadsNothing() {
    #expect(Spread.product([.none, .none]) == .none)
    #expect(Spread.product([]) == .none)
  }
}
