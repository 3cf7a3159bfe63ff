import Testing

@testable import OperatorCosts

struct SpeculationTests {
  @Test func workedExample() {
    let speculation = Speculation(drafter: .lookup, acceptance: [0.8, 0.6])
    #expect(abs(speculation.tokensPerStep - 2.28) < 1e-12)
    #expect(speculation.verifiedTokens == 3)
  }
}
