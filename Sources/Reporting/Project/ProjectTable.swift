/// A projection as a page of text for a terminal.
package struct ProjectTable {
  private static let width = 100

  private let page: ProjectPage

  package init(_ report: ProjectReport) { page = ProjectPage(report) }

  package func text(_ style: TextStyle) -> String {
    let title = page.title.isEmpty ? "" : ": \(page.title)"
    var lines = [style.bold(page.report.inputs.name) + title]
    var isBelowHeading = true
    for part in page.parts {
      switch part {
      case .heading(let text): lines += ["", style.bold(text)]
      case .paragraph(let text):
        if !isBelowHeading { lines.append("") }
        lines += TextWrap.lines(text, width: Self.width, indent: 2, hang: 2)
      case .table(let table): lines += rows(table).lines(style)
      }
      if case .heading = part { isBelowHeading = true } else { isBelowHeading = false }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func rows(_ table: ProjectPage.Table) -> TextTable {
    var text = TextTable(
      [TextTable.Alignment](repeating: .left, count: table.words) + [.right])
    if table.columns.contains(where: { !$0.isEmpty }) { text.add(heading: table.columns) }
    for row in table.rows { text.add(row) }
    return text
  }
}
