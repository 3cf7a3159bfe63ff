import Testing

@testable import Validation

struct ErrorStatisticsTests {
  @Test func workedExample() throws {
    let errors = try #require(ErrorStatistics([-0.1, 0.2, 0.3, -0.4]))
    #expect(errors.count == 4)
    #expect(abs(errors.median - 0.25) < 1e-12)
    #expect(abs(errors.mean - 0.25) < 1e-12)
    // Position 2.7 of 0.1, 0.2, 0.3, 0.4.
    #expect(abs(errors.p90 - 0.37) < 1e-12)
    // Halfway between -0.1 and 0.2.
    #expect(abs(errors.bias - 0.05) < 1e-12)
  }

  @Test func oneErrorIsAllItsStatistics() throws {
    let errors = try #require(ErrorStatistics([-0.3]))
    #expect(
      (errors.count, errors.median, errors.mean, errors.p90, errors.bias)
        == (1, 0.3, 0.3, 0.3, -0.3))
  }

  @Test func elevenErrorsHaveTheirTenthAsP90() throws {
    let errors = try #require(ErrorStatistics((0...10).map { Double($0) / 10 }))
    #expect(abs(errors.p90 - 0.9) < 1e-12)
    #expect(abs(errors.median - 0.5) < 1e-12)
  }

  @Test func noErrorsHaveNoStatistics() { #expect(ErrorStatistics([]) == nil) }
}
