internal import OperatorCosts
internal import Outcomes
package import Scenarios
package import ServingSimulation
internal import Statistics
internal import Units

extension RunCharts {
  /// - Parameter summary: of a run that kept its history; without it nothing is drawn over time.
  package init(_ summary: RunSummary, of deployment: Deployment) {
    latencies = [
      ("time to first token", summary.timeToFirstToken),
      ("time per output token", summary.timePerOutputToken),
      ("end to end", summary.endToEnd),
    ].compactMap { name, sketch in
      sketch.count > 0 ? Distribution(name: name, quantiles: Self.quantiles(of: sketch)) : nil
    }
    queue = []
    pools = []
    endSeconds = 0
    if let history = summary.history {
      let grid = HistoryGrid(history)
      endSeconds = history.endNanoseconds * 1e-9
      queue = grid.moments(history.queue)
      pools = zip(summary.pools, history.pools).map { Pool($0, $1, grid) }
    }
    decodeContext = summary.meanDecodeContext
    // What several kinds do in decode steps alone is no one line, and what writes nothing has none.
    decodePoints =
      deployment.scenario.isFleet || summary.decodedTokens == 0
      ? [] : Self.decodePoints(of: deployment, context: decodeContext)
  }

  /// Sixty, closer to each other at the tail, where objectives are.
  private static let shares: [Double] =
    [0, 0.005, 0.01] + (1...44).map { Double($0) * 0.02 }
    + [0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99, 0.995, 0.999, 1]

  private static func quantiles(of sketch: QuantileSketch) -> [Quantile] {
    shares.map { Quantile(share: $0, seconds: (sketch.quantile($0) ?? 0) * 1e-9) }
  }

  /// One, two, three, four, six, eight ... sequences a rank, as many as it may have and as fit into
  /// its cache at that context.
  private static func decodePoints(of deployment: Deployment, context: Int) -> [DecodePoint] {
    let pool = deployment.decoding
    let ranks = max(1, pool.design.layout.attentionData)
    let tokensPerStep =
      pool.design.diffusion?.tokensPerPass ?? pool.design.speculation?.simulatedTokensPerStep ?? 1
    let blocks = CacheCapacity(pool.memory).blocks(finalContext: context)
    let most = max(1, min(pool.limits.maximumSequences, pool.memory.blocks / max(1, blocks)))
    var batches: [Int] = []
    var power = 1
    while power <= most {
      batches += [power, power * 3 / 2].filter { $0 <= most && $0 > batches.last ?? 0 }
      power *= 2
    }
    if batches.last != most { batches.append(most) }
    return batches.map { batch in
      let shape = StepShape(decodingSequences: batch, contextPerSequence: context)
      let rate = tokensPerStep / StepBreakdown(pool.design, shape: shape).seconds
      return DecodePoint(
        sequences: batch * ranks, tokensPerSecondForOne: rate,
        tokensPerSecondPerAccelerator: rate * Double(batch * ranks * pool.replicas)
          / Double(deployment.accelerators))
    }
  }
}

extension CacheCapacity {
  fileprivate func blocks(finalContext tokens: Int) -> Int {
    (tokens + blockTokens - 1) / blockTokens + fixedBlocks(finalContext: tokens)
  }
}

/// The buckets of a history that the run reaches into.
private struct HistoryGrid {
  let width: Double
  let end: Double
  let count: Int

  init(_ history: RunHistory) {
    width = history.queue.width
    end = history.endNanoseconds
    count = min(Int((end / width).rounded(.up)), BucketedSeries.bucketCount)
  }

  /// The mean and the maximum of a quantity in each bucket of time; the last bucket ends with the
  /// run.
  func moments(_ series: BucketedSeries, dividedBy whole: Double = 1) -> [RunCharts.Moment] {
    moments(series, of: whole) { $0 / whole / duration(of: $1) }
  }

  /// The mean and the maximum of a quantity in each bucket, over the time that another quantity
  /// says.
  func moments(_ series: BucketedSeries, over time: BucketedSeries) -> [RunCharts.Moment] {
    moments(series, of: 1) { integral, bucket in
      time.integral(of: bucket) > 0 ? integral / time.integral(of: bucket) : 0
    }
  }

  private func moments(
    _ series: BucketedSeries, of whole: Double, _ mean: (Double, Int) -> Double
  ) -> [RunCharts.Moment] {
    (0..<count).map { bucket in
      RunCharts.Moment(
        seconds: (Double(bucket) * width + duration(of: bucket) / 2) * 1e-9,
        mean: mean(series.integral(of: bucket), bucket), maximum: series.maximum(of: bucket) / whole
      )
    }
  }

  private func duration(of bucket: Int) -> Double {
    min(width, end - Double(bucket) * width)
  }
}

extension RunCharts.Pool {
  fileprivate init(_ summary: PoolSummary, _ history: PoolHistory, _ grid: HistoryGrid) {
    let replicas = Double(summary.replicas)
    name = summary.name
    batch = grid.moments(history.batch, over: history.busy)
    let blocks = Double(max(1, summary.totalBlocks))
    occupancy = grid.moments(history.blocks, dividedBy: blocks).map {
      RunCharts.Moment(seconds: $0.seconds, mean: $0.mean, maximum: $0.maximum * replicas)
    }
    busy = grid.moments(history.busy, dividedBy: replicas)
  }
}
