package import Workloads

/// What a recorded trace asks for.
package struct TraceReport: ReportDocument {
  package struct Lengths: Encodable, Sendable {
    package var mean: Double
    package var p50: Double
    package var p90: Double
    package var p99: Double
    package var max: Double
  }

  /// What a cache of so many blocks would have held of the prompts.
  package struct Reach: Encodable, Sendable {
    /// Blocks of the cache; absent for one without end.
    package var cacheBlocks: Int?
    package var cacheTokens: Int?
    /// Share of all blocks of all prompts that would have been found in the cache.
    package var ofBlocks: Double
    /// Share of all tokens of all prompts.
    package var ofTokens: Double
    /// Share of a prompt's tokens, in the mean over requests.
    package var perRequest: Double
  }

  package struct Prefixes: Encodable, Sendable {
    package var blockTokens: Int
    package var blocks: Int
    package var uniqueBlocks: Int
    package var hits: [Reach]
  }

  package struct Conversations: Encodable, Sendable {
    package var count: Int
    package var turns: Lengths
    /// Requests of a session with its sub-agents, which are conversations of their own; absent
    /// where there are none.
    package var ofSessions: Lengths?
    /// Time from an answer to the turn that waits for it; absent where none waits.
    package var wait: Lengths?
  }

  package struct Results: Encodable, Sendable {
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
  }

  package var schema = ReportSchema(name: "windtunnel/trace", version: 1)
  package var command = "trace stats"
  package var file: String
  package var format: String
  package var results: Results
}

extension TraceReport.Reach: DocumentKeys {
  package static let keys = DocumentNames(["perRequest": "mean_per_request"])
}

extension TraceReport.Conversations: DocumentKeys {
  package static let keys = DocumentNames(["ofSessions": "requests_of_a_session", "wait": "wait_s"])
}

extension TraceReport.Results: DocumentKeys {
  package static let keys = DocumentNames([
    "spanSeconds": "span_s", "rate": "rate_req_s", "gapVariation": "gap_cv",
    "fewestInMinute": "fewest_in_a_minute", "mostInMinute": "most_in_a_minute",
    "mostInSecond": "most_in_a_second",
  ])
}

extension TraceReport {
  package init(_ statistics: TraceStatistics, of trace: Trace, file: String) {
    self.file = file
    format = trace.summary.format?.rawValue ?? ""
    results = Results(
      requests: statistics.requests, leftOutRows: trace.summary.skippedRows,
      outOfOrderRows: trace.summary.earlierRows, spanSeconds: statistics.spanSeconds,
      rate: statistics.rate, gapVariation: statistics.gapVariation,
      distinctTimes: statistics.distinctTimes, fewestInMinute: statistics.minutes.min(),
      mostInMinute: statistics.minutes.max(), mostInSecond: statistics.busiestSecond,
      input: Lengths(statistics.input), output: Lengths(statistics.output),
      conversations: Lengths(statistics.turns).map {
        Conversations(
          count: statistics.turns.count, turns: $0, ofSessions: Lengths(statistics.sessions),
          wait: Lengths(statistics.waits, scale: 1e-3))
      },
      prefixes: statistics.reach.map(Prefixes.init),
      load: statistics.spanSeconds == nil ? [] : statistics.load)
  }
}

extension TraceReport.Lengths {
  /// Nil without any.
  fileprivate init?(_ counts: LengthCounts, scale: Double = 1) {
    guard counts.count > 0 else { return nil }
    let quantiles = counts.quantiles([0.5, 0.9, 0.99]).map { $0 * scale }
    self.init(
      mean: counts.mean * scale, p50: quantiles[0], p90: quantiles[1], p99: quantiles[2],
      max: Double(counts.largest) * scale)
  }
}

extension TraceReport.Prefixes {
  fileprivate init(_ reach: CacheReach) {
    // A cache that holds every block once is one without end.
    let sizes = reach.sizes.filter { $0.blocks ?? 0 < reach.uniqueBlocks }
    self.init(
      blockTokens: reach.blockTokens, blocks: reach.blocks, uniqueBlocks: reach.uniqueBlocks,
      hits: sizes.map { size in
        TraceReport.Reach(
          cacheBlocks: size.blocks, cacheTokens: size.blocks.map { $0 * reach.blockTokens },
          ofBlocks: Double(size.heldBlocks) / Double(max(1, reach.blocks)),
          ofTokens: size.heldTokens / max(1, reach.tokens),
          perRequest: size.shares / Double(max(1, reach.requests)))
      })
  }
}
