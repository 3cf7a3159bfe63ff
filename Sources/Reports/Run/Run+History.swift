internal import Documents
internal import Rendering
internal import Results

extension RunFindings {
  var history: Section {
    Section("Over time") {
      if let charts, !charts.pools.isEmpty {
        Part.note(
          "Lines are means over \(bucketWords(charts)), bands reach to the maximum of a replica in "
            + "them.\(judgedWords)")
        pictures(charts)
      }
    }
  }

  /// Where only a part of what is drawn is judged.
  private var judgedWords: String {
    guard let sample = results.sample, sample.kind == .steady || sample.kind == .backlog else {
      return ""
    }
    return " What is judged begins after \(Words.duration(sample.warmUpSeconds))."
  }

  private func bucketWords(_ charts: RunCharts) -> String {
    guard charts.queue.count > 2 else { return "the run" }
    return Words.duration(charts.queue[1].seconds - charts.queue[0].seconds)
  }

  private func pictures(_ charts: RunCharts) -> [Part] {
    let decoding = charts.pools.filter { pool in pool.batch.contains { $0.maximum > 0 } }
    return [
      picture(
        "Batch", "decoding sequences of a replica", .number,
        decoding.map { ($0.name, $0.batch) }, firstColor: 0, until: charts.endSeconds),
      picture(
        "KV cache", "share of the blocks", .share, charts.pools.map { ($0.name, $0.occupancy) },
        firstColor: 2, until: charts.endSeconds),
      picture(
        "Queue", "requests that wait", .number, [("queue", charts.queue)], firstColor: 3,
        until: charts.endSeconds),
      picture(
        "Busy", "share of the replicas", .share, charts.pools.map { ($0.name, $0.busy) },
        hasBands: false, firstColor: 4, until: charts.endSeconds),
    ]
  }

  private func picture(
    _ title: String, _ unit: String, _ format: ValueFormat,
    _ lines: [(name: String, moments: [RunCharts.Moment])], hasBands: Bool = true,
    firstColor: Int, until end: Double
  ) -> Part {
    let series = lines.map { line in
      ChartSeries(
        lines.count > 1 ? line.name : "mean",
        line.moments.map {
          ChartPoint($0.seconds, $0.mean, high: hasBands ? max($0.maximum, $0.mean) : nil)
        }, bandName: lines.count > 1 ? "\(line.name), maximum" : "maximum")
    }
    let highest = lines.map { line in
      let most = line.moments.map { hasBands ? $0.maximum : $0.mean }.max() ?? 0
      return "\(line.name) at most \(Cell.value(most, format).text)"
    }
    return .picture(
      .lines(
        LineChart(
          title,
          "\(title) over \(Words.duration(end)), \(unit): \(highest.joined(separator: ", ")).",
          x: ChartAxis("simulated time", .seconds, range: 0...max(end, 1e-9)),
          y: ChartAxis(unit, format), series, height: 170, firstColor: firstColor)))
  }
}
