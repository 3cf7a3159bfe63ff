import Testing
import Units

@Suite struct CalendarMonthTests {
  @Test func datesAreThoseOfTheCalendar() throws {
    let leap = try #require(CalendarMonth("2028-02-29"))
    #expect((leap.year, leap.month) == (2028, 2))
    #expect(CalendarMonth("2000-02-29") != nil)
    #expect(CalendarMonth("2026-07")?.month == 7)
    #expect(CalendarMonth("2026")?.month == 12)
    for text in [
      "2026-02-30", "2026-02-29", "2100-02-29", "2026-04-31", "2026-07-00", "2026-07-32", "2026-13",
      "2026-00", "0026-07", "3000", "26-07", "2026-7", "2026-07-01-01", "2026-07-", "July", "",
    ] {
      #expect(CalendarMonth(text) == nil, "\(text)")
    }
  }

  @Test func aDayThatIsNoneIsCountedAgainstItsMonth() {
    #expect(CalendarMonth.note(on: "2026-02-30") == ["2026-02 has 28 days"])
    #expect(CalendarMonth.note(on: "2028-02-30") == ["2028-02 has 29 days"])
    #expect(CalendarMonth.note(on: "2026-04-31") == ["2026-04 has 30 days"])
    for text in ["2026-13-01", "2026-13", "July", ""] {
      #expect(CalendarMonth.note(on: text).isEmpty, "\(text)")
    }
  }
}
