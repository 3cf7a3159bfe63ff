package import Documents
package import Rendering
internal import Units

/// A form in which a result is written.
package enum ReportForm: String, CaseIterable, Sendable {
  case table, json, jsonl, yaml, csv, markdown, html
}

/// What a command found, for programs and for people. Whoever says these two gets every form.
package protocol Report {
  var document: any ReportDocument { get }
  var page: Page { get }
  /// Comma-separated values under one header; by itself every value of the document with its path.
  var rows: [[String]]? { get }
  /// The answer in one line.
  var brief: String { get }
  /// The text of a form that this report writes in a way of its own.
  func own(_ form: ReportForm) throws -> String?
}

extension Report {
  package var rows: [[String]]? { nil }
  package var brief: String {
    let page = page
    return "\(page.name): \(page.lead)"
  }
  package func own(_ form: ReportForm) -> String? { nil }

  /// - Parameter style: of a table.
  package func text(_ form: ReportForm, _ style: TextStyle = .plain) throws -> String {
    if let text = try own(form) { return text }
    return switch form {
    case .table: page.terminal(style)
    case .json: try document.tree().json
    case .jsonl: try document.tree().jsonLine
    case .yaml: try document.tree().yaml
    case .csv: CSVText.table(try rows ?? leaves())
    case .markdown: page.markdown()
    case .html: page.html
    }
  }

  /// The answer in one line, whatever names it has in it.
  package var line: String { InertText.log(InertText.words(brief)) }

  private func leaves() throws -> [[String]] {
    [["path", "value"]] + (try document.tree().leaves().map { [$0.path, $0.text] })
  }
}

extension Report where Self: ReportDocument {
  package var document: any ReportDocument { self }
}
