internal import Planning
internal import Requirements
internal import Units

/// A sweep as a page of HTML in one file.
package struct SweepHTML {
  private let page: SweepPage
  private let report: SweepReport

  package init(_ report: SweepReport) {
    self.report = report
    page = SweepPage(report)
  }

  package var text: String {
    HTMLPage(
      title: report.inputs.title.isEmpty ? report.inputs.scenario : report.inputs.title,
      kind: "windtunnel \(report.command) \(report.inputs.scenario)",
      lead: "\(NumberText.grouped(report.results.simulated)) cases simulated, "
        + "\(NumberText.grouped(report.results.refused)) refused. On the lines are those that no "
        + "other is better than.",
      sections: [
        PageSection("Frontier", isGrid: true, report.results.frontiers.map(chart)),
        PageSection("On the frontier", [frontier]),
        PageSection("Refused", [refused]),
        PageSection("Inputs", [inputs]),
      ],
      footer: "seed \(report.seed), fingerprint \(report.fingerprint)"
    ).text
  }

  private func chart(_ frontier: SweepFrontier) -> Markup {
    let records = Dictionary(uniqueKeysWithValues: report.results.cases.map { ($0.index, $0) })
    func point(_ record: SweepRecord) -> ChartPoint? {
      guard let x = record.figures?[frontier.figures[0]],
        let y = record.figures?[frontier.figures[1]]
      else { return nil }
      return ChartPoint(x, y, name: record.settings.joined(separator: ", "))
    }
    let best = frontier.cases.compactMap { records[$0].flatMap(point) }
    let rest = report.results.cases.filter { $0.isServed && !frontier.cases.contains($0.index) }
    guard !best.isEmpty else { return "" }
    return LineChart(
      id: frontier.figures[1].replacing(".", with: "-"),
      title: "\(frontier.figures[0]) against \(frontier.figures[1])",
      description: "Every case of the sweep, and the line of those that no other is better than.",
      x: ChartAxis(Self.title(frontier.figures[0])),
      y: ChartAxis(Self.title(frontier.figures[1]), scale: .logarithmic),
      series: [
        ChartSeries("frontier", best, style: .markedLine),
        ChartSeries("other cases", rest.compactMap(point), style: .points),
      ],
      reading: .points
    ).markup
  }

  /// A figure with its unit.
  private static func title(_ path: String) -> String {
    let unit = RunFigures.named(path)?.dimension?.units[0].symbol
    return unit.map { "\(path), \($0)" } ?? path
  }

  private var frontier: Markup {
    PageTable(
      "On the frontier", columns: page.headings, rows: page.rows, wordColumns: page.words
    ).markup
  }

  private var refused: Markup {
    guard !page.refusals.isEmpty else { return "" }
    return PageTable("Refused", columns: ["why"], rows: page.refusals.map { [$0] }).markup
  }

  private var inputs: Markup {
    PageTable(
      "Inputs", columns: ["input", "value"], rows: page.facts.map { [$0.name, $0.text] },
      wordColumns: 2
    ).markup
  }
}
