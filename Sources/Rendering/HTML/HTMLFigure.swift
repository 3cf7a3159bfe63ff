/// A chart with its title, what its colors and marks mean, the line that says the values pointed
/// at, and its table.
struct HTMLFigure {
  /// What a color means.
  struct Key {
    var name: String
    var look: SeriesLook
    /// Pale, as the band above a line.
    var isBand = false
  }

  var id: String
  var chart: Chart
  var legend: [Key] = []
  var plot: Markup
  /// How pointing finds a row of the table; nil when every value is written already.
  var reading: String?

  var markup: Markup {
    let names = legend.map { item -> Markup in
      let kind = item.isBand ? "key pale" : "key"
      return """
        <li><svg class="\(kind)" width="14" height="12" viewBox="-7 -6 14 12" \
        aria-hidden="true">\(item.look.mark(size: 5))</svg>\(item.name)</li>
        """
    }
    let list: Markup = legend.isEmpty ? "" : "<ul class=\"legend\">\(names)</ul>\n"
    let caption: Markup = chart.note.isEmpty ? "" : "<p class=\"note\">\(chart.note)</p>\n"
    return """
      <figure id="\(id)" class="chart">
      <figcaption><h3>\(chart.title)</h3></figcaption>
      \(list)\(framed)\(caption)<details><summary>Table</summary>
      \(chart.table.markup)</details>
      </figure>

      """
  }

  private var framed: Markup {
    guard let reading else { return "\(plot)\n" }
    return """
      <div class="frame" tabindex="0" role="group" data-by="\(reading)" \
      aria-label="\(chart.title): arrow keys read its values">
      \(plot)
      </div><output class="reading" aria-live="polite">&nbsp;</output>

      """
  }
}

/// How a series is told from the others: by its color, and where those begin again by its mark and
/// the dashes of its line.
struct SeriesLook: Equatable {
  /// Colors of series that the style sheet has.
  static let colors = 6
  /// For time in which nothing is done.
  static let idleColor = 9
  static let marks = 4

  var color: Int
  var mark = 0

  init(series index: Int) {
    color = index % Self.colors
    mark = index / Self.colors % Self.marks
  }

  static let idle: SeriesLook = {
    var look = SeriesLook(series: 0)
    look.color = idleColor
    return look
  }()

  /// Classes of the style sheet.
  var name: Markup { mark == 0 ? "c\(color)" : "c\(color) d\(mark)" }

  /// A circle, a square, a diamond or a triangle around the origin.
  func mark(size: Double) -> Markup {
    let (a, b) = (size * 0.9, size * 1.25)
    let outline: Markup =
      switch mark {
      case 0: "<circle r=\"\(at: size)\" "
      case 1: "<path d=\"M\(at: -a) \(at: -a)h\(at: 2 * a)v\(at: 2 * a)h\(at: -2 * a)z\" "
      case 2: "<path d=\"M0 \(at: -b)L\(at: b) 0L0 \(at: b)L\(at: -b) 0z\" "
      default: "<path d=\"M0 \(at: -b)L\(at: b) \(at: size)H\(at: -b)z\" "
      }
    return outline + "class=\"dot c\(color)\"/>"
  }
}
