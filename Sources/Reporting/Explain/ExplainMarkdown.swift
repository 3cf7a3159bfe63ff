internal import Outcomes
internal import Units

/// One step as a table of Markdown.
package struct ExplainMarkdown {
  private let report: ExplainReport

  package init(_ report: ExplainReport) { self.report = report }

  package var text: String {
    let page = ExplainTable(report)
    let pool = page.pool
    let blocks = [
      "### One step of \(MarkdownText.escaped(report.inputs.model.name)) on "
        + "\(MarkdownText.escaped(pool.hardware.name))",
      MarkdownText.escaped("\(pool.name): \(pool.words); \(page.contents)."),
      operators,
      "Every time here is \(report.provenance.weakestBehind.performance) or better.",
    ]
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private var operators: String {
    let results = report.results
    func cells(
      _ name: String, _ layers: String, _ time: Double, _ ofPeak: Double?, _ bound: String
    ) -> [String] {
      let share = results.stepMilliseconds > 0 ? time / results.stepMilliseconds : 0
      return [
        MarkdownText.escaped(name), bound, layers, NumberText.fixed(time, 3),
        ReportWords.percent(share), ofPeak.map(ReportWords.percent) ?? "",
      ]
    }
    var rows = results.operators.map {
      cells($0.name, "\($0.layers)", $0.milliseconds, $0.ofPeak, $0.boundBy)
    }
    if let overlapped = results.overlappedMilliseconds {
      rows.append(cells("two batches overlap", "", -overlapped, nil, ""))
    }
    rows.append(cells("engine, not hidden", "", results.hostMilliseconds, nil, "host"))
    rows.append(cells("step", "", results.stepMilliseconds, results.ofPeak, ""))
    return MarkdownText.table(
      ["operator", "bound by", "layers", "ms", "share", "of peak"], words: 2, rows: rows)
  }
}
