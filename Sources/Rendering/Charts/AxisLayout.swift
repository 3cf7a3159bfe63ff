internal import Statistics

/// An axis laid out for the values that it must show.
struct AxisLayout {
  let low: Double
  let high: Double
  let marks: [Double]
  private let isLogarithmic: Bool

  /// - Parameter isRounded: whether the axis ends at a mark.
  init(_ axis: ChartAxis, values: [Double], isRounded: Bool) {
    isLogarithmic = axis.scale == .logarithmic
    if isLogarithmic {
      let positive = values.filter { $0 > 0 && $0.isFinite }
      var low = axis.range?.lowerBound ?? positive.min() ?? 1
      var high = axis.range?.upperBound ?? positive.max() ?? 10
      // Less than that has no two marks.
      if high < low * 2.5 { (low, high) = (low / 2, high * 2) }
      (self.low, self.high) = (low, high)
      marks = Self.logarithmicMarks(from: low, to: high)
      return
    }
    let finite = values.filter(\.isFinite)
    let low = axis.range?.lowerBound ?? min(0, finite.min() ?? 0)
    var high = axis.range?.upperBound ?? finite.max() ?? 1
    if high <= low { high = low + 1 }
    let isTime = axis.format == .seconds && high - low > 60
    let step = isTime ? Self.timeStep(high - low) : Self.step(high - low)
    if isRounded, axis.range == nil { high = (high / step - 1e-9).rounded(.up) * step }
    (self.low, self.high) = (low, high)
    let first = Int((low / step - 1e-9).rounded(.up))
    let last = Int((high / step + 1e-9).rounded(.down))
    marks = (first...max(first, last)).map { Double($0) * step }
  }

  /// 0 at the low end, 1 at the high one.
  func position(_ value: Double) -> Double {
    guard isLogarithmic else { return min(max((value - low) / (high - low), 0), 1) }
    return min(max(logarithm(max(value, low) / low) / logarithm(high / low), 0), 1)
  }

  // MARK: Marks

  /// 1, 2 or 5 times a power of ten, so that there are three to six.
  private static func step(_ span: Double) -> Double {
    var power = 1.0
    while power * 10 <= span / 3 { power *= 10 }
    while power > span / 3, power > 1e-30 { power /= 10 }
    return [5, 2, 1].map { $0 * power }.first { $0 <= span / 3 } ?? power
  }

  /// What clocks have: seconds, minutes, hours, days.
  private static func timeStep(_ span: Double) -> Double {
    let steps: [Double] = [
      10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400,
    ]
    return steps.first { span / $0 <= 6.5 } ?? 86_400 * step(span / 86_400)
  }

  /// Least distance of two marks whose names do not touch on a phone, as a share of the axis.
  private static let leastDistance = 0.17

  /// Powers of ten; with their double and fivefold, or their threefold, where there is room.
  private static func logarithmicMarks(from low: Double, to high: Double) -> [Double] {
    var decades: [Double] = []
    var decade = 1.0
    while decade > low { decade /= 10 }
    while decade * 10 < low * (1 + 1e-9) { decade *= 10 }
    while decade <= high {
      decades.append(decade)
      decade *= 10
    }
    func within(_ marks: [Double]) -> [Double] {
      marks.filter { $0 >= low * (1 - 1e-9) && $0 <= high * (1 + 1e-9) }
    }
    let powers = within(decades)
    if powers.count > 6 { return powers.enumerated().filter { $0.offset % 2 == 0 }.map(\.element) }
    if powers.count > 3 { return powers }
    for multiples in [[1, 2, 5], [1, 3]] as [[Double]] {
      let marks = within(decades.flatMap { decade in multiples.map { decade * $0 } })
      let ratio = zip(marks, marks.dropFirst()).map { $1 / $0 }.min() ?? 1
      let distance = logarithm(ratio) / logarithm(high / low)
      if marks.count > 1, distance >= leastDistance { return marks }
    }
    return powers.count > 1 ? powers : within(decades.flatMap { [$0, 3 * $0] })
  }
}
