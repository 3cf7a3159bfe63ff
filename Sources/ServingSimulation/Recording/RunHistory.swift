package import Statistics
internal import Units

/// What a run was like over time: recorded only when it is asked for, in memory that does not grow
/// with the run.
///
/// What changes while a run of steps is under way is spread evenly over it: a cache that is being
/// sent to a pool grows there from the run's start to its end.
package struct RunHistory: Equatable, Sendable {
  /// Requests that wait.
  package private(set) var queue = BucketedSeries()
  package internal(set) var pools: [PoolHistory]
  /// The end of all that is recorded [ns]; a part of a run that is judged alone may have ended
  /// before.
  package private(set) var endNanoseconds: Double = 0
  private var queued: Int64 = 0
  private var queuedSince: Int64 = 0

  init(pools: Int) { self.pools = Array(repeating: PoolHistory(), count: pools) }

  /// The queue has another length from now on [ns].
  mutating func queueBecomes(_ count: Int64, at time: Int64) {
    queue.add(Double(queued), from: Double(queuedSince), to: Double(time))
    // A queue that is there for no time at all is a maximum all the same.
    queue.add(0, maximum: Double(count), to: queue.bucket(at: Double(time)))
    queued = count
    queuedSince = time
  }

  /// Gives all series the same buckets, which reach to the end of the run.
  mutating func finish(at end: SimTime) {
    queueBecomes(queued, at: max(end.nanoseconds, queuedSince))
    align()
    endNanoseconds = Double(queuedSince)
  }

  /// Ends it where the last bucket does that is whole: steps that are under way reach further.
  mutating func abandon() {
    align()
    endNanoseconds = (Double(queuedSince) / queue.width).rounded(.down) * queue.width
  }

  private mutating func align() {
    let all = [queue] + pools.flatMap { [$0.busy, $0.batch, $0.blocks] }
    let reach = all.reduce(0) { max($0, $1.width) } * Double(BucketedSeries.bucketCount)
    queue.reach(reach)
    for index in pools.indices { pools[index].reach(reach) }
  }
}

/// What the replicas of a pool were like over time, summed over them; a maximum is that of the
/// fullest one.
package struct PoolHistory: Equatable, Sendable {
  /// Replicas in the middle of a step.
  package private(set) var busy = BucketedSeries()
  /// Decoding sequences.
  package private(set) var batch = BucketedSeries()
  /// Cache blocks in use during steps.
  package private(set) var blocks = BucketedSeries()

  package init() {}

  mutating func reach(_ end: Double) {
    busy.reach(end)
    batch.reach(end)
    blocks.reach(end)
  }

  /// Adds an integral of blocks where a run begins [blocks x ns].
  mutating func addBlocks(_ integral: Double, at time: SimTime) {
    let start = Double(time.nanoseconds)
    reach(start)
    blocks.add(integral, maximum: 0, to: blocks.bucket(at: start))
  }

  /// Adds a run, any number of steps at once: the batch stays as it is, and the blocks grow evenly
  /// from step to step, to within one block a sequence.
  mutating func add(_ run: Run, usedBlocks: BlockUse) {
    let start = Double(run.start.nanoseconds) + Double(run.start.femtoseconds) * 1e-6
    let end = start + Double(run.duration) * 1e-6
    reach(end)
    let sequences = Double(run.sequences)
    let blocksBefore = Double(usedBlocks.before)
    // Prompts take theirs before the step, so there is nothing less afterwards.
    let growth = Double(max(0, usedBlocks.after - usedBlocks.before)) / Double(run.steps)
    // So that its mean is the run's own: a block may be taken early in it, or late.
    let evenly = growth * run.stepIntegral(from: 0, to: Double(run.steps))
    let early =
      run.duration > 0
      ? (usedBlocks.growthFemtoseconds - evenly) / Double(run.duration) : 0
    var bucket = busy.bucket(at: start)
    var (position, steps) = (start, 0.0)
    repeat {
      let edge = min(end, busy.end(of: bucket))
      let reached =
        edge == end ? Double(run.steps) : run.steps(atFemtoseconds: (edge - start) * 1e6)
      let time = edge - position
      busy.add(time, maximum: 1, to: bucket)
      batch.add(sequences * time, maximum: sequences, to: bucket)
      blocks.add(
        (blocksBefore + early) * time + growth * run.stepIntegral(from: steps, to: reached) * 1e-6,
        maximum: blocksBefore + growth * reached, to: bucket)
      (position, steps) = (edge, reached)
      bucket += 1
    } while position < end
  }
}

extension Run {
  /// Steps that are passed after a time, the one under way in part: the inverse of `elapsed`, which
  /// is `b · s + growth/2 · s^2` with `b = first - growth/2`.
  func steps(atFemtoseconds time: Double) -> Double {
    let a = Double(growth) / 2
    let b = Double(first) - a
    return a == 0 ? time / b : 2 * time / (b + max(0, b * b + 4 * a * time).squareRoot())
  }

  /// The integral of the steps that are passed, over the time from one number of them to another.
  ///
  /// Of n whole steps it is
  ///
  ///     sum over k in 0..<n of (k + 1/2) · (first + growth · k)
  ///       = first/2 · n^2 + growth/12 · n (n - 1) (4n + 1)
  func stepIntegral(from start: Double, to end: Double) -> Double {
    func integral(_ steps: Double) -> Double {
      Double(first) / 2 * steps * steps
        + Double(growth) / 12 * steps * (steps - 1) * (4 * steps + 1)
    }
    return integral(end) - integral(start)
  }
}
