internal import Planning
internal import Requirements

/// A sweep as a table for other programs: a line for each case, refused ones too.
package struct SweepCSV {
  private let report: SweepReport

  package init(_ report: SweepReport) { self.report = report }

  package var text: String {
    let axes = report.inputs.axes.map(\.name)
    let figures = RunFigures.all.map(\.path)
    let frontiers = report.results.frontiers.map { Set($0.cases) }
    var text = CSVText.line(
      ["case"] + axes + ["gpus"] + figures
        + report.results.frontiers.map { "frontier_" + $0.figures.joined(separator: "_") }
        + ["fingerprint", "refused"])
    for record in report.results.cases {
      text += CSVText.line(
        ["\(record.index)"] + axes.map { record.at[$0] ?? "" }
          + [record.accelerators.map { "\($0)" } ?? ""]
          + figures.map { path in record.figures?[path].map { "\($0)" } ?? "" }
          + frontiers.map { $0.contains(record.index) ? "1" : "0" }
          + [record.fingerprint ?? "", record.refused?.first?.message ?? ""])
    }
    return text
  }
}
