import Diagnostics
import Scenarios
import Testing

struct UserDemandTests {
  @Test func workedExample() throws {
    let demand = try UserDemand("3,000 employees, 5 % at once, 12 requests an hour")
    #expect(demand.people == 3_000)
    #expect(demand.shareAtOnce == 0.05)
    #expect(demand.rate == 0.5)
  }

  private static let sayings: [(String, Double)] = [
    ("200 users, 30 requests per hour", 5 / 3.0),
    ("50k customers, 2% at once, 3 questions a minute", 50),
    ("10 people; 40 requests a day", 400 / 86_400.0),
  ]

  @Test(arguments: sayings)
  func asPeopleSayIt(_ words: String, _ rate: Double) throws {
    #expect(abs(try UserDemand(words).rate - rate) < 1e-12)
  }

  @Test(arguments: [
    "3,000 employees", "12 requests an hour", "many people", "",
    "5 users, 200 % at once, 1 request an hour",
  ])
  func whatIsNotUnderstoodIsRefused(_ words: String) {
    let error = #expect(throws: InvalidInput.self) { try UserDemand(words) }
    #expect(
      error?.diagnostics.first?.text == """
        error[command/users]: people and their requests are not understood: \(words)
          --> --users \(words)
        hint: write for example `--users '3,000 employees, 5 % at once, 12 requests an hour'`
        """)
  }
}
