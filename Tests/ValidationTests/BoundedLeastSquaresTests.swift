import Testing

@testable import Validation

struct BoundedLeastSquaresTests {
  private func solve(_ rows: [(slope: [Double], residual: Double)], atLeast bounds: [Double])
    -> [Double]
  {
    BoundedLeastSquares(
      jacobian: rows.map(\.slope), residuals: rows.map(\.residual),
      weights: rows.map { _ in 1 }, damping: 0
    ).solution(atLeast: bounds)
  }

  @Test func workedExample() {
    let rows: [(slope: [Double], residual: Double)] = [([1], -2), ([1], 1)]
    #expect(abs(solve(rows, atLeast: [0])[0] - 0.5) < 1e-9)
    #expect(solve(rows, atLeast: [1]) == [1])
  }

  @Test func theOthersMakeUpForAnUnknownAtItsBound() {
    // x + y = 3 and x - y = 5 meet at x = 4, y = -1; with y at 0 the best x is their mean.
    let rows: [(slope: [Double], residual: Double)] = [([1, 1], -3), ([1, -1], -5)]
    let free = solve(rows, atLeast: [-10, -10])
    #expect(abs(free[0] - 4) < 1e-6 && abs(free[1] + 1) < 1e-6)
    #expect(solve(rows, atLeast: [0, 0]) == [4, 0])
  }

  @Test func weightsAndDampingPull() {
    let weighted = BoundedLeastSquares(
      jacobian: [[1], [1]], residuals: [-2, 1], weights: [3, 0], damping: 0)
    #expect(abs(weighted.solution(atLeast: [0])[0] - 2) < 1e-9)
    // The mean of the diagonal is 2: (2 + 2) x = 1.
    let damped = BoundedLeastSquares(
      jacobian: [[1], [1]], residuals: [-2, 1], weights: [1, 1], damping: 1)
    #expect(abs(damped.solution(atLeast: [0])[0] - 0.25) < 1e-9)
  }
}
