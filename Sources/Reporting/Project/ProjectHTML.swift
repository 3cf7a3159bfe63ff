internal import Projections

/// A projection as a page of HTML in one file: its parts, and its curves.
package struct ProjectHTML {
  private let page: ProjectPage
  private let report: ProjectReport

  package init(_ report: ProjectReport) {
    self.report = report
    page = ProjectPage(report)
  }

  package func text() -> String {
    HTMLPage(
      title: page.title.isEmpty ? report.inputs.name : page.title,
      kind: "windtunnel project \(report.inputs.name)",
      lead: "Serving a model over its life against training it, in four measures that do not "
        + "agree. Serving is what simulated runs find.",
      sections: [PageSection("Curves", curves)] + sections,
      footer: "The same projection gives the same page, byte for byte."
    ).text
  }

  /// One for each heading, with what stands below it.
  private var sections: [PageSection] {
    var sections: [PageSection] = []
    var heading = "At a glance"
    var content: [Markup] = []
    for part in page.parts {
      switch part {
      case .heading(let text):
        if !content.isEmpty { sections.append(PageSection(heading, content)) }
        (heading, content) = (text, [])
      case .paragraph(let text): content.append("<p>\(text)</p>")
      case .table(let table):
        content.append(
          PageTable(heading, columns: table.columns, rows: table.rows, wordColumns: table.words)
            .markup)
      }
    }
    if !content.isEmpty { sections.append(PageSection(heading, content)) }
    return sections
  }

  private var curves: [Markup] {
    let optima = report.results.allocation?.optima ?? []
    return (report.results.life.map { [ratios($0)] } ?? []) + optima.map(sizes)
  }

  /// Each of the four as it adds up over the life.
  private func ratios(_ life: LifeResult) -> Markup {
    let series = ProjectMeasure.all.compactMap { name, value -> ChartSeries? in
      let points = life.curve.compactMap { point in
        value(point.ratio).map { ChartPoint(point.month, $0) }
      }
      return points.isEmpty ? nil : ChartSeries(name, points)
    }
    guard !series.isEmpty else { return "" }
    return LineChart(
      id: "ratios", title: "Serving over training",
      description: "What serving has taken up to a month, over what training took.",
      x: ChartAxis("month"), y: ChartAxis("ratio"), series: series,
      rules: [ChartRule("break-even", at: 1, .horizontal)]
    ).markup
  }

  /// What a life takes by the size of the model, at equal loss.
  private func sizes(_ optimum: AllocationResult.Optimum) -> Markup {
    let points = optimum.curve.compactMap { point in
      point.total.map { ChartPoint(point.parameters / 1e9, $0) }
    }
    guard !points.isEmpty else { return "" }
    return LineChart(
      id: "sizes-\(optimum.unit.lowercased())", title: "A life by model size, in \(optimum.unit)",
      description: "Training and serving together for models of equal loss.",
      x: ChartAxis("billion parameters", scale: .logarithmic),
      y: ChartAxis(optimum.unit, scale: .logarithmic),
      series: [ChartSeries("equal loss", points, style: .markedLine)],
      rules: [
        ChartRule("compute-optimal", at: optimum.base.parameters / 1e9, .vertical),
        ChartRule("cheapest", at: optimum.best.parameters / 1e9, .vertical),
      ]
    ).markup
  }
}

/// The measures of a ratio as a chart names them.
private enum ProjectMeasure: Sendable {
  static let all: [(name: String, value: @Sendable (RatioResult) -> Double?)] = [
    ("FLOPs", { $0[.flops] }), ("GPU-hours", { $0[.acceleratorHours] }),
    ("dollars", { $0[.dollars] }), ("joules", { $0[.joules] }),
  ]
}
