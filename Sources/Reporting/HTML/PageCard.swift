/// A headline figure: its value in large letters, and between what it would be measured.
package struct PageCard: Sendable {
  package var name: String
  package var value: String
  package var unit: String
  /// In the unit of `number`.
  package var interval: (low: Double, high: Double)?
  package var number: Double
  package var format: ValueFormat
  package var note: String
  /// Of the weakest figure that it rests on.
  package var status: String?

  package init(
    _ name: String, _ number: Double, _ format: ValueFormat, unit: String = "",
    interval: (low: Double, high: Double)? = nil, note: String = "",
    status: String? = nil
  ) {
    self.status = status
    self.name = name
    self.number = number
    self.format = format
    self.interval = interval
    self.note = note
    // `126 ms` has its unit at its end.
    let parts = format.words(number).split(separator: " ", maxSplits: 1).map(String.init)
    let isWhole = parts.count == 2 && unit.isEmpty && !parts[1].contains(" ")
    value = isWhole ? parts[0] : format.words(number)
    self.unit = isWhole ? parts[1] : unit
  }

  package var markup: Markup {
    let unitText: Markup = unit.isEmpty ? "" : " <span class=\"unit\">\(unit)</span>"
    let noteText: Markup = note.isEmpty ? "" : "<p class=\"note\">\(note)</p>"
    return """
      <li class="card"><h3>\(name)</h3><p class="figure">\(value)\(unitText)</p>\
      \(intervalMarkup)\(noteText)\(status.map(PageStatus.quiet) ?? .empty)</li>

      """
  }

  private var intervalMarkup: Markup {
    guard let interval, interval.high > interval.low else { return .empty }
    // The value may lie beside it.
    let low = min(interval.low, number)
    let high = max(interval.high, number)
    let margin = (high - low) * 0.2
    func place(_ value: Double) -> Double {
      (value - low + margin) / (high - low + 2 * margin) * 100
    }
    return """
      <svg class="range" width="100%" height="14" aria-hidden="true">\
      <line class="whole" x2="100%" y1="7" y2="7"/>\
      <line class="within" x1="\(at: place(interval.low))%" x2="\(at: place(interval.high))%" \
      y1="7" y2="7"/><circle cx="\(at: place(number))%" cy="7" r="4.5"/></svg>\
      <p class="interval">80 %: \(words(interval))</p>
      """
  }

  /// `99.6 to 310 ms`: the unit once where it is the same.
  private func words(_ interval: (low: Double, high: Double)) -> String {
    let ends = [interval.low, interval.high].map(format.words)
    let units = ends.map { $0.split(separator: " ").dropFirst().joined(separator: " ") }
    guard units[0] == units[1], !units[0].isEmpty else { return "\(ends[0]) to \(ends[1])" }
    return "\(ends[0].dropLast(units[0].count + 1)) to \(ends[1])"
  }

  package static func markup(of cards: [PageCard]) -> Markup {
    "<ul class=\"cards\">\n\(cards.map(\.markup))</ul>\n"
  }
}
