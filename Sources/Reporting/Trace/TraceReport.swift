internal import Outcomes
package import Workloads

/// What a recorded trace asks for.
package struct TraceReport: ReportDocument, Equatable {
  package struct Lengths: Codable, Equatable, Sendable {
    package var mean: Double
    package var p50: Double
    package var p90: Double
    package var p99: Double
    package var max: Double

    init?(_ counts: LengthCounts, scale: Double = 1) {
      guard counts.count > 0 else { return nil }
      let quantiles = counts.quantiles([0.5, 0.9, 0.99]).map { $0 * scale }
      mean = ReportNumber.rounded(counts.mean * scale)
      (p50, p90, p99) = (quantiles[0], quantiles[1], quantiles[2])
      max = Double(counts.largest) * scale
    }
  }

  /// What a cache of so many blocks would have held of the prompts.
  package struct Reach: Codable, Equatable, Sendable {
    /// Absent for one without end.
    package var cacheBlocks: Int?
    package var cacheTokens: Int?
    /// Of all blocks, of all tokens, and in the mean over requests.
    package var ofBlocks: Double
    package var ofTokens: Double
    package var perRequest: Double

    private enum CodingKeys: String, CodingKey {
      case cacheBlocks = "cache_blocks"
      case cacheTokens = "cache_tokens"
      case ofBlocks = "of_blocks"
      case ofTokens = "of_tokens"
      case perRequest = "mean_per_request"
    }
  }

  package struct Prefixes: Codable, Equatable, Sendable {
    package var blockTokens: Int
    package var blocks: Int
    package var uniqueBlocks: Int
    package var hits: [Reach]

    private enum CodingKeys: String, CodingKey {
      case blocks, hits
      case blockTokens = "block_tokens"
      case uniqueBlocks = "unique_blocks"
    }
  }

  package struct Conversations: Codable, Equatable, Sendable {
    package var count: Int
    package var turns: Lengths
    /// From an answer to the turn that waits for it; absent where none waits.
    package var wait: Lengths?

    private enum CodingKeys: String, CodingKey {
      case count, turns
      case wait = "wait_s"
    }
  }

  package struct Results: Codable, Equatable, Sendable {
    package var requests: Int
    package var leftOutRows: Int
    package var outOfOrderRows: Int
    package var spanSeconds: Double?
    package var rate: Double?
    package var gapVariation: Double?
    package var distinctTimes: Int
    package var fewestInMinute: Int?
    package var mostInMinute: Int?
    package var mostInSecond: Int
    package var input: Lengths?
    package var output: Lengths?
    package var conversations: Conversations?
    package var prefixes: Prefixes?
    /// Requests of equal parts of the span; empty where the trace has no times.
    package var load: [Int]

    private enum CodingKeys: String, CodingKey {
      case requests, input, output, conversations, prefixes, load
      case leftOutRows = "left_out_rows"
      case outOfOrderRows = "out_of_order_rows"
      case spanSeconds = "span_s"
      case rate = "rate_req_s"
      case gapVariation = "gap_cv"
      case distinctTimes = "distinct_times"
      case fewestInMinute = "fewest_in_a_minute"
      case mostInMinute = "most_in_a_minute"
      case mostInSecond = "most_in_a_second"
    }
  }

  package var schema = ReportSchema(name: "windtunnel/trace", version: 1)
  package var command = "trace stats"
  package var file: String
  package var format: String
  package var results: Results
}

extension TraceReport {
  package init(_ statistics: TraceStatistics, of trace: Trace, file: String) {
    self.file = file
    format = trace.summary.format?.rawValue ?? ""
    let waits = Lengths(statistics.waits, scale: 1e-3)
    results = Results(
      requests: statistics.requests, leftOutRows: trace.summary.skippedRows,
      outOfOrderRows: trace.summary.earlierRows,
      spanSeconds: statistics.spanSeconds.map { ReportNumber.rounded($0) },
      rate: statistics.rate.map { ReportNumber.rounded($0) },
      gapVariation: statistics.gapVariation.map { ReportNumber.rounded($0) },
      distinctTimes: statistics.distinctTimes, fewestInMinute: statistics.minutes.min(),
      mostInMinute: statistics.minutes.max(), mostInSecond: statistics.busiestSecond,
      input: Lengths(statistics.input), output: Lengths(statistics.output),
      conversations: Lengths(statistics.turns).map {
        Conversations(count: statistics.turns.count, turns: $0, wait: waits)
      },
      prefixes: statistics.reach.map(Prefixes.init),
      load: statistics.spanSeconds == nil ? [] : statistics.load)
  }
}

extension TraceReport.Prefixes {
  fileprivate init(_ reach: CacheReach) {
    blockTokens = reach.blockTokens
    blocks = reach.blocks
    uniqueBlocks = reach.uniqueBlocks
    // A cache that holds every block once is one without end.
    let sizes = reach.sizes.filter { $0.blocks ?? 0 < reach.uniqueBlocks }
    hits = sizes.map { size in
      TraceReport.Reach(
        cacheBlocks: size.blocks, cacheTokens: size.blocks.map { $0 * reach.blockTokens },
        ofBlocks: ReportNumber.rounded(Double(size.heldBlocks) / Double(max(1, reach.blocks))),
        ofTokens: ReportNumber.rounded(size.heldTokens / max(1, reach.tokens)),
        perRequest: ReportNumber.rounded(size.shares / Double(max(1, reach.requests))))
    }
  }
}
