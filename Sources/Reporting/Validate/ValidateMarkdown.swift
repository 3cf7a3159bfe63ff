internal import Units

/// A validation as a page for the repository: the card, how it is made, and what is known to be
/// wrong.
package struct ValidateMarkdown {
  private let page: ValidatePage
  private let report: ValidateReport

  package init(_ report: ValidateReport) {
    self.report = report
    page = ValidatePage(report)
  }

  package var text: String {
    var blocks = [
      "# Accuracy", "Written by `windtunnel validate --format markdown`.", page.summary + ".",
    ]
    for part in page.parts {
      switch part {
      case .heading(let text): blocks.append("## \(text)")
      case .paragraph(let text): blocks.append(text)
      case .table(let table): blocks.append(Self.text(of: table))
      case .list(let items):
        blocks.append(
          items.map { item in
            let lines = ["- " + item.title] + item.lines.map { "  " + $0 }
            return lines.map(MarkdownText.escaped).joined(separator: "  \n")
          }.joined(separator: "\n"))
      }
    }
    blocks += ["## Method", ValidateMethod.text]
    blocks += ["## What is known to be wrong"]
    blocks.append(KnownErrors.all.map { "- \($0)" }.joined(separator: "\n"))
    blocks += ["## Sources", sources, "Fingerprint of all runs: `\(report.fingerprint)`."]
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private var sources: String {
    Self.text(
      of: ValidatePage.Table(
        columns: ["source", "points"], words: 1,
        rows: report.provenance.sources.map { [.text($0.source), .count($0.points)] }))
  }

  private static func text(of table: ValidatePage.Table) -> String {
    MarkdownText.table(
      table.columns, words: table.words, rows: table.rows.map { $0.map(text) })
  }

  private static func text(_ cell: ValidatePage.Cell) -> String {
    switch cell {
    case .text(let text): MarkdownText.escaped(text)
    case .count(let count): NumberText.grouped(count)
    case .share(let share): ReportWords.percent(share)
    case .bias(let bias): ReportWords.signedPercent(bias)
    case .stage(nil), .errors(nil): "-"
    case .stage(let errors?):
      ReportWords.percent(errors.median) + ", " + ReportWords.signedPercent(errors.bias)
    case .errors(let errors?):
      [errors.median, errors.mean, errors.p90].map { NumberText.fixed($0 * 100, 1) }
        .joined(separator: " / ") + " / "
        + ReportWords.signedPercent(errors.bias).dropLast(2)
    }
  }
}
