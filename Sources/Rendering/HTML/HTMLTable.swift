extension Table {
  /// Wide ones move within their own box, so that the page never does; the first column stays.
  var markup: Markup {
    let kinds = (0..<columns.count).map { column -> Markup in
      column > 0 && !isNumeric(column) ? " class=\"word\"" : ""
    }
    let head = zip(columns, kinds).map { name, kind -> Markup in
      "<th scope=\"col\"\(kind)>\(inline: name)</th>"
    }
    let heading: Markup = hasHeadings ? "<thead><tr>\(head)</tr></thead>" : ""
    let width: Markup = columns.count <= 3 ? " class=\"narrow\"" : ""
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(title)"><table\(width)>\
      <caption>\(title)</caption>\(heading)<tbody>
      \(rows.map { markup($0, kinds) })</tbody></table></div>

      """
  }

  private func markup(_ row: Row, _ kinds: [Markup]) -> Markup {
    let cells = zip(row.cells, kinds).enumerated().map { index, column -> Markup in
      index == 0
        ? "<th scope=\"row\">\(column.0.markup)</th>"
        : "<td\(column.1)>\(column.0.markup)</td>"
    }
    let total: Markup = row.isTotal ? " class=\"total\"" : ""
    let x: Markup = row.place?.x.map { " data-x=\"\(at: $0 * 100)\"" } ?? ""
    let y: Markup = row.place?.y.map { " data-y=\"\(at: $0 * 100)\"" } ?? ""
    return "<tr\(total)\(x)\(y)>\(cells)</tr>\n"
  }
}

extension Cell {
  var markup: Markup {
    switch self {
    case .code(let name): "<code>\(name)</code>"
    case .status(let status): "<span class=\"status \(Self.kind(of: status))\">\(status)</span>"
    case .verdict(let words, let isGood):
      "<span class=\"\(isGood ? "good" : "bad")\">\(inline: words)</span>"
    default: "\(inline: text)"
    }
  }

  /// Its color says nothing that the word does not.
  private static func kind(of status: String) -> String {
    ["measured", "datasheet", "fitted", "estimated"].contains(status) ? status : "assumed"
  }
}
