/// The headline figures of a projection, one a row.
package struct ProjectCSV {
  private let figures: [HeadlineFigure]

  package init(_ report: ProjectReport) { figures = report.figures }

  package var text: String {
    let rows = figures.map { [Self.quoted($0.path), "\($0.value)", $0.unit] }
    return ([["figure", "value", "unit"]] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private static func quoted(_ cell: String) -> String {
    cell.utf8.contains(where: { "\",\n\r".utf8.contains($0) })
      ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
  }
}
