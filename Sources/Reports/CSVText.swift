internal import Documents
internal import Units

/// Comma-separated values as RFC 4180 has them, but for the line feeds that Unix tools expect,
/// and with cells of one line that nothing computes.
enum CSVText {
  static func table(_ rows: [[String]]) -> String { rows.map(line).joined() }

  static func line(_ cells: [String]) -> String {
    InertText.log(cells.map(quoted).joined(separator: ",")) + "\n"
  }

  /// A number as it stands in the document; empty when nobody can know it.
  static func number(_ value: Double?) -> String {
    value.flatMap { DocumentValue.rounded($0).scalarText } ?? ""
  }

  private static func quoted(_ cell: String) -> String {
    let cell = InertText.cell(cell)
    guard cell.utf8.contains(where: { "\",\n\r".utf8.contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
