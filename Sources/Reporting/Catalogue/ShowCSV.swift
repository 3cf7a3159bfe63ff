/// Facts and figures of one thing, a row each; a fact has no source.
package struct ShowCSV {
  private let report: ShowReport

  package init(_ report: ShowReport) { self.report = report }

  package var text: String {
    var text = CSVText.line([
      "path", "value", "range", "date", "status", "source", "citation", "note",
    ])
    for fact in report.facts {
      text += CSVText.line([fact.name, fact.value] + [String](repeating: "", count: 6))
    }
    for figure in report.figures {
      let citation = report.sources.first { $0.id == figure.source }?.citation
      text += CSVText.line([
        figure.path, figure.value, figure.range ?? "", figure.date ?? "", figure.status,
        figure.source, citation ?? "", figure.note ?? "",
      ])
    }
    return text
  }
}
