internal import Outcomes
internal import Units

/// A comparison as a page of HTML in one file.
package struct ComparePage {
  private let report: CompareReport
  /// Those that something serves.
  private let chosen: [(name: String, choice: CompareReport.Choice)]

  package init(_ report: CompareReport) {
    self.report = report
    chosen = report.machines.compactMap { machine in
      machine.verdict == .holds ? machine.choice.map { (machine.hardware, $0) } : nil
    }
  }

  package func text() -> String {
    HTMLPage(
      title: report.inputs.title.isEmpty ? report.inputs.scenario : report.inputs.title,
      kind: "windtunnel compare \(report.inputs.scenario)", lead: lead,
      sections: [
        PageSection("Price of a million tokens", note: priceNote, [PageCard.markup(of: prices)]),
        PageSection("Machines side by side", [table]),
        PageSection("Speed and throughput", [frontier]),
        PageSection("Where the time goes", [times]),
        PageSection("What the money goes on", isGrid: true, costs),
        PageSection("Not chosen", [reasons]),
        PageSection("Inputs", [inputs]),
        PageSection("To simulate each in full", [commands]),
      ],
      footer: "seed \(report.seed). The same scenario and seed give the same page, byte for byte."
    ).text
  }

  private var lead: String {
    let level = report.inputs.level.joined(separator: ", ")
    let load =
      report.inputs.interactivity.map {
        "as many users as get \(NumberText.plain($0)) tok/s each"
      } ?? "at the load of the scenario"
    return "\(report.inputs.model) on \(report.machines.count) machines, each in the layout that "
      + "serves it cheapest, \(load). Held: \(level)."
  }

  // MARK: Prices

  private var priceNote: String {
    "All tokens together, at \(report.inputs.price) prices. Below a figure is where a measurement "
      + "would lie eight times in ten; at its foot how sure the weakest figure behind its speed is."
  }

  private var prices: [PageCard] {
    chosen.compactMap { name, choice in
      choice.results.cost?.perMillionTokens.blended.map { price in
        PageCard(
          name, price, .dollars, unit: "USD",
          interval: choice.intervals?.blendedPrice.map { ($0.low, $0.high) },
          note: choice.layout, status: choice.weakest)
      }
    }
  }

  private var costs: [Markup] {
    let dearest = chosen.compactMap { $0.choice.results.cost?.total }.max()
    return chosen.compactMap { name, choice in
      guard let cost = choice.results.cost else { return nil }
      return WaterfallChart(
        id: "cost-\(name)", title: name,
        description: "What the accelerator-hours of the run on \(name) cost, by what they did.",
        steps: cost.lines.map { line in
          WaterfallChart.Step(
            [line.pool, line.item].compactMap { $0 }.joined(separator: " "), line.cost,
            isIdle: line.item == "idle")
        },
        scaleEnd: dearest
      ).markup
    }
  }

  // MARK: Charts

  private var frontier: Markup {
    let series = chosen.compactMap { name, choice -> ChartSeries? in
      guard let pace = choice.results.timePerOutputToken?.p50, pace > 0,
        let rate = choice.results.outputRatePerAccelerator
      else { return nil }
      return ChartSeries(name, [ChartPoint(1000 / pace, rate, name: choice.layout)], style: .points)
    }
    guard !series.isEmpty else { return "" }
    return LineChart(
      id: "frontier", title: "Speed for one user against throughput",
      description: "Output tokens a second for one user, and from every accelerator, of the "
        + "deployment that was chosen on each machine.",
      x: ChartAxis("tok/s for one user"),
      y: ChartAxis("output tok/s per accelerator", scale: .logarithmic),
      series: series, reading: .points
    ).markup
  }

  private var times: Markup {
    let bars = chosen.compactMap { name, choice in
      choice.results.boundBy.map {
        BarChart.Bar(name, shares: [$0.memory, $0.compute, $0.interconnect, $0.host, $0.idle])
      }
    }
    guard !bars.isEmpty else { return "" }
    return BarChart(
      id: "bounds", title: "Bound by", description: "Shares of the time of every machine.",
      parts: ["memory", "compute", "interconnect", "host", "idle"], idlePart: 4, bars: bars
    ).markup
  }

  // MARK: Tables

  private var table: Markup {
    let rows = CompareRow.all.compactMap { row -> [String]? in
      let cells = report.machines.map(row.cell)
      guard cells.contains(where: { !$0.isEmpty }) else { return nil }
      return [row.name.drop { $0 == " " }.description] + cells
    }
    return PageTable(
      "Machines side by side", columns: ["figure"] + report.machines.map(\.hardware), rows: rows
    ).markup
  }

  private var reasons: Markup {
    let missing = report.machines.filter { $0.verdict != .holds }
    guard !missing.isEmpty else { return "" }
    return PageTable(
      "Not chosen", columns: ["machine", "nearest", "why"],
      rows: missing.map {
        [$0.hardware, $0.choice?.layout ?? "none", $0.reasons.joined(separator: "; ")]
      }, wordColumns: 3
    ).markup
  }

  private var inputs: Markup {
    PageTable(
      "Inputs", columns: ["input", "value"],
      rows: [
        ["scenario", report.inputs.file], ["model", report.inputs.model],
        ["price", report.inputs.price], ["held", report.inputs.level.joined(separator: ", ")],
      ] + report.machines.map { [$0.hardware, "\($0.title), engine \($0.engine)"] },
      wordColumns: 2
    ).markup
  }

  private var commands: Markup {
    guard report.inputs.interactivity == nil, !chosen.isEmpty else { return "" }
    return PageTable(
      "Commands", columns: ["machine", "command"],
      rows: chosen.map { name, choice in
        [
          name,
          "windtunnel run \(report.inputs.file) " + choice.settings.joined(separator: " "),
        ]
      }, wordColumns: 2
    ).markup
  }
}
