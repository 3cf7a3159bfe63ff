internal import Units

/// A validation as a page of text for a terminal.
package struct ValidateTable {
  private static let width = 100

  private let page: ValidatePage
  private let fingerprint: String

  package init(_ report: ValidateReport) {
    page = ValidatePage(report)
    fingerprint = report.fingerprint
  }

  package func text(_ style: TextStyle) -> String {
    var lines = TextWrap.lines(page.summary, width: Self.width, indent: 0, hang: 2)
      .map(style.bold)
    for part in page.parts {
      switch part {
      case .heading(let text): lines += ["", style.bold(text)]
      case .paragraph(let text):
        lines += TextWrap.lines(text, width: Self.width, indent: 2, hang: 2).map(style.faint)
      case .table(let table): lines += rows(table).lines(style)
      case .list(let items):
        for item in items {
          lines += TextWrap.lines(item.title, width: Self.width, indent: 2, hang: 4)
          lines += item.lines.flatMap {
            TextWrap.lines($0, width: Self.width, indent: 4, hang: 4)
          }
        }
      }
    }
    lines += ["", style.faint("fingerprint \(fingerprint)")]
    return lines.joined(separator: "\n") + "\n"
  }

  private func rows(_ table: ValidatePage.Table) -> TextTable {
    var text = TextTable(
      [TextTable.Alignment](repeating: .left, count: table.words) + [.right])
    text.add(heading: table.columns)
    for row in table.rows { text.add(row.map(Self.text)) }
    return text
  }

  private static func text(_ cell: ValidatePage.Cell) -> String {
    switch cell {
    case .text(let text): return text
    case .count(let count): return NumberText.grouped(count)
    case .share(let share): return ReportWords.percent(share)
    case .bias(let bias): return ReportWords.signedPercent(bias)
    case .stage(nil), .errors(nil): return "-"
    case .stage(let errors?):
      let sign = errors.bias > 0 ? "+" : ""
      return NumberText.fixed(errors.median * 100, 1) + " " + sign
        + NumberText.fixed(errors.bias * 100, 1)
    case .errors(let errors?):
      let sizes = [errors.median, errors.mean, errors.p90].map { padded(whole($0), 3) }
      let bias = whole(errors.bias)
      let sign = errors.bias > 0 && bias != "0" ? "+" : ""
      return (sizes + [padded(sign + bias, 4)]).joined(separator: " ")
    }
  }

  private static func whole(_ share: Double) -> String { NumberText.fixed(share * 100, 0) }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
