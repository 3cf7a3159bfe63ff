/// A sweep as a page of text for a terminal.
package struct SweepTable {
  private static let width = 110

  private let page: SweepPage
  private let end: String

  package init(_ report: SweepReport) {
    page = SweepPage(report)
    end = "seed \(report.seed), fingerprint \(report.fingerprint)"
  }

  package func text(_ style: TextStyle) -> String {
    var lines = TextWrap.lines(page.title, width: Self.width, indent: 0, hang: 2).map(style.bold)
    lines.append("")
    let width = (page.facts.map(\.name.count).max() ?? 0) + 2
    for (name, text) in page.facts {
      let padding = String(repeating: " ", count: width - name.count)
      let hang = 2 + width
      let wrapped = TextWrap.lines(text, width: Self.width, indent: hang, hang: hang)
      lines.append("  \(name)\(padding)" + wrapped[0].drop { $0 == " " })
      lines += wrapped.dropFirst()
    }
    if !page.rows.isEmpty {
      lines += ["", style.bold("Frontier: what a user sees against throughput per GPU, and cost")]
      var table = TextTable(
        [TextTable.Alignment](repeating: .left, count: page.words)
          + [TextTable.Alignment](repeating: .right, count: page.headings.count - page.words - 1)
          + [.left])
      table.add(heading: page.headings)
      for row in page.rows { table.add(row) }
      lines += table.lines(style)
    }
    if !page.refusals.isEmpty {
      lines += ["", style.bold("Refused")]
      lines += page.refusals.flatMap {
        TextWrap.lines($0, width: Self.width, indent: 2, hang: 4)
      }
    }
    lines += ["", style.faint(end)]
    return lines.joined(separator: "\n") + "\n"
  }
}
