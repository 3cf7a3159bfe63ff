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
    guard stride == 1 else { return heldFemtosecondsInParts(over: run) }
    let positions = Int64(ring.count)
    // A position comes once more where it lies in what is left of the last round.
    let (rounds, rest) = run.steps.quotientAndRemainder(dividingBy: positions)
    var sum = held(sums(of: 0..<Int(rest)), times: Double(rounds + 1), over: run)
    if rounds > 0 {
      sum += held(sums(of: Int(rest)..<ring.count), times: Double(rounds), over: run)
    }
    return sum
  }

  /// Sequences at some positions, their steps until then, and the squares of those.
  private struct Sums {
    var count: Int64 = 0
    var steps: Int64 = 0
    var squares: Int64 = 0
  }

  /// - Parameter ahead: positions, counted from where the start is.
  private mutating func sums(of ahead: Range<Int>) -> Sums {
    var sums = Sums()
    var index = start + ahead.lowerBound
    if index >= ring.count { index -= ring.count }
    for step in ahead {
      let count = Int64(ring[index])
      let steps = count &* Int64(step)
      sums.count &+= count
      sums.steps &+= steps
      sums.squares &+= steps &* Int64(step)
      index += 1
      if index == ring.count { index = 0 }
    }
    return sums
  }

  /// Sum over s, s + P, ... of what a block that is taken then is there for, `times` terms of it.
  private func held(_ sums: Sums, times: Double, over run: Run) -> Double {
    let (count, steps) = (Double(sums.count), Double(sums.steps))
    let p = Double(ring.count)
    let before = times * (times - 1)
    let taken = times * steps + count * (p * before / 2 + times / 2)
    let squares =
      times * Double(sums.squares) + steps * p * before
      + count * (p * p * before * (2 * times - 1) / 6)
    return times * count * Double(run.duration) - Double(run.first) * taken
      - Double(run.growth) / 2 * squares
  }

  /// Where a step emits parts of a token.
  private mutating func heldFemtosecondsInParts(over run: Run) -> Double {
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
      for position in Swift.stride(from: ahead, to: reach, by: Int(positions)) {
        let s = Double(position / stride)
        held += whole - first * (s + 0.5) - growth / 2 * s * s
      }
      sum += Double(count) * held
    }
    return sum
  }
}
