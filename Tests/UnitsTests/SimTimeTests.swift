import Testing
import Units

struct SimTimeTests {
  @Test(
    arguments: [
      (0, 0), (1e-9, 1), (0.4e-9, 0), (0.5e-9, 1), (-0.5e-9, -1), (1.5, 1_500_000_000),
      (1e10, .max), (.infinity, .max), (-1e10, .min), (-.infinity, .min), (.nan, 0),
      (.greatestFiniteMagnitude, .max), (9_223_372_036.854_775_807, .max),
    ] as [(Double, Int64)])
  func secondsBecomeTheNearestDurationAndSaturate(_ seconds: Double, _ nanoseconds: Int64) {
    #expect(SimDuration(seconds: seconds).nanoseconds == nanoseconds)
  }

  @Test func timesDifferByDurations() {
    let start = SimTime(nanoseconds: 1_000)
    let end = start + SimDuration(nanoseconds: 2_500_000)
    #expect(end - start == SimDuration(nanoseconds: 2_500_000))
    #expect((end - start).milliseconds == 2.5)
    #expect(start < end && end < .never && .zero < start)
    #expect(SimDuration.zero < SimDuration(nanoseconds: 1))
    #expect(SimTime(nanoseconds: 1_500_000_000).seconds == 1.5)
  }
}
