import Testing
import Units

struct ReportNumberTests {
  @Test(arguments: [
    (0.1 + 0.2, 0.3), (123_456_789.0, 123_457_000.0), (0.000_012_345_678, 0.000_012_345_7),
    (-2.5, -2.5), (0.0, 0.0),
  ])
  func numbersKeepSixDigits(value: Double, expected: Double) {
    #expect(ReportNumber.rounded(value) == expected)
  }

  @Test func whatIsNoNumberIsNoResult() async {
    await #expect(processExitsWith: .failure) { _ = ReportNumber.rounded(.infinity) }
    await #expect(processExitsWith: .failure) { _ = ReportNumber.rounded(.nan) }
  }
}
