/// One thing of the catalogues as Markdown; what is shown as written stands in a block of code.
package struct ShowMarkdown {
  private let report: ShowReport

  package init(_ report: ShowReport) { self.report = report }

  package var text: String {
    let title = report.title.isEmpty ? "" : ": \(MarkdownText.escaped(report.title))"
    let heading = "### `\(report.name)`\(title)"
    let blocks = [heading] + (report.contents.map { [Self.block($0)] } ?? parts)
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func block(_ contents: String) -> String {
    "```yaml\n" + contents + (contents.hasSuffix("\n") ? "" : "\n") + "```"
  }

  private var parts: [String] {
    var parts: [String] = []
    if !report.facts.isEmpty {
      parts.append(
        MarkdownText.table(
          ["fact", "value"], words: 2,
          rows: report.facts.map { [$0.name, $0.value].map(MarkdownText.escaped) }))
    }
    if !report.figures.isEmpty {
      parts.append(
        MarkdownText.table(
          ["figure", "value", "range", "as of", "status", "source", "note"], words: 7,
          rows: report.figures.map { figure in
            [
              "`\(figure.path)`", MarkdownText.escaped(figure.value),
              MarkdownText.escaped(figure.range ?? ""), figure.date ?? "", figure.status,
              "`\(figure.source)`", MarkdownText.escaped(figure.note ?? ""),
            ]
          }))
    }
    if !report.sources.isEmpty {
      let items = report.sources.map { "- `\($0.id)`: \(MarkdownText.escaped($0.citation))" }
      parts.append(items.joined(separator: "\n"))
    }
    return parts
  }
}
