import Results
import Testing

@Suite struct OwnPriceTests {
  private let other = APIResults(
    name: "other", dollarsPerRequest: 1.13e-5, breakEvenRate: 58.9, isOwnCheaper: false)

  @Test func fullMachine() throws {
    let limited = other.limited(to: 26.7, dollarsPerHour: 2.4)
    #expect(limited.breakEvenRate == nil)
    #expect(abs(try #require(limited.fullDollarsPerRequest) - 2.5e-5) < 1e-7)
  }

  @Test func loadThatItServesIsKept() {
    #expect(other.limited(to: 60, dollarsPerHour: 2.4).breakEvenRate == 58.9)
  }
}
