/// A projection as a page of Markdown.
struct ProjectMarkdown {
  private let page: ProjectPage

  init(_ report: ProjectReport) { page = ProjectPage(report) }

  var text: String {
    var blocks = ["# \(MarkdownText.escaped(page.report.inputs.name))"]
    if !page.title.isEmpty { blocks.append(MarkdownText.escaped(page.title)) }
    for part in page.parts {
      switch part {
      case .heading(let text): blocks.append("## \(text)")
      case .paragraph(let text): blocks.append(MarkdownText.escaped(text))
      case .table(let table):
        blocks.append(
          MarkdownText.table(
            table.columns, words: table.words,
            rows: table.rows.map { $0.map(MarkdownText.escaped) }))
      }
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }
}
