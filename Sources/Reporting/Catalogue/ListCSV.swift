/// What comes with the program as rows: the columns of the table, then what it leaves out, by name.
package struct ListCSV {
  private let report: ListReport

  package init(_ report: ListReport) { self.report = report }

  package var text: String {
    let all = Set(report.entries.flatMap(\.keys))
    let columns = report.columns + all.subtracting(report.columns).sorted()
    return report.entries.reduce(CSVText.line(columns)) { text, entry in
      text + CSVText.line(columns.map { entry[$0] ?? "" })
    }
  }
}
