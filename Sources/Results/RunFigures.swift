package import Requirements
internal import Units

/// The table of the figures of a simulated run.
package enum RunFigures {
  package static let all: [RunFigure] =
    latencies + rates + load + shares + costs + energy + counts + questions + batch
    + conversations

  package static let figures: [Figure] = all.map(\.figure)

  package static func row(_ path: String) -> RunFigure? { all.first { $0.path == path } }
  package static func named(_ path: String) -> Figure? {
    row(path)?.figure
      ?? split(path).map { $0.row.figure.renamed(path) }
  }

  // MARK: Latencies

  private typealias Latency = (
    name: String, label: String, spread: @Sendable (RunResults) -> RunResults.Spread?
  )

  private static let spreads: [Latency] = [
    ("ttft", "time to first token", { $0.timeToFirstToken }),
    ("ttfat", "time to first answer token", { $0.timeToFirstAnswerToken }),
    ("tpot", "time per output token", { $0.timePerOutputToken }),
    ("itl", "inter-token latency", { $0.interTokenLatency }),
    ("e2e", "end to end", { $0.endToEnd }),
  ]

  package static let latencyNames = spreads.map(\.name)

  private static let statistics: [(name: String, value: @Sendable (RunResults.Spread) -> Double)] =
    [
      ("mean", { $0.mean }), ("p50", { $0.p50 }), ("p90", { $0.p90 }), ("p95", { $0.p95 }),
      ("p99", { $0.p99 }), ("max", { $0.max }),
    ]

  private static let latencies = spreads.flatMap { latency in
    statistics.map { statistic in
      RunFigure(
        "\(latency.name).\(statistic.name)", "\(latency.label), \(statistic.name)", .seconds, .less,
        column: "\(latency.name)_\(statistic.name)_ms", scale: 1e3,
        statistic.name == "max" ? .maximum(instead: "\(latency.name).p99") : .settles,
        absent: .ofNothing(nothing(latency.name)),
        interval: interval("\(latency.name).\(statistic.name)")
      ) { latency.spread($0).map { statistic.value($0) / 1e3 } }
    }
  }

  private static func nothing(_ latency: String) -> String {
    switch latency {
    case "ttfat": "no request thinks before it answers"
    case "tpot", "itl": "no answer has more than one token"
    case "ttft": "no answer was written"
    default: "no request completed"
    }
  }

  private static func interval(
    _ path: String
  ) -> (@Sendable (PredictionIntervals) -> PredictionIntervals.Range?)? {
    switch path {
    case "ttft.mean": { $0.meanTimeToFirstToken?.scaled(by: 1e-3) }
    case "ttft.p50": { $0.medianTimeToFirstToken?.scaled(by: 1e-3) }
    case "tpot.p50": { $0.medianTimePerOutputToken?.scaled(by: 1e-3) }
    default: nil
    }
  }

  // MARK: Throughput

  private static let rates = [
    RunFigure(
      "output", "output", .tokensPerSecond, .more, column: "output_tok_s",
      absent: .ofNothing(nothing("ttft")), interval: \.outputRate
    ) { $0.outputRate },
    RunFigure(
      "output.per_gpu", "output per accelerator", .tokensPerSecond, .more,
      column: "output_tok_s_per_gpu", absent: .ofNothing(nothing("ttft")),
      interval: \.outputRatePerAccelerator
    ) { $0.outputRatePerAccelerator },
    RunFigure("total", "input and output", .tokensPerSecond, .more, column: "total_tok_s") {
      $0.totalRate
    },
    RunFigure(
      "total.per_gpu", "input and output per accelerator", .tokensPerSecond, .more,
      column: "total_tok_s_per_gpu"
    ) { $0.totalRatePerAccelerator },
    RunFigure("requests", "requests", .requestsPerSecond, .more, column: "req_s") {
      $0.requestsPerSecond
    },
    RunFigure(
      "goodput", "goodput", .requestsPerSecond, .more, column: "goodput_req_s",
      absent: .objectives
    ) { $0.goodput },
    // What a user sees at the median time per output token.
    RunFigure(
      "interactivity", "interactivity", .tokensPerSecond, .more, column: "interactivity_tok_s",
      absent: .ofNothing("no answer has more than one token")
    ) { $0.timePerOutputToken.flatMap { $0.p50 > 0 ? 1_000 / $0.p50 : nil } },
  ]

  // MARK: Load

  /// What comes, what is served, and what could be; the share of what could be that comes.
  private static let load = [
    RunFigure(
      "load.offered", "requests that come", .requestsPerSecond, .more,
      column: "load_offered_req_s", .none, absent: .load
    ) { $0.load?.offered },
    RunFigure(
      "load.served", "requests that are served", .requestsPerSecond, .more,
      column: "load_served_req_s", .none, absent: .load
    ) { $0.load?.served },
    RunFigure(
      "load.capacity", "requests that could be served", .requestsPerSecond, .more,
      column: "load_capacity_req_s", .none, absent: .load
    ) { $0.load?.capacity },
    RunFigure(
      "load.utilisation", "of the capacity", nil, .less, column: "load_utilisation", isShare: true,
      .none,
      absent: .load
    ) { $0.load?.utilization },
    RunFigure(
      "load.backlog", "time in which somebody waits", nil, .less, column: "load_backlog",
      isShare: true,
      absent: .load
    ) { $0.load?.backlogShare },
  ]

  private static let shares = [
    RunFigure(
      "attainment", "within all objectives", nil, .more, column: "slo_attainment", isShare: true,
      absent: .objectives
    ) { $0.attainment },
    RunFigure("mfu", "of the peak arithmetic (MFU)", nil, .more, column: "mfu", isShare: true) {
      $0.modelFLOPsUtilization
    },
    RunFigure("mbu", "of the peak bandwidth (MBU)", nil, .more, column: "mbu", isShare: true) {
      $0.modelBandwidthUtilization
    },
    RunFigure("kv.mean", "KV cache, mean", nil, .less, column: "kv_occupancy_mean", isShare: true) {
      $0.keyValueOccupancy.mean
    },
    RunFigure(
      "kv.max", "KV cache, at most", nil, .less, column: "kv_occupancy_max", isShare: true,
      .maximum(instead: "kv.mean")
    ) { $0.keyValueOccupancy.max },
    RunFigure(
      "cache.hits", "prompt tokens found in a cache", nil, .more, column: "cache_hits",
      isShare: true
    ) { results in
      let tokens = results.tokens
      return tokens.input > 0 ? Double(tokens.cached) / Double(tokens.input) : nil
    },
  ]
}
