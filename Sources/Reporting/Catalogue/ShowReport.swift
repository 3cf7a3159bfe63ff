internal import Units

/// One thing of the catalogues: a few facts about it, then every figure with its provenance.
package struct ShowReport: ReportDocument, Equatable {
  package struct Fact: Codable, Equatable, Sendable {
    package var name: String
    package var value: String
  }

  package struct Figure: Codable, Equatable, Sendable {
    package var path: String
    package var value: String
    package var range: String?
    package var date: String?
    package var status: String
    /// The key under `sources`.
    package var source: String
    package var note: String?
  }

  package struct Source: Codable, Equatable, Sendable {
    package var id: String
    package var citation: String
  }

  package var schema = ReportSchema(name: "windtunnel/show", version: 1)
  package var command = "show"
  package var kind: String
  package var name: String
  package var title: String
  package var facts: [Fact]
  package var figures: [Figure]
  package var sources: [Source]
  /// The file itself, for what is shown as written.
  package var contents: String?

  package func text(_ style: TextStyle) -> String {
    if let contents { return contents.hasSuffix("\n") ? contents : contents + "\n" }
    var lines = [style.bold(name) + (title.isEmpty ? "" : ": \(title)")]
    if !facts.isEmpty {
      var table = TextTable([.left])
      let column = facts.reduce(0) { max($0, $1.name.count) } + 4
      for fact in facts {
        let lines = TextWrap.lines(fact.value, width: 98 - column, indent: 0, hang: 2)
        for (index, line) in lines.enumerated() { table.add([index == 0 ? fact.name : "", line]) }
      }
      lines += [""] + table.lines(style)
    }
    if !figures.isEmpty { lines += ["", style.bold("Figures")] + figureLines(style) }
    if !sources.isEmpty {
      lines += ["", style.bold("Sources")]
      for source in sources {
        lines += TextWrap.lines("\(source.id): \(source.citation)", width: 96, indent: 2, hang: 4)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func figureLines(_ style: TextStyle) -> [String] {
    var table = TextTable([.left])
    for figure in figures {
      table.add([figure.path, figure.status, figure.source, figure.value])
    }
    var lines: [String] = []
    for (line, figure) in zip(table.lines(style), figures) {
      lines.append(line)
      if let range = figure.range { lines.append(style.faint("      range: \(range)")) }
      if let date = figure.date { lines.append(style.faint("      as of: \(date)")) }
      if let note = figure.note {
        lines += TextWrap.lines("note: \(note)", width: 94, indent: 6, hang: 12).map(style.faint)
      }
    }
    return lines
  }
}
