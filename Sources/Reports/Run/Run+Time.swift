internal import Documents
internal import Rendering
internal import Results
internal import Units

extension RunFindings {
  var time: Section {
    Section("Where the time goes") {
      bounds.map { Part.chart(.bars($0)) }
      Part.facts(facts)
    }
  }

  private var bounds: BarChart? {
    guard let bound = results.boundBy else { return nil }
    let pools = results.pools.count > 1 ? results.pools : []
    return BarChart(
      boundBy: [(pools.isEmpty ? "bound by" : "all pools", bound)]
        + pools.compactMap { pool in pool.boundBy.map { (pool.name, $0) } })
  }

  private var facts: [Fact] {
    let mfu = results.modelFLOPsUtilization.map(Words.percent) ?? "unknown"
    let mbu = results.modelBandwidthUtilization.map(Words.percent) ?? "unknown"
    func words(_ pair: RunResults.MeanAndMaximum) -> String {
      "mean \(NumberText.significant(pair.mean, 3)), max \(NumberText.fixed(pair.max, 0))"
    }
    let queue = Fact("queue", words(results.queue) + " requests")
    let peaks = Fact("of the peaks", "MFU \(mfu), MBU \(mbu)")
    // What has columns of its own for several pools is not repeated for all of them.
    guard results.pools.count == 1 else { return [peaks, queue] }
    let occupancy = results.keyValueOccupancy
    let pool = results.pools[0]
    let waits = [
      ("the slowest attention rank", pool.imbalance),
      ("the rank with the most wanted experts", pool.expertImbalance),
    ].compactMap { name, share in
      share.map { "\(Words.percent($0)) of the busy time for \(name)" }
    }
    let batch = Fact("batch", words(results.batch) + " sequences")
    let cache = Fact(
      "KV cache", "mean \(Words.percent(occupancy.mean)), max \(Words.percent(occupancy.max))",
      found)
    let isCached = report.inputs.pools.contains { $0.memory.cacheBlocks > 0 }
    return [peaks] + (writesNothing ? [] : [batch]) + [queue] + (isCached ? [cache] : [])
      + (waits.isEmpty ? [] : [Fact("waiting", waits)])
      + (pool.outages.map { outages in
        [
          Fact(
            "outages",
            "\(Words.count(outages)), \(Words.duration(pool.outageSeconds ?? 0)) of replica time")
        ]
      } ?? [])
  }
}

extension RunFindings {
  /// Prompt tokens that were found in a cache, where any were.
  private var found: String {
    let tokens = results.tokens
    guard tokens.input > 0, tokens.cached > 0 else { return "" }
    let share = Words.percent(Double(tokens.cached) / Double(tokens.input))
    return "\(share) of the prompt tokens found in it"
  }
}

extension BarChart {
  init(boundBy bars: [(name: String, bound: RunResults.BoundBy)]) {
    let parts = bars.first?.bound.parts ?? []
    let words = parts.map { "\($0.name) \(Words.percent($0.share))" }.joined(separator: ", ")
    self.init(
      "What bounds it",
      "Shares of the time by what bounds the operators, of \(bars.first?.name ?? "") \(words).",
      parts: parts.map(\.name), idlePart: parts.count - 1,
      bars.map { Bar($0.name, shares: $0.bound.parts.map(\.share)) })
  }
}
