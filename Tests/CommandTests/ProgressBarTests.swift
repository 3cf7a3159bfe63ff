import Testing

@testable import Commands

struct ProgressBarTests {
  @Test(arguments: [
    (0, "0 s"), (95, "95 s"), (101, "2 min"), (7_140, "119 min"), (7_200, "2 h 0 min"),
    (12_000, "3 h 20 min"), (.infinity, "277,777 h 47 min"),
  ])
  func timeLeftIsAsExactAsAGuessCanBe(seconds: Double, text: String) {
    #expect(ProgressBar.duration(seconds) == text)
  }
}
