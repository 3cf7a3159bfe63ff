import Hardware
import Scenarios
import Testing

struct PurchasePriceTests {
  @Test func workedExample() {
    let purchase = PurchasePrice(
      capital: 300_000, unit: SalesUnit(kind: .server, accelerators: 8), years: 4,
      powerPrice: 0.08, usageEffectiveness: 1.3)
    #expect(abs(purchase.dollarsPerHour(watts: 0) - 1.0702) < 5e-5)
    #expect(abs(purchase.dollarsPerHour(watts: 1_370) - 1.0702 - 0.1425) < 1e-4)
  }

  /// What does not pay for its power does not depend on how much it draws.
  @Test func powerIsPaidForOnlyWhereItHasAPrice() {
    let purchase = PurchasePrice(
      capital: 3_200_000, unit: SalesUnit(kind: .rack, accelerators: 72), years: 5,
      usageEffectiveness: 1.3, operation: 0.25)
    #expect(purchase.dollarsPerHour(watts: 2_000) == purchase.dollarsPerHour(watts: 0))
    #expect(abs(purchase.dollarsPerHour(watts: 0) - 3_200_000 / 72 / 43_800 - 0.25) < 1e-12)
  }
}

struct APIPriceTests {
  @Test func workedExample() throws {
    let price = APIPrice(name: "the API", input: 0.55, cached: 0.14, output: 2.19)
    let request = price.dollars(input: 3_000, cached: 0, output: 300)
    #expect(abs(request - 0.002307) < 1e-9)
    let rate = try #require(price.breakEvenRate(dollarsPerHour: 2.10, dollarsPerRequest: request))
    #expect(abs(rate - 0.2529) < 1e-4)
    // What the API knew already is cheaper there.
    #expect(price.dollars(input: 3_000, cached: 3_000, output: 300) < request)
    #expect(price.breakEvenRate(dollarsPerHour: 2, dollarsPerRequest: 0) == nil)
  }
}
