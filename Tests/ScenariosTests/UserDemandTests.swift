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
    ("100 users, 2 requests every 30 seconds", 200 / 30.0),
    ("2,500 users, 1 request every 5 minutes", 2_500 / 300.0),
    ("200 developers, 10 requests per 8 hours", 2_000 / 28_800.0),
    ("2000 users, 5 in 100 at once, 12 requests an hour", 100 / 300.0),
    ("3,000 employees, 20 requests a day each, 8 working hours", 60_000 / 28_800.0),
    ("12 questions/hour, 1,200 users", 4),
    ("1.5k users, 6 prompts an hour", 2.5),
    ("1 million users, 3 requests a day", 3e6 / 86_400),
    ("1M users, 3 requests a day", 3e6 / 86_400),
    ("2.5 million users, 1 in 1 thousand at once, 6 prompts an hour", 2_500 / 600.0),
    ("5 thousand employees, 12 requests an hour", 5_000 / 300.0),
    ("2 dozen software developers, 2 hundred requests per 8 hours", 4_800 / 28_800.0),
    ("3 hundred thousand paying customers in total, 1 request a week", 3e5 / 604_800),
  ]

  @Test(arguments: sayings)
  func asPeopleSayIt(_ words: String, _ rate: Double) throws {
    #expect(abs(try UserDemand(words).rate - rate) < 1e-12)
  }

  /// A word that is passed over is a rate that is wrong.
  @Test(arguments: [
    ("3,000 employees", "no requests of one of them"),
    ("12 requests an hour", "no number of people"),
    ("many people", "`many people` is not understood"),
    ("", "no number of people"),
    (
      "5 users, 200 % at once, 1 request an hour",
      "a share is from 0 to 100 %, all else above zero"
    ),
    ("1 000 users, 12 requests an hour", "`1 000 users` is not understood"),
    ("3.000 employees, 12 requests an hour", "`3.000 employees` is not understood"),
    ("1.5 employees, 12 requests an hour", "`1.5 employees` is not understood"),
    ("5 zillion employees, 12 requests an hour", "`5 zillion employees` is not understood"),
    ("5 employees twice over, 12 requests an hour", "`5 employees twice over` is not understood"),
    ("9 users, 2 score requests an hour", "`2 score requests an hour` is not understood"),
    ("1.55 dozen users, 1 request an hour", "`1.55 dozen users` is not understood"),
    ("9 users, 9 testers, 1 request an hour", "`9 testers` is said twice"),
    ("9 users, 1 request a fortnight", "`1 request a fortnight` is not understood"),
    (
      "9 users, 1 request an hour, 8 working hours",
      "working hours, at most 24, are those of requests a day"
    ),
  ])
  func whatIsNotUnderstoodIsRefused(_ words: String, _ why: String) {
    let error = #expect(throws: InvalidInput.self) { try UserDemand(words) }
    #expect(
      error?.diagnostics.first?.text == """
        error[command/users]: people and their requests are not understood: \(why)
          --> --users \(words)
        hint: write for example `--users '3,000 employees, 5 % at once, 12 requests an hour'`
        """)
  }
}
