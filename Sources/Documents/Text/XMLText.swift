internal import Units

/// Pieces of an XML 1.0 document.
enum XMLText {
  /// An element on lines of its own; attributes in the order given, those without a value left out.
  static func element(
    _ name: String, _ attributes: [(String, String?)], _ children: [String] = []
  ) -> String {
    let words = attributes.compactMap { name, value in
      value.map { " \(name)=\"\(escaped($0))\"" }
    }
    let start = "<\(name)\(words.joined())"
    guard !children.isEmpty else { return start + "/>" }
    let body = children.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }
      .map { "  " + $0 }
    return ([start + ">"] + body + ["</\(name)>"]).joined(separator: "\n")
  }

  /// An element that holds text, as it is.
  static func element(_ name: String, _ attributes: [(String, String?)], text: String) -> String {
    let start = element(name, attributes).dropLast(2)
    // Lines inside must not be indented with the element.
    return "\(start)>\(escaped(text))</\(name)>"
  }

  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n", "\t", "\r": escaped += "&#\(scalar.value);"
      // XML 1.0 has no way to say these, escaped or not.
      case _ where scalar.value < 0x20 || scalar.value == 0xfffe || scalar.value == 0xffff:
        escaped += "\u{fffd}"
      case _ where InertText.isHidden(scalar): escaped += "&#\(scalar.value);"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
