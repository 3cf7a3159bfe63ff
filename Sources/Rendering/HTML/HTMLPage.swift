extension Page {
  /// The page in one file of HTML: nothing is loaded from anywhere, and it is the same bytes for
  /// the same page.
  package var html: String {
    var renderer = HTMLRenderer()
    return renderer.document(self).text
  }
}

/// Sections with their anchors, charts with their tables and ids.
struct HTMLRenderer {
  private var ids: Set<String> = []

  mutating func document(_ page: Page) -> Markup {
    let title = page.title.isEmpty ? page.name : page.title
    let sections = page.sections.map { (section: $0, id: id(of: $0.title)) }
    let links = sections.filter { !$0.section.title.isEmpty }.map { section, id -> Markup in
      "<li><a href=\"#\(id)\">\(section.title)</a></li>"
    }
    let alerts = page.alerts.map { "<p class=\"alert\">\(inline: $0)</p>\n" as Markup }
    let lead: Markup = page.lead.isEmpty ? "" : "<p class=\"lead\">\(inline: page.lead)</p>\n"
    let body = sections.map { markup($0.section, $0.id) }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="windtunnel">
      <title>\(title)</title>
      <style>
      \(Markup(stringLiteral: PageAssets.style))</style>
      </head>
      <body>
      <header><p class="kind">\(page.kind)</p>
      <h1>\(title)</h1>
      \(alerts)\(lead)<nav aria-label="Sections"><ul>\(links)</ul></nav></header>
      <main>
      \(body)</main>
      <footer><p>\(inline: page.footer)</p></footer>
      <script>
      \(Markup(stringLiteral: PageAssets.script))</script>
      </body>
      </html>

      """
  }

  /// Whatever the page says, the browser loads nothing for it.
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"

  /// Where links lead to: the letters of a title, and a number where two are alike.
  mutating func id(of title: String) -> String {
    let letters = String(
      title.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    let name = letters.isEmpty ? "page" : letters
    var id = name
    var number = 2
    while !ids.insert(id).inserted {
      id = "\(name)-\(number)"
      number += 1
    }
    return id
  }

  private mutating func markup(_ section: Section, _ id: String) -> Markup {
    let body = content(of: section.parts)
    guard !section.title.isEmpty else { return "<section class=\"first\">\(body)</section>\n" }
    return """
      <section aria-labelledby="\(id)"><h2 id="\(id)">\(section.title)</h2>
      \(body)</section>

      """
  }

  /// Charts that follow each other stand side by side where there is room.
  private mutating func content(of parts: [Part]) -> Markup {
    var body = Markup.empty
    var charts: [Markup] = []
    func flushed() -> Markup {
      charts.count > 1 ? "<div class=\"grid\">\(charts)</div>\n" : "\(charts)"
    }
    for part in parts {
      switch part {
      case .chart(let chart), .picture(let chart): charts.append(figure(chart))
      default:
        body = body + flushed() + markup(part)
        charts = []
      }
    }
    return body + flushed()
  }

  private mutating func markup(_ part: Part) -> Markup {
    switch part {
    case .paragraph(let text): return "<p>\(inline: text)</p>\n"
    case .note(let text): return "<p class=\"note\">\(inline: text)</p>\n"
    case .facts(let facts): return Self.facts(facts)
    case .cards(let cards): return "<ul class=\"cards\">\n\(cards.map(\.markup))</ul>\n"
    case .table(let table): return table.markup
    case .chart(let chart), .picture(let chart): return figure(chart)
    case .list(let items): return Self.list(items)
    case .code(let text, _): return "<pre>\(text)</pre>\n"
    case .aside(let parts): return content(of: parts.filter { !$0.isEmpty })
    case .fold(let title, let parts):
      return """
        <details><summary>\(title)</summary>
        \(content(of: parts.filter { !$0.isEmpty }))</details>

        """
    }
  }

  private static func facts(_ facts: [Fact]) -> Markup {
    let entries = facts.filter { !$0.lines.isEmpty }.map { fact -> Markup in
      let lines = fact.lines.map { "<dd>\(inline: $0)</dd>\n" as Markup }
      return "<dt>\(fact.name)</dt>\(lines)"
    }
    return "<dl>\(entries)</dl>\n"
  }

  private static func list(_ items: [Item]) -> Markup {
    let entries = items.map { item -> Markup in
      let cells = ([item.title] + item.cells).filter { !$0.text.isEmpty }
        .map { "<span>\($0.markup)</span>" as Markup }
      let lines = item.lines.map { "<p class=\"source\">\(inline: $0)</p>" as Markup }
      return "<li class=\"entry\"><p>\(cells)</p>\(lines)</li>\n"
    }
    return "<ul>\n\(entries)</ul>\n"
  }

  private mutating func figure(_ chart: Chart) -> Markup {
    let id = id(of: chart.title)
    return switch chart {
    case .lines(let chart): LineDrawing(chart, id: id).markup
    case .bars(let chart): BarDrawing(chart, id: id).markup
    case .waterfall(let chart): WaterfallDrawing(chart, id: id).markup
    }
  }
}

extension Markup.Interpolation {
  /// Words in which what stands between backquotes is code.
  mutating func appendInterpolation(inline words: String) {
    let pieces = words.split(separator: "`", omittingEmptySubsequences: false)
    for (index, piece) in pieces.enumerated() {
      // A quote that nothing closes is a letter.
      let isCode = index % 2 == 1 && index < pieces.count - 1
      if index % 2 == 1, !isCode { appendInterpolation("`") }
      if isCode { appendLiteral("<code>") }
      appendInterpolation(String(piece))
      if isCode { appendLiteral("</code>") }
    }
  }
}
