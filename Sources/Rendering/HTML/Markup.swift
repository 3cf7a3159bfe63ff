internal import Units

/// HTML that is safe to put into a page.
///
///     let row: Markup = "<td>\(name)</td>"        // `name` is text: it is escaped
///     let table: Markup = "<table>\(rows)</table>"  // `rows` is markup: it stays as it is
///
/// Text becomes markup only by being interpolated, so that no title of a scenario can ever be more
/// than its words.
struct Markup: ExpressibleByStringInterpolation, Equatable, Sendable {
  private(set) var text: String

  static let empty = Markup(stringLiteral: "")

  init(stringLiteral value: String) { text = value }
  init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  var isEmpty: Bool { text.isEmpty }

  static func + (left: Markup, right: Markup) -> Markup {
    var sum = left
    sum.text += right.text
    return sum
  }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ words: String) { text += Markup.escaped(words) }
    mutating func appendInterpolation(_ number: Int) { text += String(number) }
    mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
    mutating func appendInterpolation(_ list: [Markup]) {
      for markup in list { text += markup.text }
    }
    /// A coordinate: to a hundredth, without zeros that say nothing.
    mutating func appendInterpolation(at value: Double) {
      text += Markup.coordinate(value)
    }
  }

  /// The five characters that mean something in HTML, in text and in quoted attributes alike.
  private static func escaped(_ words: String) -> String {
    var result = ""
    result.reserveCapacity(words.utf8.count)
    for scalar in InertText.lines(words).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return InertText.log(result)
  }

  private static func coordinate(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    var text = hundredths < 0 ? "-\(whole)" : "\(whole)"
    if rest > 0 { text += rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)" }
    return text
  }
}
