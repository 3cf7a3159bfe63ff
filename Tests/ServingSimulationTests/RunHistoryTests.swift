import ServingSimulation
import Statistics
import TestSupport
import Testing
import Units

/// What a run was like over time is the same run that its means are of.
struct RunHistoryTests {
  /// Replicas, ranks, pools, failures and caches, mostly crowded.
  private static func configurations(
    _ seeds: ClosedRange<UInt64>
  ) -> [(seed: UInt64, configuration: SimulationConfiguration)] {
    seeds.flatMap { seed in
      [RandomScenario(seed: seed).configuration, RandomCluster(seed: seed).configuration].map {
        var configuration = $0
        configuration.keepsHistory = true
        configuration.keepsRecords = false
        return (seed, configuration)
      }
    }
  }

  @Test func theBucketsHaveTheMeansOfTheRun() throws {
    for (seed, configuration) in Self.configurations(LongTests.seeds(short: 40, long: 3000)) {
      guard let summary = RandomCluster.summary(configuration, .fastForward) else {
        continue
      }
      let history = try #require(summary.history)
      let end = Double(summary.makespan.nanoseconds)
      func expect(_ name: String, _ integral: Double, _ expected: Double) {
        #expect(
          abs(integral - expected) <= 1e-9 * max(abs(expected), end), "seed \(seed): \(name)")
      }
      expect("queue", history.queue.integral, summary.queue.mean(over: Int64(end)) * end)
      for (pool, series) in zip(summary.pools, history.pools) {
        expect("busy", series.busy.integral, pool.busySeconds * 1e9)
        expect("batch", series.batch.integral, pool.meanBatch * pool.busySeconds * 1e9)
        expect(
          "blocks", series.blocks.integral,
          pool.meanOccupancy(over: end * 1e-9) * end * Double(pool.totalBlocks))
        let buckets = 0..<BucketedSeries.bucketCount
        #expect(buckets.map(series.batch.maximum).max() == Double(pool.largestBatch))
        // Of those that a cancelled request held, a run shows less at its end.
        #expect(
          (buckets.map(series.blocks.maximum).max() ?? 0) <= Double(pool.largestUsedBlocks) + 1e-6)
      }
      #expect(
        (0..<BucketedSeries.bucketCount).map(history.queue.maximum).max()
          == Double(summary.queue.maximum), "seed \(seed)")
    }
  }

  /// Times of batches and queues to a billionth of a bucket; blocks, which grow evenly in a run and
  /// one by one in its steps, to one block for each sequence. A cache that is sent while a run is
  /// under way is spread over it, so of pools that get caches only the means are held.
  @Test func fastForwardHasTheHistoryOfStepByStep() throws {
    for (seed, configuration) in Self.configurations(LongTests.seeds(short: 25, long: 3000)) {
      guard let fast = RandomCluster.summary(configuration, .fastForward)?.history,
        let summary = RandomCluster.summary(configuration, .stepwise),
        let slow = summary.history
      else { continue }
      func expect(
        _ name: String, _ one: BucketedSeries, _ other: BucketedSeries,
        within tolerance: (Int) -> Double = { _ in 0 }
      ) {
        #expect(one.width == other.width, "seed \(seed): \(name)")
        for bucket in 0..<BucketedSeries.bucketCount {
          let difference = abs(one.integral(of: bucket) - other.integral(of: bucket))
          let size = max(1, other.maximum(of: bucket)) * one.width
          guard difference > tolerance(bucket) + 1e-9 * size else { continue }
          Issue.record("seed \(seed): \(name) in bucket \(bucket): \(difference / one.width)")
          return
        }
      }
      expect("queue", fast.queue, slow.queue)
      for (index, pool) in summary.pools.enumerated() {
        let (one, other) = (fast.pools[index], slow.pools[index])
        expect("busy", one.busy, other.busy)
        expect("batch", one.batch, other.batch)
        guard pool.role != .decode else { continue }
        expect("blocks", one.blocks, other.blocks) { bucket in
          Double(pool.largestBatch) * other.busy.integral(of: bucket)
        }
      }
    }
  }

  @Test func keepingItChangesNothingElse() {
    for seed: UInt64 in 1...20 {
      var configuration = RandomCluster(seed: seed).configuration
      let without = RandomCluster.summary(configuration, .fastForward)
      #expect(without?.history == nil)
      configuration.keepsHistory = true
      let with = RandomCluster.summary(configuration, .fastForward)
      #expect(with?.fingerprint == without?.fingerprint)
    }
  }
}
