internal import ParallelRuns
internal import Scenarios

/// Fits one engine's parameters to serving points, by Levenberg and Marquardt's method on the
/// logarithm of predicted over measured.
///
/// Every evaluation simulates all points. The gaps of different places touch different points,
/// so one evaluation gives the derivative by the same gap of all of them.
struct EngineFit {
  let engine: EngineProfile
  let catalogues: Catalogues
  let cases: [FitCase]
  let jobs: Int
  /// Called after every evaluation.
  let progress: () throws -> Void

  /// What was found, with the derivatives there.
  struct Result {
    var parameters: EngineParameters
    var loss: Double
    var residuals: [Double]
    var weights: [Double]
    var jacobian: [[Double]]
  }

  /// Weights of every target, one after the other.
  private var weights: [Double] {
    var cells: [String: Double] = [:]
    for item in cases { for target in item.targets { cells[cell(item, target), default: 0] += 1 } }
    // A campaign of hundreds of points of one model must not drown the others.
    return cases.flatMap { item in
      item.targets.map { $0.weight / (cells[cell(item, $0)] ?? 1).squareRoot() }
    }
  }

  /// Figures of one kind: most points say nothing of the time to first token.
  private func cell(_ item: FitCase, _ target: FitCase.Target) -> String {
    let point = item.point
    let kind = target.metric.isOfFirstToken ? "first" : "further"
    return "\(point.hardware) \(point.model) \(point.weights) \(point.family) \(kind)"
  }

  func run(from start: EngineParameters, iterations: Int) throws -> Result {
    let weights = weights
    var x = start.vector
    var residuals = try evaluate(start)
    var loss = FitLoss.value(residuals, weights)
    var jacobian: [[Double]] = []
    var damping = 1e-3
    for _ in 0..<iterations {
      jacobian = try derivatives(at: start.with(x), residuals)
      var improvement = 0.0
      for _ in 0..<4 {
        let step = BoundedLeastSquares(
          jacobian: jacobian, residuals: residuals, weights: FitLoss.weights(residuals, weights),
          damping: damping
        ).solution(atLeast: x.map { -$0 })
        let next = zip(x, step).map { max(0, $0 + $1) }
        let found = try evaluate(start.with(next))
        let foundLoss = FitLoss.value(found, weights)
        if foundLoss < loss {
          improvement = loss - foundLoss
          (x, residuals, loss) = (next, found, foundLoss)
          damping /= 3
          break
        }
        damping *= 10
      }
      if improvement < 0.003 * loss { break }
    }
    return Result(
      parameters: start.with(x), loss: loss, residuals: residuals, weights: weights,
      jacobian: jacobian)
  }

  /// The parameters that the same points give without some of them, from the derivatives of the
  /// whole fit: nothing is simulated again.
  func leavingOut(
    _ result: Result, where isOut: (MeasuredPoint) -> Bool
  ) -> EngineParameters {
    var kept = result.weights
    var row = 0
    var places: Set<String> = []
    for item in cases {
      let out = isOut(item.point)
      for _ in item.targets {
        if out { kept[row] = 0 }
        row += 1
      }
      if !out { places.insert(item.place) }
    }
    let x = result.parameters.vector
    var step = [Double](repeating: 0, count: x.count)
    for _ in 0..<8 {
      let moved = zip(result.residuals, result.jacobian).map { residual, derivatives in
        residual + zip(derivatives, step).reduce(0) { $0 + $1.0 * $1.1 }
      }
      step = BoundedLeastSquares(
        jacobian: result.jacobian, residuals: result.residuals,
        weights: FitLoss.weights(moved, kept), damping: 1e-3
      ).solution(atLeast: x.map { -$0 })
    }
    var parameters = result.parameters.with(zip(x, step).map { max(0, $0 + $1) })
    for place in parameters.places where !places.contains(place) {
      // Another release on the same machines is the best that is left.
      let platform = EngineParameters.platform(of: place)
      let other = places.sorted().first { EngineParameters.platform(of: $0) == platform }
      parameters.gaps[place] = other.flatMap { parameters.gaps[$0] }
    }
    return parameters
  }

  // MARK: Evaluations

  private func evaluate(_ parameters: EngineParameters) throws -> [Double] {
    try progress()
    var changed = catalogues
    // All releases of the engine have the same.
    changed.engine = { [catalogues] in parameters.applied(to: try catalogues.engine($0)) }
    let catalogues = changed
    let rows = ParallelCases.map(cases, jobs: jobs) { item -> [Double] in
      let deployment = try? Deployment(item.scenario, from: catalogues)
      return item.residuals(
        deployment.flatMap { try? PointPrediction($0, isCancelled: { false }) })
    }
    return rows.flatMap { $0 }
  }

  /// By finite differences, a row for each target.
  private func derivatives(
    at parameters: EngineParameters, _ residuals: [Double]
  ) throws -> [[Double]] {
    let x = parameters.vector
    var jacobian = [[Double]](
      repeating: [Double](repeating: 0, count: x.count), count: residuals.count)
    let placeOfRow = cases.flatMap { item in item.targets.map { _ in item.place } }
    let kinds = EngineParameters.shared + EngineParameters.perPlatform
    for kind in 0..<kinds where !parameters.isFixed(kind) {
      let columns = columns(of: kind, parameters)
      var moved = x
      for column in columns { moved[column] += max(0.15 * x[column], 0.1) }
      let found = try evaluate(parameters.with(moved))
      for column in columns {
        let place = place(of: column, parameters)
        for row in residuals.indices where place == nil || place == placeOfRow[row] {
          // What can no longer be predicted says nothing about a slope.
          guard abs(found[row]) < FitLoss.limit || abs(residuals[row]) >= FitLoss.limit else {
            continue
          }
          jacobian[row][column] = (found[row] - residuals[row]) / (moved[column] - x[column])
        }
      }
    }
    return jacobian
  }

  private func columns(of kind: Int, _ parameters: EngineParameters) -> [Int] {
    guard kind >= EngineParameters.shared else { return [kind] }
    return parameters.places.indices.map { $0 * EngineParameters.perPlatform + kind }
  }

  private func place(of column: Int, _ parameters: EngineParameters) -> String? {
    guard column >= EngineParameters.shared else { return nil }
    return parameters.places[
      (column - EngineParameters.shared) / EngineParameters.perPlatform]
  }
}
