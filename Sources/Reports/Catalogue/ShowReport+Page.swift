package import Documents
package import Rendering

extension ShowReport: Report {
  package var page: Page {
    Page(
      name: name, title: title, kind: "windtunnel show \(kind) \(name)", isBare: contents != nil
    ) {
      Section {
        if let contents { Part.code(contents, language: "yaml") }
        Part.facts(facts.map { Rendering.Fact($0.name, $0.value) })
      }
      Section("Figures") { Part.list(figures.map(item)) }
      Section("Sources") { Part.list(sources.map { Item("`\($0.id)`: \($0.citation)") }) }
    }
  }

  private func item(_ figure: Figure) -> Item {
    Item(
      .code(figure.path),
      [.amount(figure.value), .status(figure.status), .words(figure.source)],
      lines: [
        figure.range.map { "range: \($0)" } ?? "", figure.date.map { "as of: \($0)" } ?? "",
        figure.note.map { "note: \($0)" } ?? "",
      ])
  }

  /// Facts and figures, a row each; a fact has no source.
  package var rows: [[String]]? {
    guard contents == nil else { return nil }
    let header = ["path", "value", "range", "date", "status", "source", "citation", "note"]
    return [header]
      + facts.map { [$0.name, $0.value] + [String](repeating: "", count: 6) }
      + figures.map { figure in
        let citation = sources.first { $0.id == figure.source }?.citation
        return [
          figure.path, figure.value, figure.range ?? "", figure.date ?? "", figure.status,
          figure.source, citation ?? "", figure.note ?? "",
        ]
      }
  }

  /// What is a file is shown as it was written: a start for one's own.
  package func own(_ form: ReportForm) -> String? { form == .yaml ? contents ?? profile : nil }
}
