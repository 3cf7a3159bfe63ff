#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Least squares on relative errors, within bounds, that outliers do not decide.
///
///     minimise  sum over rows of  s^2 ( sqrt(1 + (r / s)^2) - 1 )       r = ln( model / measured )
///
/// - r: relative error of a row: being twice as slow counts as much as being twice as fast
/// - s: from where on an error counts by its size and no longer by its square (soft L1)
///
/// Levenberg and Marquardt's method with weights 1 / sqrt(1 + (r / s)^2), the derivatives as
/// differences. A parameter at its bound stays there as long as the error would push it out. It
/// finds the nearest of several minima, so callers begin in several places. Nothing is random.
/// Source: Marquardt, "An algorithm for least-squares estimation of nonlinear parameters", SIAM
/// 1963; the loss as in SciPy's `least_squares`, against which the first fits were checked.
/// Check: t = 3 + 2 x with one row of five ten times too slow: 3.0 and 2.0 to 6 %
/// (`LeastSquaresTests.oneWrongRowDoesNotDecide`).
struct LeastSquares {
  /// The ends of one parameter, scaled so that a change of one matters.
  struct Bound {
    var low: Double
    var high: Double
  }

  struct Solution {
    var parameters: [Double]
    var cost: Double
  }

  /// The relative error from where on a row counts less.
  let softness: Double
  let bounds: [Bound]
  /// The relative errors of all rows, for parameters within the bounds.
  let relativeErrors: ([Double]) -> [Double]

  private static let mostSteps = 200

  /// The best of several beginnings.
  func minimum(from starts: [[Double]]) -> Solution {
    var best: Solution?
    for start in starts {
      let found = minimum(from: start)
      if found.cost < best?.cost ?? .infinity { best = found }
    }
    return best ?? Solution(parameters: bounds.map(\.low), cost: .infinity)
  }

  func minimum(from start: [Double]) -> Solution {
    var parameters = zip(start, bounds).map { min(max($0, $1.low), $1.high) }
    var errors = relativeErrors(parameters)
    var cost = cost(of: errors)
    var damping = 1e-3
    var quiet = 0
    for _ in 0..<Self.mostSteps {
      let (matrix, gradient) = normalEquations(at: parameters, errors)
      let free = parameters.indices.filter { isFree($0, parameters, gradient) }
      guard !free.isEmpty else { break }
      var isBetter = false
      while damping < 1e12 {
        guard let step = Self.solve(matrix, gradient, free, damping) else {
          damping *= 10
          continue
        }
        var next = parameters
        for (index, change) in zip(free, step) {
          next[index] = min(max(next[index] + change, bounds[index].low), bounds[index].high)
        }
        let nextErrors = relativeErrors(next)
        let nextCost = self.cost(of: nextErrors)
        if nextCost < cost {
          quiet = cost - nextCost < 1e-10 * cost ? quiet + 1 : 0
          (parameters, errors, cost) = (next, nextErrors, nextCost)
          damping = max(damping / 10, 1e-12)
          isBetter = true
          break
        }
        damping *= 10
      }
      if !isBetter || quiet >= 3 { break }
    }
    return Solution(parameters: parameters, cost: cost)
  }

  func cost(of errors: [Double]) -> Double {
    errors.reduce(0) { sum, error in
      let scaled = error / softness
      return sum + softness * softness * ((1 + scaled * scaled).squareRoot() - 1)
    }
  }

  /// Median of the absolute errors: how a fit is reported.
  static func median(_ errors: [Double]) -> Double {
    let sorted = errors.map(\.magnitude).sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  static func relativeError(_ model: Double, _ measured: Double) -> Double {
    log(model / measured)
  }

  private func isFree(_ index: Int, _ parameters: [Double], _ gradient: [Double]) -> Bool {
    if parameters[index] <= bounds[index].low, gradient[index] >= 0 { return false }
    return parameters[index] < bounds[index].high || gradient[index] > 0
  }

  private func normalEquations(
    at parameters: [Double], _ errors: [Double]
  ) -> (matrix: [[Double]], gradient: [Double]) {
    let slopes = parameters.indices.map { index -> [Double] in
      var moved = parameters
      let width = 1e-6 * max(parameters[index].magnitude, 1e-3)
      // At the upper bound the other side is the one that exists.
      let change = parameters[index] + width > bounds[index].high ? -width : width
      moved[index] += change
      return zip(relativeErrors(moved), errors).map { ($0 - $1) / change }
    }
    let weights = errors.map { error in
      1 / (1 + (error / softness) * (error / softness)).squareRoot()
    }
    let count = parameters.count
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    var gradient = [Double](repeating: 0, count: count)
    for row in errors.indices {
      for i in 0..<count {
        let weighted = weights[row] * slopes[i][row]
        gradient[i] += weighted * errors[row]
        for j in 0...i { matrix[i][j] += weighted * slopes[j][row] }
      }
    }
    for i in 0..<count { for j in 0..<i { matrix[j][i] = matrix[i][j] } }
    return (matrix, gradient)
  }

  /// The damped step of the free parameters, by elimination; nil when there is none.
  private static func solve(
    _ matrix: [[Double]], _ gradient: [Double], _ free: [Int], _ damping: Double
  ) -> [Double]? {
    var rows = free.map { i in
      free.map { j in matrix[i][j] * (i == j ? 1 + damping : 1) + (i == j ? 1e-12 : 0) }
        + [-gradient[i]]
    }
    let count = free.count
    for pivot in 0..<count {
      let best = (pivot..<count).max { rows[$0][pivot].magnitude < rows[$1][pivot].magnitude }!
      rows.swapAt(pivot, best)
      guard rows[pivot][pivot].magnitude > 1e-300 else { return nil }
      for row in 0..<count where row != pivot {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for column in pivot...count { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    return (0..<count).map { rows[$0][count] / rows[$0][$0] }
  }
}
