internal import Documents

/// Comma-separated values as RFC 4180 has them, but for the line feeds that Unix tools expect.
enum CSVText {
  static func table(_ rows: [[String]]) -> String { rows.map(line).joined() }

  static func line(_ cells: [String]) -> String {
    cells.map(quoted).joined(separator: ",") + "\n"
  }

  /// As it stands in the document; empty when nobody can know it.
  static func number(_ value: Double?) -> String {
    value.flatMap { DocumentValue.rounded($0).scalarText } ?? ""
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.utf8.contains(where: { "\",\n\r".utf8.contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
