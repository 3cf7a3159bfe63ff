/// What a report shows, said once: every form for people is made of it.
///
///     Page(name: "chat", title: "An hour of chat", kind: "windtunnel run chat") {
///       Section("Latency") {
///         Part.table(Table("Latency", ["", "mean"], [["end to end", .seconds(3.82)]]))
///       }
///     }.terminal(.plain)
///
/// It knows values and words, and nothing of runs or plans. A renderer is one file, `terminal`,
/// `markdown` or `html`, and shows any page.
package struct Page: Equatable, Sendable {
  /// What it is about, by name; empty where it has only a title.
  package var name: String
  /// What it is about, in words.
  package var title: String
  /// The command that made it.
  package var kind: String
  /// What must be known before anything else is read.
  package var alerts: [String]
  /// What it says, in a sentence or two.
  package var lead: String
  package var sections: [Section]
  /// Seeds and fingerprints, at its end.
  package var footer: String
  /// In a terminal only what is in its sections, so that it can be handed to other programs.
  package var isBare: Bool

  package init(
    name: String = "", title: String = "", kind: String, alerts: [String] = [],
    lead: String = "", footer: String = "", isBare: Bool = false,
    @PageBuilder<Section> _ sections: () -> [Section]
  ) {
    self.name = name
    self.title = title
    self.kind = kind
    self.alerts = alerts
    self.lead = lead
    self.footer = footer
    self.isBare = isBare
    self.sections = sections().filter { !$0.parts.isEmpty }
  }
}

/// A part of a page under a heading; without parts it is left out.
package struct Section: Equatable, Sendable {
  /// Empty for what belongs to the page's title.
  package var title: String
  package var parts: [Part]

  package init(_ title: String = "", @PageBuilder<Part> _ parts: () -> [Part]) {
    self.title = title
    self.parts = parts().filter { !$0.isEmpty }
  }
}

/// Something that a page shows. In all words, what stands between backquotes is code.
package enum Part: Equatable, Sendable {
  case paragraph(String)
  /// A remark about what is beside it.
  case note(String)
  /// What has a name and is said in a line or two.
  case facts([Fact])
  /// Headline figures.
  case cards([Card])
  case table(Table)
  /// Where there are no pictures, its table.
  case chart(Chart)
  /// Where there are no pictures, nothing: its values stand beside it.
  case picture(Chart)
  case list([Item])
  /// To be copied as it is, with the language that it is in.
  case code(String, language: String)
  /// What is opened by a click, and left out of a terminal.
  case fold(String, [Part])
  /// What only a page has room for: a terminal leaves it out.
  case aside([Part])

  package var isEmpty: Bool {
    switch self {
    case .paragraph(let text), .note(let text), .code(let text, _): text.isEmpty
    case .facts(let facts): facts.isEmpty
    case .cards(let cards): cards.isEmpty
    case .table(let table): table.rows.isEmpty
    case .chart(let chart), .picture(let chart): chart.isEmpty
    case .list(let items): items.isEmpty
    case .fold(_, let parts), .aside(let parts): parts.allSatisfy(\.isEmpty)
    }
  }
}

/// A name and what is to be said of it, line by line.
package struct Fact: Equatable, Sendable {
  package var name: String
  package var lines: [String]

  package init(_ name: String, _ lines: String...) { self.init(name, lines) }

  package init(_ name: String, _ lines: [String]) {
    self.name = name
    self.lines = lines.filter { !$0.isEmpty }
  }
}

/// A line of a list, what stands beside it, and what is below it.
package struct Item: Equatable, Sendable {
  package var title: Cell
  package var cells: [Cell]
  package var lines: [String]

  package init(_ title: Cell, _ cells: [Cell] = [], lines: [String] = []) {
    self.title = title
    self.cells = cells
    self.lines = lines.filter { !$0.isEmpty }
  }
}

/// A headline figure: its value in large letters, and between what it would be measured.
package struct Card: Equatable, Sendable {
  package var name: String
  package var value: Cell
  package var interval: Cell?
  package var note: String
  /// How sure the weakest figure is that it rests on.
  package var status: String?

  package init(
    _ name: String, _ value: Cell, interval: Cell? = nil, note: String = "", status: String? = nil
  ) {
    self.name = name
    self.value = value
    self.interval = interval
    self.note = note
    self.status = status
  }
}
