internal import Outcomes

/// Comma-separated values as RFC 4180 has them, but for the line feeds that Unix tools expect.
enum CSVText {
  static func line(_ cells: [String]) -> String {
    cells.map(quoted).joined(separator: ",") + "\n"
  }

  /// As it stands in the JSON; empty when nobody can know it.
  static func number(_ value: Double?) -> String {
    guard let value else { return "" }
    let text = "\(ReportNumber.rounded(value))"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.utf8.contains(where: { "\",\n\r".utf8.contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
