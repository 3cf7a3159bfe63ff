/// A chart with its title, what its colors mean, the line that says the values pointed at, and its
/// table.
struct PageFigure {
  /// What a color means.
  struct Key {
    var name: String
    var color: Int
    /// Pale, as the band above a line.
    var isBand = false
  }

  var id: String
  var title: String
  var legend: [Key] = []
  var plot: Markup
  var table: PageTable
  /// How pointing finds a row of the table; nil when every value is written already.
  var reading: String?
  var note = ""

  var markup: Markup {
    let names = legend.map { item -> Markup in
      let kind = item.isBand ? "key pale" : "key"
      return "<li><span class=\"\(kind) c\(item.color)\"></span>\(item.name)</li>"
    }
    let list: Markup = legend.isEmpty ? "" : "<ul class=\"legend\">\(names)</ul>\n"
    let caption: Markup = note.isEmpty ? "" : "<p class=\"note\">\(note)</p>\n"
    return """
      <figure id="\(id)" class="chart">
      <figcaption><h3>\(title)</h3></figcaption>
      \(list)\(framed)\(caption)<details><summary>Table</summary>
      \(table.markup)</details>
      </figure>

      """
  }

  private var framed: Markup {
    guard let reading else { return "\(plot)\n" }
    return """
      <div class="frame" tabindex="0" role="group" data-by="\(reading)" \
      aria-label="\(title): arrow keys read its values">
      \(plot)
      </div><output class="reading" aria-live="polite">&nbsp;</output>

      """
  }
}
