/// A comparison as a Markdown table: a machine a column.
struct CompareMarkdown {
  private let report: CompareReport

  init(_ report: CompareReport) { self.report = report }

  var text: String {
    var rows: [[String]] = []
    for row in CompareRow.all {
      let cells = report.machines.map(row.cell)
      guard cells.contains(where: { !$0.isEmpty }) else { continue }
      rows.append(
        ([row.name.drop { $0 == " " }.description] + cells).map(MarkdownText.escaped))
    }
    let table = MarkdownText.table(
      [""] + report.machines.map { MarkdownText.escaped($0.hardware) }, words: 1, rows: rows)
    let reasons = report.machines.filter { !$0.reasons.isEmpty }.map { machine in
      "- \(MarkdownText.escaped(machine.hardware)): "
        + MarkdownText.escaped(machine.reasons.joined(separator: "; "))
    }
    let parts = [
      "### \(MarkdownText.escaped(report.inputs.scenario)) compared",
      "Held: " + MarkdownText.escaped(report.inputs.level.joined(separator: ", ")), table,
      reasons.joined(separator: "\n"),
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }
}
