internal import OperatorCosts
internal import Units

/// A number of steps with the same sequences, one or many.
///
/// Step k of it (from 0) takes `first + growth · k` femtoseconds, since each step reads a fixed
/// number of context tokens more than the one before, so
///
///     elapsed(n) = n · first + growth · n (n - 1) / 2
///
/// exactly. A run is a mere plan until it is completed; an arrival may cut it short before that.
struct Run {
  private(set) var start = FineClock(.zero)
  private(set) var steps: Int64 = 0
  /// Time of all steps [fs].
  private(set) var duration: Int64 = 0
  /// When the last step ends.
  private(set) var end = FineClock(.zero)
  /// Decoding sequences that take part, each with one token a step; 0 for a prefill-only step.
  var sequences: Int64 = 0
  /// The first step, and what every further one takes longer [fs].
  private(set) var first: Int64 = 0
  private(set) var growth: Int64 = 0
  /// What of the first step is there only because of prompt chunks [fs].
  var prefillFemtoseconds: Int64 = 0
  /// What all ranks together wait for the slowest one in the first step, and what every further
  /// step adds to that [fs].
  var rankWait: (first: Int64, growth: Int64) = (0, 0)

  @inline(__always)
  func elapsed(_ count: Int64) -> Int64 { count * first + growth * (count * (count - 1) / 2) }

  /// Sets what its steps take and how many there are, as many as 64-bit femtoseconds can hold: far
  /// more than any real run.
  @inline(__always)
  mutating func begin(at start: FineClock, steps: Int64, price: StepPrice) {
    first = price.first
    growth = price.growth
    self.start = start
    let longest = Double(first) + Double(growth) * Double(steps)
    let fits = Double(steps) * longest <= 4e18
    cut(to: fits ? steps : max(1, Int64(4e18 / longest)))
  }

  /// Ends it after a number of steps.
  @inline(__always)
  mutating func cut(to steps: Int64) {
    self.steps = steps
    duration = elapsed(steps)
    end = start
    end.advance(by: duration)
  }

  @inline(__always)
  func end(after count: Int64) -> FineClock {
    var clock = start
    clock.advance(by: elapsed(count))
    return clock
  }

  /// The fewest steps, at least one, after which it is `time` or later.
  func stepsUntil(_ time: SimTime) -> Int64 {
    let nanoseconds = time.nanoseconds - start.nanoseconds
    guard nanoseconds > 0 else { return 1 }
    // The clock shows its time rounded up, so it reads `time` as soon as it is past the nanosecond
    // before.
    let needed = (nanoseconds - 1) * 1_000_000 - start.femtoseconds
    let a = Double(growth) / 2
    let b = Double(first) - a
    let guess =
      a == 0
      ? Double(needed) / b
      : 2 * Double(needed) / (b + (b * b + 4 * a * Double(needed)).squareRoot())
    var count = min(max(1, Int64(guess)), steps)
    while count > 1, elapsed(count - 1) > needed { count -= 1 }
    while count < steps, elapsed(count) <= needed { count += 1 }
    return count
  }
}
