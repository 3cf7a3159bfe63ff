/// A sweep as a page of Markdown.
package struct SweepMarkdown {
  private let page: SweepPage
  private let report: SweepReport

  package init(_ report: SweepReport) {
    self.report = report
    page = SweepPage(report)
  }

  package var text: String {
    var blocks = ["# \(MarkdownText.escaped(page.title))"]
    blocks.append(
      page.facts.map { "- \($0.name): \(MarkdownText.escaped($0.text))" }
        .joined(separator: "\n"))
    if !page.rows.isEmpty {
      let last = page.headings.count - 1
      let table = MarkdownText.table(
        page.headings.map(MarkdownText.escaped),
        alignments: page.headings.indices.map { $0 < page.words || $0 == last ? .left : .right },
        rows: page.rows.map { $0.map(MarkdownText.escaped) })
      blocks += ["## Frontier", table]
    }
    if !page.refusals.isEmpty {
      blocks += ["## Refused"]
      blocks.append(
        page.refusals.map { "- \(MarkdownText.escaped($0))" }.joined(separator: "\n"))
    }
    blocks.append("Seed \(report.seed), fingerprint `\(report.fingerprint)`.")
    return blocks.joined(separator: "\n\n") + "\n"
  }
}
