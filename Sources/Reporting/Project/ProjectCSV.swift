/// The headline figures of a projection, one a row.
struct ProjectCSV {
  private let report: ProjectReport

  init(_ report: ProjectReport) { self.report = report }

  var text: String {
    ([["figure", "value", "unit"]]
      + report.headline.map { [$0.path, "\($0.value)", $0.unit] })
      .map(CSVText.line).joined()
  }
}
