import Runs
import Statistics
import Testing

@Suite struct CriterionTests {
  private let share = Criterion(.attainment, .atLeast(0.99, tolerance: 0.001))

  @Test func errorOfAShareAtItsBound() {
    let estimate = BatchEstimate(value: 0.996, standardError: 0.002, degreesOfFreedom: 31)
    #expect(abs(share.standardError(of: estimate, at: 0.99) - 0.00315) < 1e-5)
  }

  /// A miss has bursts enough, and a mean no bound of its own.
  @Test func otherErrorsStayAsTheyAre() {
    let miss = BatchEstimate(value: 0.9, standardError: 0.01, degreesOfFreedom: 31)
    #expect(share.standardError(of: miss, at: 0.99) == 0.01)
    let mean = Criterion(.mean(.endToEnd), .atMost(1e9, tolerance: 1e6))
    #expect(mean.standardError(of: miss, at: 0.99) == 0.01)
  }
}
