internal import Requirements
internal import Units

// What a run costs, what it draws, and what it counts.
extension RunFigures {
  private static let price = RunFigure.Absence.unknown(
    ["cost"], remedy: "add the price to a copy of the profile, and give its path to `--hardware`")
  private static let power = RunFigure.Absence.unknown(
    ["energy", "energy.mean_power_w"],
    remedy: "add the power to a copy of the profile, and give its path to `--hardware`")

  private static func perMillionTokens(
    _ name: String, _ label: String,
    interval: (@Sendable (PredictionIntervals) -> PredictionIntervals.Range?)? = nil,
    _ price: @escaping @Sendable (CostResults.PerMillionTokens) -> Double?
  ) -> RunFigure {
    RunFigure(
      "cost.\(name)", label, .dollarsPerMillionTokens, .less,
      column: "cost_\(name)_usd_per_mtok", absent: Self.price, interval: interval
    ) { $0.cost.flatMap { price($0.perMillionTokens) } }
  }

  private static let lasting = "cost.hour`, `cost.month` or `cost.blended"

  static let costs = [
    perMillionTokens("input", "input tokens' price") { $0.input },
    perMillionTokens("cached", "cached tokens' price") { $0.cached },
    perMillionTokens("thinking", "thinking tokens' price") { $0.thinking },
    perMillionTokens("output", "output tokens' price") { $0.output },
    perMillionTokens("blended", "blended price", interval: \.blendedPrice) { $0.blended },
    RunFigure(
      "cost.request", "price of a request", .dollars, .less, column: "cost_usd_per_request",
      absent: price
    ) { $0.cost.flatMap { $0.perRequest } },
    RunFigure(
      "cost.hour", "deployment", .dollarsPerHour, .less, column: "cost_usd_per_hour", .none,
      absent: price
    ) { $0.cost?.dollarsPerHour },
    RunFigure(
      "cost.month", "deployment for a month", .dollars, .less, column: "cost_usd_per_month", .none,
      absent: price
    ) { $0.cost.map { $0.dollarsPerHour * CostResults.hoursPerMonth } },
    RunFigure(
      "cost.total", "the whole run", .dollars, .less, column: "cost_total_usd",
      .endless(instead: lasting), absent: price
    ) { $0.cost?.total },
  ]

  static let energy = [
    RunFigure(
      "energy.output", "energy per output token", .joulesPerToken, .less,
      column: "energy_joules_per_output_token", absent: power
    ) { $0.energy?.joulesPerOutputToken },
    RunFigure(
      "energy.per_mw", "output of a megawatt", .tokensPerSecondPerMegawatt, .more,
      column: "energy_tok_s_per_mw", absent: power
    ) { $0.energy?.tokensPerSecondPerMegawatt },
    RunFigure(
      "power.mean", "mean power", .watts, .less, column: "energy_mean_power_w", absent: power
    ) { $0.energy?.meanPowerWatts },
  ]

  static let counts = [
    share("rejected") { $0.rejected }, share("preempted") { $0.preempted },
    share("lost") { $0.lost }, share("abandoned") { $0.abandoned ?? 0 },
    count("rejected") { $0.rejected }, count("preempted") { $0.preempted },
    count("lost") { $0.lost }, count("abandoned") { $0.abandoned ?? 0 },
    RunFigure("gpus", "accelerators", nil, .less, column: "gpus", .none) { results in
      Double(results.pools.reduce(0) { $0 + $1.accelerators })
    },
    RunFigure(
      "makespan", "makespan", .seconds, .less, column: "makespan_s", .endless(instead: "e2e.p99")
    ) { $0.makespanSeconds },
  ]

  private static func share(
    _ name: String, _ count: @escaping @Sendable (RunResults.Requests) -> Int64
  ) -> RunFigure {
    RunFigure(
      "\(name).share", "\(name) requests, of all", nil, .less, column: "\(name)_share",
      isShare: true
    ) { results in
      let requests = results.requests
      let ended = requests.ended
      return ended > 0 ? Double(count(requests)) / Double(ended) : nil
    }
  }

  private static func count(
    _ name: String, _ count: @escaping @Sendable (RunResults.Requests) -> Int64
  ) -> RunFigure {
    RunFigure(
      name, "\(name) requests", nil, .less, column: "requests_\(name)",
      .count(instead: "\(name).share")
    ) { Double(count($0.requests)) }
  }
}
