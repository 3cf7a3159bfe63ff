/// A page in one file: nothing is loaded from anywhere, and it is the same bytes for the same
/// report.
///
///     HTMLPage(
///       title: "Four machines", kind: "compare", lead: "The same hour of chat ...",
///       sections: [
///         PageSection("Prices", [table.markup]),
///         PageSection("Frontier", [LineChart(...).markup]),
///       ], footer: "seed 1"
///     ).text
package struct HTMLPage: Sendable {
  package var title: String
  /// What made it, in small letters above the title.
  package var kind: String
  /// What it is about, in a sentence or two.
  package var lead: String
  package var sections: [PageSection]
  package var footer: String

  package init(
    title: String, kind: String, lead: String, sections: [PageSection], footer: String
  ) {
    self.title = title
    self.kind = kind
    self.lead = lead
    self.sections = sections
    self.footer = footer
  }

  package var text: String { markup.text }

  private var markup: Markup {
    let shown = sections.filter { !$0.isEmpty }
    let links = shown.map { section -> Markup in
      "<li><a href=\"#\(section.id)\">\(section.title)</a></li>"
    }
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
      \(Markup(stringLiteral: PageStyle.sheet))
      </style>
      </head>
      <body>
      <header><p class="kind">\(kind)</p>
      <h1>\(title)</h1>
      <p class="lead">\(lead)</p>
      <nav aria-label="Sections"><ul>\(links)</ul></nav></header>
      <main>
      \(shown.map(\.markup))</main>
      <footer><p>\(footer)</p></footer>
      <script>
      \(Markup(stringLiteral: PageScript.text))
      </script>
      </body>
      </html>

      """
  }

  /// Whatever the page says, the browser loads nothing for it.
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
}

/// A part of a page with a heading.
package struct PageSection: Sendable {
  package var title: String
  /// Below the heading, in a sentence.
  package var note: String
  package var content: [Markup]
  /// Charts side by side where there is room.
  package var isGrid: Bool

  package init(_ title: String, note: String = "", isGrid: Bool = false, _ content: [Markup]) {
    self.title = title
    self.note = note
    self.isGrid = isGrid
    self.content = content.filter { !$0.isEmpty }
  }

  var isEmpty: Bool { content.isEmpty }

  /// Where links lead to: the letters of the title.
  var id: String {
    String(title.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }

  fileprivate var markup: Markup {
    let noteText: Markup = note.isEmpty ? "" : "<p class=\"note\">\(note)</p>\n"
    let body: Markup = isGrid ? "<div class=\"grid\">\(content)</div>" : "\(content)"
    return """
      <section aria-labelledby="\(id)"><h2 id="\(id)">\(title)</h2>
      \(noteText)\(body)</section>

      """
  }
}
