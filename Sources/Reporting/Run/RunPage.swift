internal import Outcomes
internal import Units

/// A run as a page of HTML in one file.
package struct RunPage {
  let report: RunReport
  let charts: RunCharts
  let table: RunTable

  package init(_ report: RunReport, _ charts: RunCharts) {
    self.report = report
    self.charts = charts
    table = RunTable(report)
  }

  package func text() throws -> String {
    let scenario = report.inputs.scenario
    return HTMLPage(
      title: scenario.title.isEmpty ? scenario.name : scenario.title,
      kind: "windtunnel run \(scenario.name)", lead: lead,
      sections: [
        PageSection("At a glance", note: headlineNote, [PageCard.markup(of: cards)]),
        PageSection("Latency", latency),
        PageSection("Over time", note: historyNote, isGrid: true, history),
        PageSection("Where the time goes", isGrid: true, times),
        PageSection("Frontier", [frontier]),
        PageSection("Cost", isGrid: true, cost),
        PageSection("Energy", [energy]),
        PageSection("All figures", [figures]),
        PageSection("Inputs", [inputs, try resolvedInputs()]),
        PageSection("What it rests on", note: provenanceNote, provenance),
      ],
      footer: "seed \(report.seed), fingerprint \(report.fingerprint). The same scenario and seed "
        + "give the same page, byte for byte."
    ).text
  }

  private var lead: String {
    let inputs = report.inputs
    let requests = report.results.requests
    return "\(inputs.model.name) on \(NumberText.grouped(inputs.layout.accelerators)) x "
      + "\(inputs.hardware.name), served by \(inputs.engine.title): "
      + "\(NumberText.grouped(requests.completed)) requests in "
      + "\(ReportWords.duration(report.results.makespanSeconds)) of simulated time."
  }

  // MARK: Headline

  private var headlineNote: String {
    guard let intervals = report.intervals else {
      return "Nothing alike was ever measured, so there are no intervals."
    }
    return "Eight times in ten a measurement would lie within the interval below a figure: "
      + (intervals.basis == "calibrated"
        ? "so far off are predictions for machines and models like these. "
        : "so far off are predictions for machines that were left out of every fit. ")
      + "At its foot is how sure the weakest figure is that it rests on."
  }

  private var cards: [PageCard] {
    let results = report.results
    let intervals = report.intervals
    let weakest = report.provenance.weakestBehind
    var cards: [PageCard] = []
    func add(
      _ name: String, _ value: Double?, _ format: ValueFormat, _ unit: String = "",
      _ range: PredictionIntervals.Range? = nil, scale: Double = 1, note: String = "",
      status: String? = weakest.performance
    ) {
      guard let value else { return }
      cards.append(
        PageCard(
          name, value * scale, format, unit: unit,
          interval: range.map { ($0.low * scale, $0.high * scale) }, note: note, status: status))
    }
    add("output", results.outputRate, .number, "tok/s", intervals?.outputRate)
    if report.inputs.layout.accelerators > 1 {
      add(
        "output per \(table.accelerator)", results.outputRatePerAccelerator, .number, "tok/s",
        intervals?.outputRatePerAccelerator)
    }
    let first = results.timeToFirstToken
    add(
      "time to first token, mean", first?.mean, .seconds, "", intervals?.meanTimeToFirstToken,
      scale: 1e-3)
    add(
      "time to first token, p50", first?.p50, .seconds, "", intervals?.medianTimeToFirstToken,
      scale: 1e-3)
    add(
      "time per output token, p50", results.timePerOutputToken?.p50, .seconds, "",
      intervals?.medianTimePerOutputToken, scale: 1e-3)
    add("end to end, p50", results.endToEnd?.p50, .seconds, scale: 1e-3)
    add(
      "goodput", results.goodput, .number, "req/s",
      note: results.attainment.map { "\(ReportWords.percent($0)) meet every objective" } ?? "")
    add(
      "blended price", results.cost?.perMillionTokens.blended, .dollars, "USD/Mtok",
      intervals?.blendedPrice, status: weakest.cost)
    add(
      "energy per output token", results.energy?.joulesPerOutputToken, .number, "J",
      status: weakest.energy)
    add("of the peak arithmetic (MFU)", results.modelFLOPsUtilization, .share)
    add("of the peak bandwidth (MBU)", results.modelBandwidthUtilization, .share)
    return cards
  }
}
