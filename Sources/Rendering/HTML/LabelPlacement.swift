/// Puts names beside points so that no two of them touch, in a plot whose width nobody knows: each
/// must have room in the plot of a phone, of half a desk and of a whole one. What has no room is
/// left out; the table and the pointer say it.
struct LabelPlacement {
  struct Label {
    fileprivate var text: String
    fileprivate var x: Double
    fileprivate var dx: Double
    fileprivate var y: Double
    fileprivate var isAtEnd: Bool

    var markup: Markup {
      """
      <text class="label" x="\(at: x)%" dx="\(at: dx)" y="\(at: y)" \
      text-anchor="\(isAtEnd ? "end" : "start")">\(text)</text>
      """
    }
  }

  private struct Box {
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double

    func touches(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }

  /// Widths of plots [px], paddings apart.
  private static let widths: [Double] = [270, 420, 1_000]
  /// A letter of the label's font, rather too wide than too narrow [px].
  private static let letter = 7.2
  private static let line = 15.0

  private let height: Double
  private var placed: [Label] = []

  /// - Parameter height: of the plot and what is above it [px].
  init(height: Double) { self.height = height }

  /// Above a point or below it, at its right or its left; nil where there is no room.
  mutating func beside(_ text: String, x: Double, y: Double) -> Label? {
    guard !text.isEmpty else { return nil }
    let places = [(9.0, -7.0), (-9, -7), (9, 16), (-9, 16)]
    let found = places.map { dx, dy in
      Label(text: text, x: x, dx: dx, y: y + dy, isAtEnd: dx < 0)
    }.first(where: hasRoom)
    if let found { placed.append(found) }
    return found
  }

  /// Beside a line across the plot, on the side where there is more room.
  mutating func along(_ text: String, x: Double, y: Double) -> Label {
    let isAtEnd = x > 50
    let label = Label(text: text, x: x, dx: isAtEnd ? -5 : 5, y: y, isAtEnd: isAtEnd)
    placed.append(label)
    return label
  }

  private func hasRoom(_ label: Label) -> Bool {
    Self.widths.allSatisfy { width in
      let box = Self.box(label, width)
      return box.left >= 0 && box.right <= width && box.top >= 14 && box.bottom <= height
        && !placed.contains { Self.box($0, width).touches(box) }
    }
  }

  private static func box(_ label: Label, _ width: Double) -> Box {
    let length = Double(label.text.count) * letter
    let start = label.x / 100 * width + label.dx - (label.isAtEnd ? length : 0)
    return Box(left: start, right: start + length, top: label.y - line + 3, bottom: label.y + 4)
  }
}
