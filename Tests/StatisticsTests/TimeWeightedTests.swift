import Statistics
import Testing

struct TimeWeightedTests {
  @Test func theIntegralIsValueTimesTime() {
    var level = TimeWeighted()
    level.change(by: 2, at: 10)
    level.change(by: 3, at: 30)
    level.change(by: -4, at: 30)
    level.set(7, at: 100)
    level.advance(to: 110)
    #expect(level.integral == 2 * 20 + 1 * 70 + 7 * 10)
    #expect(level.maximum == 7)
    #expect(level.value == 7)
    #expect(level.mean(over: 110) == 180.0 / 110)
    #expect(level.mean(over: 0) == 0)
  }

  @Test func theIntegralIsExactWhere64BitsAreNot() {
    var level = TimeWeighted()
    level.set(1 << 40, at: 0)
    level.advance(to: 1 << 60)
    #expect(level.integral == Int128(1) << 100)
  }
}
