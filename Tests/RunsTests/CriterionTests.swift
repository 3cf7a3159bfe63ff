import Runs
import ServingSimulation
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

  @Test func whatIsKnownBadlyMustBeFurtherApart() {
    func errors(_ memories: Double) -> Double {
      Criterion.errorsApart(memories: memories, .quick)
    }
    #expect(abs(errors(22) - 3.96) < 0.01)
    #expect(abs(errors(8) - 9.22) < 0.01)
    #expect(errors(5) == 10)
    #expect(errors(0) == 10)
    #expect(errors(40) == 3)
    #expect(errors(.infinity) == 3)
    // The longer, the nearer.
    let found = stride(from: 0.0, to: 45, by: 1).map(errors)
    #expect(found == found.sorted(by: >))
  }

  /// Even spacing stands for a distribution: what matters is where the limit is moved to.
  @Test func aTailIsStretchedByTheErrorOfItsMean() {
    let times = (0..<1_000).map { 10e6 + (Double($0) + 0.5) * 10e3 }
    func share(_ limit: Int64) -> Double {
      Double(times.count { $0 <= Double(limit) }) / Double(times.count)
    }
    #expect(share(19_500_000) == 0.95)
    let stretched = Criterion.stretched(19_500_000, by: 3 * 0.3 / 15)
    #expect(stretched == 18_396_226)
    #expect(share(stretched) == 0.84)
  }

  @Test func whatCameLessIsKnown() {
    let found = MomentSeries.shortfall(of: [(990 * 99, 100)], requests: 1_000)
    #expect(abs(found - 0.0203) < 1e-4)
    // The one that lacks more counts; what came more is no shortfall.
    #expect(MomentSeries.shortfall(of: [(110, 1), (80, 1)], requests: 100) == 0.25)
    #expect(MomentSeries.shortfall(of: [(110, 1), (0, 0)], requests: 100) == 0)
  }

  @Test func farFromItsLimitAShareIsKnownSooner() {
    let criterion = Criterion(.attainment, .atLeast(0.99, tolerance: 0))
    let found = [0.1, 0.5, 1, 1.5].map { criterion.memories(toSee: 3, reaching: $0).rounded() }
    #expect(found == [5, 30, 300, 300])
  }

  @Test func fewMissesTakeManyMemories() {
    func memories(_ bound: Double) -> Double {
      Criterion(.attainment, .atLeast(bound, tolerance: 0)).memories(toSee: 3).rounded()
    }
    #expect([0.9, 0.99, 1].map(memories) == [30, 300, 1_000])
    let mean = Criterion(.mean(.endToEnd), .atMost(1, tolerance: 0))
    #expect(mean.memories(toSee: 3) == 0)
  }
}
