internal import Units

extension Page {
  /// The page as lines for a terminal.
  package func terminal(_ style: TextStyle) -> String {
    let renderer = TerminalRenderer(
      style: style, indent: isBare ? 0 : 2, tableWidth: isBare ? .max : TerminalRenderer.tableWidth)
    var blocks: [[String]] = []
    if !isBare {
      blocks.append(renderer.title(of: self))
      blocks += alerts.map { renderer.wrapped($0).map(style.bold) }
      blocks.append(renderer.wrapped(lead))
    }
    blocks += sections.map(renderer.lines)
    if !isBare, !footer.isEmpty { blocks.append([style.faint(footer)]) }
    let lines = blocks.filter { !$0.isEmpty }.joined(separator: [""])
    return InertText.log(lines.joined(separator: "\n") + "\n")
  }
}

/// Lines of text: letters for bars, tables for other charts.
private struct TerminalRenderer {
  static let width = 100
  /// Tables may be a little wider than sentences.
  static let tableWidth = 120

  let style: TextStyle
  let indent: Int
  /// What is handed to other programs has its rows whole.
  let tableWidth: Int

  func title(of page: Page) -> [String] {
    let rest = page.name.isEmpty || page.title.isEmpty ? page.title : ": \(page.title)"
    let lines = TextWrap.lines(page.name + rest, width: Self.tableWidth, indent: 0, hang: 2)
    let name = InertText.words(page.name)
    guard !name.isEmpty, lines[0].hasPrefix(name) else { return lines.map(style.bold) }
    return [style.bold(name) + lines[0].dropFirst(name.count)] + lines.dropFirst()
  }

  func lines(_ section: Section) -> [String] {
    let parts = section.parts.map { ($0, lines($0, isOneOfMany: section.charts > 1)) }
      .filter { !$0.1.isEmpty }
    guard !parts.isEmpty else { return [] }
    var found = section.title.isEmpty ? [] : [style.bold(InertText.words(section.title))]
    for (index, (part, text)) in parts.enumerated() {
      if index > 0, part.standsApart(from: parts[index - 1].0) { found.append("") }
      found += text
    }
    return found
  }

  private func lines(_ part: Part, isOneOfMany: Bool = false) -> [String] {
    switch part {
    case .paragraph(let text): wrapped(text)
    case .note(let text): wrapped(text).map(style.faint)
    case .facts(let facts): lines(facts)
    case .cards(let cards): lines(Table(cards))
    case .table(let table): lines(table)
    case .chart(let chart): lines(chart, isOneOfMany)
    case .list(let items): lines(items)
    case .code(let text, _):
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .dropLast(text.hasSuffix("\n") ? 1 : 0).map { spaces(indent) + InertText.words(String($0)) }
    case .picture, .fold, .aside: []
    }
  }

  func wrapped(_ text: String) -> [String] {
    text.isEmpty ? [] : TextWrap.lines(text, width: Self.width, indent: indent, hang: indent)
  }

  private func lines(_ table: Table) -> [String] {
    TextTable(table).lines(style, indent: indent, within: tableWidth)
  }

  private func lines(_ facts: [Fact]) -> [String] {
    var table = TextTable([.left])
    let column = facts.reduce(0) { max($0, $1.name.count) } + indent + 2
    for fact in facts {
      let lines = fact.lines.flatMap {
        TextWrap.lines($0, width: Self.tableWidth - column, indent: 0, hang: 2)
      }
      for (index, line) in lines.enumerated() { table.add([index == 0 ? fact.name : "", line]) }
    }
    return table.lines(style, indent: indent)
  }

  private func lines(_ items: [Item]) -> [String] {
    let isTable = items.contains { !$0.cells.isEmpty }
    var table = TextTable([.left])
    for item in items { table.add(([item.title] + item.cells).map(\.text)) }
    let heads =
      isTable
      ? table.lines(style, indent: indent).map { [$0] }
      : items.map { wrapped($0.title.text, hang: 2) }
    return zip(heads, items).flatMap { head, item in
      let below = item.lines.flatMap { line in
        TextWrap.lines(line, width: Self.width, indent: indent + 2, hang: indent + 4)
      }
      return head + (isTable ? below.map(style.faint) : below)
    }
  }

  private func wrapped(_ text: String, hang: Int) -> [String] {
    TextWrap.lines(text, width: Self.width, indent: indent, hang: indent + hang)
  }

  // MARK: Charts

  private func lines(_ chart: Chart, _ isOneOfMany: Bool) -> [String] {
    let title = isOneOfMany ? [spaces(indent) + InertText.words(chart.title)] : []
    if case .bars(let bars) = chart { return title + lines(bars) }
    return chart.isShort ? title + lines(chart.table) : []
  }

  /// A letter for every fiftieth, that of its part.
  private func lines(_ chart: BarChart) -> [String] {
    var table = TextTable([.left])
    for bar in chart.bars {
      let letters = zip(chart.parts.indices, bar.shares).map { index, share in
        (letter: index == chart.idlePart ? "." : String(chart.parts[index].prefix(1)), share)
      }
      table.add([bar.name, TextBar.text(letters, width: 50)])
      table.add(["", chart.words(of: bar)])
    }
    return table.lines(style, indent: indent)
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}

extension Table {
  /// Headline figures side by side.
  init(_ cards: [Card]) {
    let hasIntervals = cards.contains { $0.interval != nil }
    let hasNotes = cards.contains { !$0.note.isEmpty }
    self.init(
      "Figures",
      ["figure", "value"] + (hasIntervals ? ["80 % interval"] : []) + (hasNotes ? [""] : []),
      rows: cards.map { card in
        [.words(card.name), card.value] + (hasIntervals ? [card.interval ?? ""] : [])
          + (hasNotes ? [.words(card.note)] : [])
      })
  }
}

extension Section {
  fileprivate var charts: Int {
    parts.count { if case .chart(let chart) = $0 { chart.isShort } else { false } }
  }
}

extension Part {
  /// Whether a line is left free between two parts: what explains something stands close to it.
  fileprivate func standsApart(from last: Part) -> Bool {
    if case .note = self { return false }
    switch last {
    case .paragraph, .note: return !isFigures
    default: return true
    }
  }

  private var isFigures: Bool {
    switch self {
    case .table, .list, .facts, .chart, .code: true
    default: false
    }
  }
}
