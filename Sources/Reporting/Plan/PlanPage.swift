internal import Outcomes
internal import Units

/// A capacity plan as a page of HTML in one file.
package struct PlanPage {
  private let report: PlanReport

  package init(_ report: PlanReport) { self.report = report }

  package func text() -> String {
    HTMLPage(
      title: report.inputs.title.isEmpty ? report.inputs.scenario : report.inputs.title,
      kind: "windtunnel plan \(report.inputs.scenario)", lead: lead,
      sections: [
        PageSection("At a glance", [PageCard.markup(of: cards)]),
        PageSection("As the load grows", [growth, months]),
        PageSection("Why not less", [fewer]),
        PageSection("Inputs", [inputs]),
      ],
      footer: "seed \(report.seed). The same scenario and seed give the same page, byte for byte."
    ).text
  }

  private var lead: String {
    let held = "Held: \(report.inputs.level.joined(separator: ", "))."
    guard let choice = report.choice else {
      return "Nothing on \(report.inputs.hardware) holds the level. \(held)"
    }
    return "\(report.inputs.model) on \(report.inputs.hardware): \(choice.layout). \(held)"
  }

  private var cards: [PageCard] {
    guard let choice = report.choice else { return [] }
    var cards: [PageCard] = []
    if let deployed = report.acceleratorsDeployed {
      cards.append(PageCard("accelerators", Double(deployed), .count, note: choice.layout))
    }
    if let attainment = choice.results.attainment {
      cards.append(
        PageCard("within the objectives", attainment, .share, status: choice.weakest))
    }
    if let pace = choice.results.timePerOutputToken?.p99 {
      cards.append(
        PageCard("time per output token, p99", pace / 1000, .seconds, status: choice.weakest))
    }
    if let price = choice.results.cost?.perMillionTokens.blended {
      cards.append(
        PageCard(
          "a million tokens", price, .dollars, unit: "USD",
          interval: choice.intervals?.blendedPrice.map { ($0.low, $0.high) },
          status: choice.weakest))
    }
    return cards
  }

  private var growth: Markup {
    guard report.months.count > 1 else { return "" }
    return LineChart(
      id: "growth", title: "Accelerators by month",
      description: "Accelerators that hold the level in each month, spares included.",
      x: ChartAxis("month"), y: ChartAxis("accelerators"),
      series: [
        ChartSeries(
          "accelerators",
          report.months.map {
            ChartPoint(Double($0.month), Double($0.accelerators), name: $0.layout)
          }, style: .markedLine)
      ]
    ).markup
  }

  private var months: Markup {
    guard !report.months.isEmpty else { return "" }
    return PageTable(
      "Months", columns: ["layout", "month", "load", "accelerators", "domains", "USD a month"],
      rows: report.months.map { month in
        [
          month.layout, "\(month.month)", "\(NumberText.significant(month.load)) x",
          NumberText.grouped(month.accelerators), "\(month.domains)",
          month.dollarsPerMonth.map { NumberText.fixed($0, 0) } ?? "unknown",
        ]
      }
    ).markup
  }

  private var fewer: Markup {
    let misses = [report.oneFewer, report.nearest].compactMap { $0 }
    guard !misses.isEmpty || !report.reasons.isEmpty else { return "" }
    return PageTable(
      "What misses the level", columns: ["layout", "why"],
      rows: misses.map { [$0.layout, $0.reasons.joined(separator: "; ")] }
        + report.reasons.map { ["any", $0] },
      wordColumns: 2
    ).markup
  }

  private var inputs: Markup {
    let inputs = report.inputs
    return PageTable(
      "Inputs", columns: ["input", "value"],
      rows: [
        ["scenario", inputs.file], ["model", inputs.model], ["machine", inputs.hardware],
        ["engine", inputs.engine], ["price", inputs.price],
        ["held", inputs.level.joined(separator: ", ")],
        ["headroom", ReportWords.percent(inputs.headroom)], ["spares", "\(inputs.spares)"],
        ["growth a month", ReportWords.percent(inputs.growthPerMonth)],
      ], wordColumns: 2
    ).markup
  }
}
