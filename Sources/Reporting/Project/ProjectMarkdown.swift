/// A projection as a page of Markdown.
package struct ProjectMarkdown {
  private let page: ProjectPage

  package init(_ report: ProjectReport) { page = ProjectPage(report) }

  package var text: String {
    var blocks = ["# \(page.report.inputs.name)"]
    if !page.title.isEmpty { blocks.append(Self.escaped(page.title)) }
    for part in page.parts {
      switch part {
      case .heading(let text): blocks.append("## \(text)")
      case .paragraph(let text): blocks.append(Self.escaped(text))
      case .table(let table): blocks.append(Self.text(of: table))
      }
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func text(of table: ProjectPage.Table) -> String {
    let rules = table.columns.indices.map { $0 < table.words ? "---" : "---:" }
    let rows = [table.columns, rules] + table.rows.map { $0.map(escaped) }
    return rows.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if "|\\*_<[".contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
    return escaped
  }
}
