/// Text from files and command lines, made safe for where it lands: a terminal that obeys control
/// characters, a log whose lines may be commands to whoever reads it, a spreadsheet that computes.
///
/// Every renderer takes it from here, so that what one of them has learnt all of them know.
package enum InertText {
  /// A text on one line, with what cannot be seen written out: `\n`, `\t`, `\u{1b}`.
  package static func line(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    return text.unicodeScalars.reduce(into: "") { shown, scalar in
      switch scalar {
      case "\n": shown += "\\n"
      case "\r": shown += "\\r"
      case "\t": shown += "\\t"
      case _ where isHidden(scalar): shown += "\\u{\(String(scalar.value, radix: 16))}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
  }

  /// A text that is broken into lines anyway: what separates lines and words is a space.
  package static func words(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var spaced = ""
    for scalar in text.unicodeScalars {
      spaced.unicodeScalars.append(
        isHidden(scalar) && scalar.properties.isWhitespace ? " " : scalar)
    }
    return line(spaced)
  }

  /// A text whose lines are its own, as those of a file.
  package static func lines(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { words(String($0)) }.joined(separator: "\n")
  }

  /// Lines of which none is a command to GitHub's runners, which obey `::name::` at the beginning
  /// of a line and `##[name]` anywhere in one.
  ///
  /// - SeeAlso: github.com/actions/runner, `ActionCommand.cs`.
  package static func log(_ text: String) -> String {
    guard text.contains("::") || text.contains("##[") else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let line = line.replacing("##[", with: "#\\u{23}[")
      let start = line.drop { $0.isWhitespace }
      guard start.hasPrefix("::") else { return line }
      return line.prefix(line.count - start.count) + "\\u{3a}" + start.dropFirst()
    }.joined(separator: "\n")
  }

  /// A cell of text that no spreadsheet computes: a quotation mark before it says that it is text.
  ///
  /// - SeeAlso: OWASP, "CSV Injection".
  package static func cell(_ text: String) -> String {
    let shown = line(text)
    guard let first = shown.first, "=+-@".contains(first), shown.count > 1, Double(shown) == nil
    else { return shown }
    return "'" + shown
  }

  /// Whether a terminal obeys a character, or a line ends with it: those of Unicode too, such as
  /// the C1 controls, of which U+009B begins a sequence as escape does.
  package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    case .format: break
    default: return false
    }
    // What turns the direction of the text that follows; other formats join letters.
    return switch scalar.value {
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
