/// What comes with the program as a table of Markdown.
package struct ListMarkdown {
  private let report: ListReport

  package init(_ report: ListReport) { self.report = report }

  package var text: String {
    let columns = report.columns
    let rows = report.entries.map { entry in
      columns.map { MarkdownText.escaped(entry[$0] ?? "-") }
    }
    return MarkdownText.table(
      columns.map { $0.replacing("_", with: " ") }, words: columns.count, rows: rows) + "\n"
  }
}
