internal import Units

extension Page {
  /// The page in Markdown, or a piece of one.
  ///
  /// - Parameter level: of its heading.
  package func markdown(level: Int = 1) -> String {
    let renderer = MarkdownRenderer(level: level)
    var blocks = [renderer.title(of: self)]
    blocks += alerts.map { "> **\(MarkdownText.escaped($0))**" } + [MarkdownText.escaped(lead)]
    blocks += sections.flatMap(renderer.blocks)
    blocks.append(MarkdownText.escaped(footer))
    return InertText.log(blocks.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n")
  }
}

/// Blocks of Markdown; charts are their tables.
private struct MarkdownRenderer {
  let level: Int

  func title(of page: Page) -> String {
    let words = [page.name, page.title].filter { !$0.isEmpty }.joined(separator: ": ")
    return String(repeating: "#", count: level) + " " + MarkdownText.escaped(words)
  }

  func blocks(_ section: Section) -> [String] {
    let body = section.parts.compactMap(block)
    guard !body.isEmpty, !section.title.isEmpty else { return body }
    return [String(repeating: "#", count: level + 1) + " " + MarkdownText.escaped(section.title)]
      + body
  }

  private func block(_ part: Part) -> String? {
    switch part {
    case .paragraph(let text), .note(let text): MarkdownText.escaped(text)
    case .facts(let facts): list(facts.filter { !$0.lines.isEmpty }.map(item))
    case .cards(let cards): MarkdownText.table(Table(cards))
    case .table(let table): MarkdownText.table(table)
    case .chart(let chart): self.table(of: chart)
    case .picture: nil
    case .list(let items): list(items)
    case .code(let text, let language):
      MarkdownText.code(text, language)
    case .fold(let title, let parts): MarkdownText.folded(title, joined(parts))
    case .aside(let parts): joined(parts)
    }
  }

  private func joined(_ parts: [Part]) -> String {
    parts.filter { !$0.isEmpty }.compactMap(block).joined(separator: "\n\n")
  }

  private func table(of chart: Chart) -> String {
    let table = MarkdownText.table(chart.table)
    return chart.isShort
      ? "\(MarkdownText.escaped(chart.title)):\n\n\(table)"
      : MarkdownText.folded(chart.title, table)
  }

  /// A name goes before its first line, and on with that where it has none.
  private func item(_ fact: Fact) -> Item {
    let name = fact.name.isEmpty ? "" : fact.name + ": "
    return Item(.words(name + (fact.lines.first ?? "")), lines: Array(fact.lines.dropFirst()))
  }

  private func list(_ items: [Item]) -> String {
    items.map { item in
      let head = ([item.title] + item.cells).map(MarkdownText.text).filter { !$0.isEmpty }
      let below = item.lines.map { "  " + MarkdownText.escaped($0) }
      return (["- " + head.joined(separator: ", ")] + below).joined(separator: "  \n")
    }.joined(separator: "\n")
  }
}
