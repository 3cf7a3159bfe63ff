internal import Units

/// The figures of a simulated run that may be named.
package enum RunFigures {
  package static let all: [Figure] = latencies + rates + load + shares + costs + energy + counts

  package static func named(_ path: String) -> Figure? { all.first { $0.path == path } }

  /// Of each there are these; `ttfat` only where requests think first.
  package static let latencyNames = ["ttft", "ttfat", "tpot", "itl", "e2e"]
  package static let spreadNames = ["mean", "p50", "p90", "p95", "p99", "max"]

  private static let latencies = latencyNames.flatMap { name in
    spreadNames.map { Figure("\(name).\($0)", .seconds, .less) }
  }

  private static let rates = [
    Figure("output", .tokensPerSecond, .more),
    Figure("output.per_gpu", .tokensPerSecond, .more),
    Figure("total", .tokensPerSecond, .more),
    Figure("total.per_gpu", .tokensPerSecond, .more),
    Figure("requests", .requestsPerSecond, .more),
    Figure("goodput", .requestsPerSecond, .more),
    // What a user sees at the median time per output token.
    Figure("interactivity", .tokensPerSecond, .more),
  ]

  /// What comes, what is served, and what could be; the share of what could be that comes.
  private static let load = [
    Figure("load.offered", .requestsPerSecond, .more),
    Figure("load.served", .requestsPerSecond, .more),
    Figure("load.capacity", .requestsPerSecond, .more),
    Figure("load.utilisation", nil, .less),
    Figure("load.backlog", nil, .less),
  ]

  private static let shares = [
    Figure("attainment", nil, .more),
    Figure("mfu", nil, .more),
    Figure("mbu", nil, .more),
    Figure("kv.mean", nil, .less),
    Figure("kv.max", nil, .less),
    // Of the prompt tokens, those that were found in a cache.
    Figure("cache.hits", nil, .more),
  ]

  private static let costs = [
    Figure("cost.input", .dollarsPerMillionTokens, .less),
    Figure("cost.thinking", .dollarsPerMillionTokens, .less),
    Figure("cost.output", .dollarsPerMillionTokens, .less),
    Figure("cost.blended", .dollarsPerMillionTokens, .less),
    Figure("cost.request", .dollars, .less),
    Figure("cost.hour", .dollarsPerHour, .less),
    Figure("cost.month", .dollars, .less),
    Figure("cost.total", .dollars, .less),
  ]

  private static let energy = [
    Figure("energy.output", .joulesPerToken, .less),
    Figure("energy.per_mw", .tokensPerSecondPerMegawatt, .more),
    Figure("power.mean", .watts, .less),
  ]

  private static let counts = [
    Figure("rejected.share", nil, .less),
    Figure("preempted.share", nil, .less),
    Figure("lost.share", nil, .less),
    Figure("rejected", nil, .less),
    Figure("preempted", nil, .less),
    Figure("lost", nil, .less),
    Figure("makespan", .seconds, .less),
  ]
}
