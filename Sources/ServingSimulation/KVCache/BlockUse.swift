internal import BasicContainers

/// Cache blocks in use over a run of steps.
///
/// What is taken in a step counts for half of it. One sequence that fills a block of 16 tokens in
/// the first of four steps of 10 fs holds one block more for 35 fs of the 40.
struct BlockUse {
  var before = 0
  var after = 0
  /// Integral over the run of what is in use beyond `before` [blocks x fs].
  var growthFemtoseconds = 0.0

  static func += (sum: inout BlockUse, other: BlockUse) {
    sum.before += other.before
    sum.after += other.after
    sum.growthFemtoseconds += other.growthFemtoseconds
  }
}

extension BlockDemand {
  /// Integral over the steps of a run of the blocks that they take [blocks x fs].
  ///
  /// A block that is taken in step s of n is there for half of it and all that follow, so with
  /// steps of `f + g · k` [fs], of which n take D,
  ///
  ///     D - f (s + 1/2) - g s^2 / 2
  ///
  /// A sequence takes its blocks at s, s + P, s + 2 P ... where a step emits one token of a block
  /// of P: their sum is closed. Exact but for rounding, in either mode.
  mutating func heldFemtoseconds(over run: Run) -> Double {
    guard isActive, sequences > 0 else { return 0 }
    let (first, growth) = (Double(run.first), Double(run.growth))
    let whole = Double(run.duration)
    let (positions, stride) = (Int64(ring.count), Int64(stride))
    let reach = run.steps * stride
    var sum = 0.0
    var index = start
    for ahead in 0..<min(positions, reach) {
      let count = ring[index]
      index = index + 1 == ring.count ? 0 : index + 1
      guard count > 0 else { continue }
      var held = 0.0
      if stride == 1 {
        let times = Double((reach - ahead + positions - 1) / positions)
        let (s, p) = (Double(ahead), Double(positions))
        let steps = times * s + p * times * (times - 1) / 2
        let squares =
          times * s * s + s * p * times * (times - 1)
          + p * p * (times - 1) * times * (2 * times - 1) / 6
        held = times * whole - first * (steps + times / 2) - growth / 2 * squares
      } else {
        for position in Swift.stride(from: ahead, to: reach, by: Int(positions)) {
          let s = Double(position / stride)
          held += whole - first * (s + 0.5) - growth / 2 * s * s
        }
      }
      sum += Double(count) * held
    }
    return sum
  }
}
