internal import Documents
internal import Rendering
internal import Results

extension RunFindings {
  var latency: Section {
    Section("Latency") {
      if results.endToEnd == nil {
        Part.paragraph("no request completed")
      } else {
        Part.table(
          Table(
            spreads: [
              ("time to first token", results.timeToFirstToken),
              ("time to first answer token", results.timeToFirstAnswerToken),
              ("time per output token", results.timePerOutputToken),
              ("inter-token latency", results.interTokenLatency),
              ("end to end", results.endToEnd),
            ]))
        distribution
        meanRequest
      }
    }
  }

  private var distribution: Part? {
    guard let charts else { return nil }
    let objectives = report.inputs.objectives
    let limits = [
      ("TTFT", objectives?.timeToFirstToken), ("TPOT", objectives?.timePerOutputToken),
      ("E2E", objectives?.endToEnd),
    ]
    let medians = charts.latencies.map { item in
      let middle = item.quantiles.first { $0.share >= 0.5 }?.seconds ?? 0
      return "\(item.name) \(Words.duration(middle))"
    }
    return .picture(
      .lines(
        LineChart(
          "Distribution",
          "The share of requests within a latency, on a logarithmic axis. Medians: "
            + medians.joined(separator: ", ") + ".",
          x: ChartAxis("latency", .seconds, scale: .logarithmic),
          y: ChartAxis("share of requests", .share, range: 0...1),
          charts.latencies.map { item in
            ChartSeries(item.name, item.quantiles.map { ChartPoint($0.seconds, $0.share) })
          },
          rules: limits.enumerated().compactMap { index, limit in
            limit.1.map {
              ChartRule("\(limit.0) objective", at: $0 / 1e3, .vertical, series: index)
            }
          }, reading: .heights)))
  }

  /// The mean request's time: until its first token, thinking, and writing.
  private var meanRequest: Part? {
    guard let whole = results.endToEnd?.mean, let first = results.timeToFirstToken?.mean,
      whole > 0
    else { return nil }
    // Where only some think, the mean of those is no part of the mean of all.
    let thinks = results.tokens.thinking > 0 && results.timeToFirstAnswerToken != nil
    return .picture(
      .bars(
        BarChart(
          "A request on average, \(Words.duration(whole / 1e3))",
          "Until the first token \(Words.duration(first / 1e3)), then "
            + "\(Words.duration((whole - first) / 1e3)).",
          parts: ["until the first token", thinks ? "thinking and writing" : "writing"],
          [BarChart.Bar("request", shares: [first / whole, 1 - first / whole])])))
  }
}

extension Table {
  /// What latencies are like, from the mean to the longest.
  init(spreads: [(name: String, spread: RunResults.Spread?)]) {
    self.init(
      "Latency", ["", "mean", "p50", "p90", "p95", "p99", "max"],
      rows: spreads.compactMap { name, spread in
        spread.map { spread in
          [.words(name)]
            + [spread.mean, spread.p50, spread.p90, spread.p95, spread.p99, spread.max]
            .map { .seconds($0 / 1e3) }
        }
      })
  }
}
