internal import Outcomes
internal import Units

// The charts of a run.
extension RunPage {
  // MARK: Latency

  var latency: [Markup] {
    guard report.results.endToEnd != nil else { return ["<p>No request completed.</p>"] }
    return ["\(spreads)<div class=\"grid\">\(distribution)\(meanRequest)</div>"]
  }

  private var distribution: Markup {
    let objectives = report.inputs.objectives
    let limits = [
      ("TTFT", objectives?.timeToFirstToken), ("TPOT", objectives?.timePerOutputToken),
      ("E2E", objectives?.endToEnd),
    ]
    let medians = charts.latencies.map { item in
      let middle = item.quantiles.first { $0.share >= 0.5 }?.seconds ?? 0
      return "\(item.name) \(ReportWords.duration(middle))"
    }
    return LineChart(
      id: "distribution", title: "Distribution",
      description: "The share of requests within a latency, on a logarithmic axis. Medians: "
        + medians.joined(separator: ", ") + ".",
      x: ChartAxis("latency", .seconds, scale: .logarithmic),
      y: ChartAxis("share of requests", .share, range: 0...1),
      series: charts.latencies.map { item in
        ChartSeries(item.name, item.quantiles.map { ChartPoint($0.seconds, $0.share) })
      },
      rules: limits.enumerated().compactMap { index, limit in
        limit.1.map {
          ChartRule("\(limit.0) objective", at: $0 / 1e3, .vertical, series: index)
        }
      }, reading: .heights
    ).markup
  }

  private var spreads: Markup {
    let results = report.results
    let rows = [
      ("time to first token", results.timeToFirstToken),
      ("time to first answer token", results.timeToFirstAnswerToken),
      ("time per output token", results.timePerOutputToken),
      ("inter-token latency", results.interTokenLatency), ("end to end", results.endToEnd),
    ].compactMap { name, spread in
      spread.map { spread in
        [name]
          + [spread.mean, spread.p50, spread.p90, spread.p95, spread.p99, spread.max]
          .map { ReportWords.duration($0 / 1e3) }
      }
    }
    return PageTable(
      "Latency", columns: ["", "mean", "p50", "p90", "p95", "p99", "max"], rows: rows
    ).markup
  }

  /// The mean request's time: until its first token, thinking, and writing.
  private var meanRequest: Markup {
    let results = report.results
    guard let whole = results.endToEnd?.mean, let first = results.timeToFirstToken?.mean,
      whole > 0
    else { return .empty }
    // Where only some think, the mean of those is no part of the mean of all.
    let thinks = results.tokens.thinking > 0 && results.timeToFirstAnswerToken != nil
    let shares = [first / whole, 1 - first / whole]
    return BarChart(
      id: "request", title: "A request on average, \(ReportWords.duration(whole / 1e3))",
      description: "Until the first token \(ReportWords.duration(first / 1e3)), then "
        + "\(ReportWords.duration((whole - first) / 1e3)).",
      parts: ["until the first token", thinks ? "thinking and writing" : "writing"],
      bars: [BarChart.Bar("request", shares: shares)]
    ).markup
  }

  // MARK: Over time

  var historyNote: String {
    charts.pools.isEmpty
      ? "" : "Lines are means over \(bucketWords), bands reach to the maximum of a replica in them."
  }

  private var bucketWords: String {
    guard charts.queue.count > 2 else { return "the run" }
    return ReportWords.duration(charts.queue[1].seconds - charts.queue[0].seconds)
  }

  var history: [Markup] {
    guard !charts.pools.isEmpty else { return [] }
    let decoding = charts.pools.filter { pool in pool.batch.contains { $0.maximum > 0 } }
    return [
      overTime(
        "batch", "Batch", "decoding sequences of a replica", .number,
        decoding.map { ($0.name, $0.batch) }, firstColor: 0),
      overTime(
        "cache", "KV cache", "share of the blocks", .share,
        charts.pools.map { ($0.name, $0.occupancy) }, firstColor: 2),
      overTime(
        "queue", "Queue", "requests that wait", .number, [("queue", charts.queue)], firstColor: 3),
      overTime(
        "busy", "Busy", "share of the replicas", .share,
        charts.pools.map { ($0.name, $0.busy) }, hasBands: false, firstColor: 4),
    ]
  }

  private func overTime(
    _ id: String, _ title: String, _ unit: String, _ format: ValueFormat,
    _ lines: [(name: String, moments: [RunCharts.Moment])], hasBands: Bool = true, firstColor: Int
  ) -> Markup {
    guard !lines.isEmpty else { return .empty }
    let series = lines.map { line in
      ChartSeries(
        lines.count > 1 ? line.name : "mean",
        line.moments.map {
          ChartPoint($0.seconds, $0.mean, high: hasBands ? max($0.maximum, $0.mean) : nil)
        }, bandName: lines.count > 1 ? "\(line.name), maximum" : "maximum")
    }
    let highest = lines.map { line in
      let most = line.moments.map { hasBands ? $0.maximum : $0.mean }.max() ?? 0
      return "\(line.name) at most \(format.words(most))"
    }
    let end = report.results.makespanSeconds
    return LineChart(
      id: id, title: title,
      description: "\(title) over \(ReportWords.duration(end)), \(unit): "
        + highest.joined(separator: ", ") + ".",
      x: ChartAxis("simulated time", .seconds, range: 0...max(end, 1e-9)),
      y: ChartAxis(unit, format), series: series, height: 170, firstColor: firstColor
    ).markup
  }

  // MARK: Time

  var times: [Markup] {
    let results = report.results
    guard let bound = results.boundBy else { return [] }
    func bar(_ name: String, _ bound: RunResults.BoundBy) -> BarChart.Bar {
      BarChart.Bar(
        name,
        shares: [bound.memory, bound.compute, bound.interconnect, bound.host, bound.idle])
    }
    let pools = results.pools.count > 1 ? results.pools : []
    let bars =
      [bar(pools.isEmpty ? "the run" : "all pools", bound)]
      + pools.compactMap { pool in pool.boundBy.map { bar(pool.name, $0) } }
    return [
      BarChart(
        id: "bound-by", title: "What bounds it",
        description: "Shares of the run's time by what bounds the operators: memory "
          + "\(ReportWords.percent(bound.memory)), compute \(ReportWords.percent(bound.compute)), "
          + "interconnect \(ReportWords.percent(bound.interconnect)), host "
          + "\(ReportWords.percent(bound.host)), idle \(ReportWords.percent(bound.idle)).",
        parts: ["memory", "compute", "interconnect", "host", "idle"], idlePart: 4, bars: bars
      ).markup
    ]
  }

  // MARK: Frontier

  var frontier: Markup {
    let results = report.results
    let context = NumberText.grouped(charts.decodeContext)
    var series = [
      ChartSeries(
        "decode steps alone, by batch",
        charts.decodePoints.map {
          ChartPoint(
            $0.tokensPerSecondForOne, $0.tokensPerSecondPerAccelerator,
            name: "batch \(NumberText.grouped($0.sequences))")
        }, style: .markedLine)
    ]
    if let each = results.timePerOutputToken?.p50, each > 0,
      let rate = results.outputRatePerAccelerator
    {
      series.append(
        ChartSeries("this run", [ChartPoint(1e3 / each, rate, name: "this run")], style: .points))
    }
    return LineChart(
      id: "frontier-chart", title: "Speed for one user against output of the machine",
      description: "What the machine would do in decode steps alone at a context of \(context) "
        + "tokens, from a batch of one to the largest that fits, and where this run is.",
      x: ChartAxis("tokens per second for one user"),
      y: ChartAxis("tokens per second per \(table.accelerator)"), series: series,
      reading: .points, height: 300,
      note: "Every sequence at a context of \(context) tokens, the mean of this run, with no "
        + "prompts to compute and nobody waiting: what lies beyond the line is out of reach."
    ).markup
  }
}
