import Scenarios
import Testing

@testable import Planning

struct TuningGainsTests {
  @Test func settingsMultiply() {
    var gains = TuningGains(of: 10)
    for rate in [12.0, 11, 9] { gains.note(.tokenBudget, rate) }
    gains.note(.keyValueCache, 15)
    #expect(gains.together == 18)
  }

  @Test func whatOnlyHurtsIsLeftOut() {
    var gains = TuningGains(of: 10)
    gains.note(.memory, 8)
    #expect(gains.together == 10)
  }

  @Test func whatIsNotKnownRulesNothingOut() {
    var gains = TuningGains(of: nil)
    gains.note(.memory, 8)
    #expect(gains.together == .infinity)
    var known = TuningGains(of: 10)
    known.note(.memory, nil)
    #expect(known.together == 10)
  }
}
