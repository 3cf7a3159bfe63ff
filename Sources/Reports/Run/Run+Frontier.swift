internal import Documents
internal import Rendering
internal import Results

extension RunFindings {
  var frontier: Section {
    Section("Frontier") {
      if let charts, !charts.decodePoints.isEmpty { Part.picture(.lines(chart(charts))) }
    }
  }

  private func chart(_ charts: RunCharts) -> LineChart {
    let context = Words.count(charts.decodeContext)
    var series = [
      ChartSeries(
        "decode steps alone, by batch",
        charts.decodePoints.map {
          ChartPoint(
            $0.tokensPerSecondForOne, $0.tokensPerSecondPerAccelerator,
            name: "batch \(Words.count($0.sequences))")
        }, style: .markedLine)
    ]
    if let each = results.timePerOutputToken?.p50, each > 0,
      let rate = results.outputRatePerAccelerator
    {
      series.append(
        ChartSeries("this run", [ChartPoint(1e3 / each, rate, name: "this run")], style: .points))
    }
    return LineChart(
      "Speed for one user against output of the machine",
      "What the machine would do in decode steps alone at a context of \(context) tokens, from a "
        + "batch of one to the largest that fits, and where this run is.",
      x: ChartAxis("tokens per second for one user"),
      y: ChartAxis("tokens per second per \(accelerator)"), series, reading: .points, height: 300,
      note: "Every sequence at a context of \(context) tokens, the mean of this run, with no "
        + "prompts to compute and nobody waiting: what lies beyond the line is out of reach.")
  }
}
