/// Linear least squares with every unknown at or above a bound:
///
///     minimise over x >= l:  sum over rows of w_i (r_i + sum over j of J_ij x_j)²  +  λ d · x²
///
/// - d: the mean of the diagonal of Jᵀ W J, so that λ has no unit
///
/// Solved by going round the unknowns, each set to its own minimum or its bound: the problem is
/// convex, so this converges, and it needs no library for the dozen unknowns there are.
/// Check: rows x - 2 = 0 and x + 1 = 0 with equal weights and l = 0: x = 0.5; with l = 1: x = 1
/// (`BoundedLeastSquaresTests.workedExample`).
struct BoundedLeastSquares {
  private var hessian: [[Double]]
  private var gradient: [Double]
  private let damping: Double

  init(jacobian: [[Double]], residuals: [Double], weights: [Double], damping: Double) {
    let unknowns = jacobian.first?.count ?? 0
    hessian = [[Double]](repeating: [Double](repeating: 0, count: unknowns), count: unknowns)
    gradient = [Double](repeating: 0, count: unknowns)
    for (row, derivatives) in jacobian.enumerated() where weights[row] > 0 {
      for first in 0..<unknowns where derivatives[first] != 0 {
        let weighted = weights[row] * derivatives[first]
        gradient[first] += weighted * residuals[row]
        for second in 0..<unknowns { hessian[first][second] += weighted * derivatives[second] }
      }
    }
    var diagonal = 0.0
    for index in 0..<unknowns { diagonal += hessian[index][index] / Double(unknowns) }
    self.damping = damping * max(diagonal, 1e-12)
  }

  func solution(atLeast bounds: [Double]) -> [Double] {
    var x = bounds.map { max(0, $0) }
    for _ in 0..<2_000 {
      var change = 0.0
      for index in x.indices {
        let curvature = hessian[index][index] + damping
        var slope = gradient[index]
        for other in x.indices where other != index { slope += hessian[index][other] * x[other] }
        let best = max(bounds[index], -slope / curvature)
        change = max(change, abs(best - x[index]))
        x[index] = best
      }
      if change < 1e-10 { break }
    }
    return x
  }
}
