import Testing

@testable import Results

struct PriceAgeTests {
  @Test func oldPricesAreSaidToBe() {
    #expect(
      PriceAge.words(of: "2025-08")
        == "a price of 2025-08, 15 months old: state your own with `--prices`")
    #expect(
      PriceAge.words(of: "2025-08", isOwn: true)
        == "a price of 2025-08, 15 months old: bring your price book up to date")
    #expect(PriceAge.words(of: "2026-04-30")?.hasPrefix("a price of 2026-04-30, 7 months") == true)
  }

  @Test(arguments: ["2026", "2026-05", "2026-11-29", "lately", nil] as [String?])
  func youngOnesAndThoseWithoutADateAreNot(date: String?) {
    #expect(PriceAge.words(of: date) == nil)
  }
}
