extension Card {
  var markup: Markup {
    // `126 ms` has its unit at its end.
    let parts = value.text.split(separator: " ").map(String.init)
    let unit: Markup = parts.count == 2 ? " <span class=\"unit\">\(parts[1])</span>" : ""
    let number = parts.count == 2 ? parts[0] : value.text
    let noteText: Markup = note.isEmpty ? "" : "<p class=\"note\">\(inline: note)</p>"
    let rests = status.map { "<p class=\"rests\">weakest: \($0)</p>" as Markup } ?? .empty
    return """
      <li class="card"><h3>\(name)</h3><p class="figure">\(number)\(unit)</p>\
      \(intervalMarkup)\(noteText)\(rests)</li>

      """
  }

  private var intervalMarkup: Markup {
    guard case .spread(let low, let high, _)? = interval, high > low,
      case .value(let number, _) = value
    else { return .empty }
    // The value may lie beside it.
    let (start, end) = (min(low, number), max(high, number))
    let margin = (end - start) * 0.2
    func place(_ value: Double) -> Double {
      (value - start + margin) / (end - start + 2 * margin) * 100
    }
    return """
      <svg class="range" width="100%" height="14" aria-hidden="true">\
      <line class="whole" x2="100%" y1="7" y2="7"/>\
      <line class="within" x1="\(at: place(low))%" x2="\(at: place(high))%" y1="7" y2="7"/>\
      <circle cx="\(at: place(number))%" cy="7" r="4.5"/></svg>\
      <p class="interval">80 %: \(interval?.text ?? "")</p>
      """
  }
}
