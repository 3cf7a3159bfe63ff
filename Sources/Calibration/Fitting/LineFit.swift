internal import Hardware

/// The fit of transfers: a latency, then bytes at a constant rate.
///
///     t = α + n / β
///
/// - α [s] >= 0     - n [B]     - β [B/s]: at most what the link allows
struct LineFit {
  struct Point: Equatable {
    var bytes: Double
    var seconds: Double
  }

  let points: [Point]
  let highestBytesPerSecond: Double

  private var problem: (Int) -> LeastSquares {
    let one = [
      LeastSquares.Bound(low: 0, high: 1e6),
      LeastSquares.Bound(low: 1e-3, high: highestBytesPerSecond / 1e11),
    ]
    return { lines in
      LeastSquares(
        softness: EfficiencyFit.usualSoftness, bounds: (0..<lines).flatMap { _ in one }
      ) { errors(of: Self.lines($0)) }
    }
  }

  /// One line through all points.
  func line() -> CollectiveCurve.Line {
    Self.lines(problem(1).minimum(from: [[3, 1], [12, 2], [30, 4]]).parameters)[0]
  }

  /// One line, or the faster of two where that at least halves the error.
  ///
  /// A library has a quick algorithm for small messages and a fast one for large. Every way to
  /// divide the points by size, two or more to each line, gives two lines, each through its own
  /// points, and is where a fit of both together begins; so are the slowest quick line and fast
  /// lines through the last point. Fitted together each line must be the faster one at two points,
  /// else nothing tells its latency from its bandwidth.
  func fastestOfLines() -> [CollectiveCurve.Line] {
    let one = [line()]
    var best = (lines: one, cost: cost(of: one) * Self.worthASecondLine)
    func offer(_ lines: [CollectiveCurve.Line]) {
      if cost(of: lines) < best.cost { best = (lines, cost(of: lines)) }
    }
    for split in points.indices.dropFirst(2).dropLast() {
      let parts = [points[..<split], points[split...]].map { part in
        LineFit(points: Array(part), highestBytesPerSecond: highestBytesPerSecond).line()
      }
      offer(parts)
      for first in [parts[0], slowLine(to: points[split])] {
        for second in [parts[1]] + fastLines {
          let joint = together(first, second)
          if isTold(joint) { offer(joint) }
        }
      }
    }
    return best.lines.sorted { $0.latencySeconds < $1.latencySeconds }
  }

  private func together(
    _ first: CollectiveCurve.Line, _ second: CollectiveCurve.Line
  ) -> [CollectiveCurve.Line] {
    let start = [first, second].flatMap { [$0.latencySeconds / 1e-6, $0.bytesPerSecond / 1e11] }
    return Self.lines(problem(2).minimum(from: start).parameters)
  }

  /// Through the first point and a later one, where the other line takes over.
  private func slowLine(to end: Point) -> CollectiveCurve.Line {
    let start = points[0]
    return CollectiveCurve.Line(
      latencySeconds: start.seconds,
      bytesPerSecond: (end.bytes - start.bytes) / max(end.seconds - start.seconds, 1e-9))
  }

  private var fastLines: [CollectiveCurve.Line] {
    guard let last = points.last else { return [] }
    return [0.7, 0.95].map { share in
      let bytesPerSecond = share * highestBytesPerSecond
      return CollectiveCurve.Line(
        latencySeconds: max(0, last.seconds - last.bytes / bytesPerSecond),
        bytesPerSecond: bytesPerSecond)
    }
  }

  private static let worthASecondLine = 0.5

  func residual(of lines: [CollectiveCurve.Line]) -> Double {
    LeastSquares.median(
      points.map { CollectiveCurve.time(bytes: $0.bytes, over: lines) / $0.seconds - 1 })
  }

  private func cost(of lines: [CollectiveCurve.Line]) -> Double {
    problem(1).cost(of: errors(of: lines))
  }

  private func errors(of lines: [CollectiveCurve.Line]) -> [Double] {
    points.map {
      LeastSquares.relativeError(CollectiveCurve.time(bytes: $0.bytes, over: lines), $0.seconds)
    }
  }

  /// Whether each line is the faster one at two points, or as fast: a fit of both likes to end
  /// where they cross.
  private func isTold(_ lines: [CollectiveCurve.Line]) -> Bool {
    lines.allSatisfy { line in
      points.count { point in
        CollectiveCurve.time(bytes: point.bytes, over: [line])
          <= 1.001 * CollectiveCurve.time(bytes: point.bytes, over: lines)
      } >= 2
    }
  }

  private static func lines(_ parameters: [Double]) -> [CollectiveCurve.Line] {
    stride(from: 0, to: parameters.count, by: 2).map {
      CollectiveCurve.Line(
        latencySeconds: parameters[$0] * 1e-6, bytesPerSecond: parameters[$0 + 1] * 1e11)
    }
  }
}
