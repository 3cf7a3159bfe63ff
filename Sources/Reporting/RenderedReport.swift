/// A document that every form of a result can be made of. A renderer sees the document and nothing
/// else.
package protocol RenderedReport: ReportDocument {
  func table(_ style: TextStyle) -> String
  /// Comma-separated rows under one header (RFC 4180).
  var csv: String { get }
  /// A piece of Markdown, as for a pull request.
  var markdown: String { get }
}

extension RunReport: RenderedReport {
  package func table(_ style: TextStyle) -> String { RunTable(self).text(style) }
  package var csv: String { RunCSV(self).text }
  package var markdown: String { RunMarkdown(self).text }
}

extension ExplainReport: RenderedReport {
  package func table(_ style: TextStyle) -> String { ExplainTable(self).text(style) }
  package var csv: String { ExplainCSV(self).text }
  package var markdown: String { ExplainMarkdown(self).text }
}

extension ListReport: RenderedReport {
  package func table(_ style: TextStyle) -> String { text(style) }
  package var csv: String { ListCSV(self).text }
  package var markdown: String { ListMarkdown(self).text }
}

extension ShowReport: RenderedReport {
  package func table(_ style: TextStyle) -> String { text(style) }
  package var csv: String { ShowCSV(self).text }
  package var markdown: String { ShowMarkdown(self).text }
}

extension CompareReport: RenderedReport {
  package func table(_ style: TextStyle) -> String { CompareTable(self).text(style) }
  package var csv: String { CompareCSV(self).text }
  package var markdown: String { CompareMarkdown(self).text }
}

extension PlanReport: RenderedReport {
  package func table(_ style: TextStyle) -> String { PlanTable(self).text(style) }
  package var csv: String { PlanCSV(self).text }
  package var markdown: String { PlanMarkdown(self).text }
}
