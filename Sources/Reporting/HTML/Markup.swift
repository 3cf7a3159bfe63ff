/// HTML that is safe to put into a page.
///
///     let row: Markup = "<td>\(name)</td>"        // `name` is text: it is escaped
///     let table: Markup = "<table>\(rows)</table>"  // `rows` is markup: it stays as it is
///
/// Text becomes markup only by being interpolated, so that no title of a scenario can ever be more
/// than its words.
package struct Markup: ExpressibleByStringInterpolation, Equatable, Sendable {
  package private(set) var text: String

  package static let empty = Markup(stringLiteral: "")

  package init(stringLiteral value: String) { text = value }
  package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  package var isEmpty: Bool { text.isEmpty }

  package static func + (left: Markup, right: Markup) -> Markup {
    var sum = left
    sum.text += right.text
    return sum
  }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: String) { text += literal }
    package mutating func appendInterpolation(_ words: String) { text += Markup.escaped(words) }
    package mutating func appendInterpolation(_ number: Int) { text += String(number) }
    package mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
    package mutating func appendInterpolation(_ list: [Markup]) {
      for markup in list { text += markup.text }
    }
    /// A coordinate: to a hundredth, without zeros that say nothing.
    package mutating func appendInterpolation(at value: Double) {
      text += Markup.coordinate(value)
    }
  }

  /// The five characters that mean something in HTML, in text and in quoted attributes alike; what
  /// no page may contain becomes a mark of replacement.
  private static func escaped(_ words: String) -> String {
    var result = ""
    result.reserveCapacity(words.utf8.count)
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}": result.unicodeScalars.append("\u{FFFD}")
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func coordinate(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    var text = hundredths < 0 ? "-\(whole)" : "\(whole)"
    if rest > 0 { text += rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)" }
    return text
  }
}
