internal import Units

extension DocumentValue {
  /// With sorted keys, two spaces for each depth and a final newline: the same bytes for the same
  /// document.
  package var json: String {
    var text = ""
    write(to: &text, depth: 0)
    return text + "\n"
  }

  /// The document as JSON on one line, as files of one document a line have it.
  package var jsonLine: String {
    var text = ""
    write(to: &text, depth: nil)
    return text + "\n"
  }

  /// - Parameter depth: nil for all on one line.
  private func write(to text: inout String, depth: Int?) {
    switch self {
    case .object(let members):
      Self.write(members, "{", "}", to: &text, depth) { member, text, depth in
        text += Self.quoted(member.key) + (depth == nil ? ":" : " : ")
        member.value.write(to: &text, depth: depth)
      }
    case .array(let values):
      Self.write(values, "[", "]", to: &text, depth) { value, text, depth in
        value.write(to: &text, depth: depth)
      }
    case .text(let words): text += Self.quoted(words)
    default: text += scalarText ?? ""
    }
  }

  private static func write<Element>(
    _ elements: [Element], _ open: String, _ close: String, to text: inout String, _ depth: Int?,
    _ write: (Element, inout String, Int?) -> Void
  ) {
    func line(_ depth: Int) -> String { "\n" + String(repeating: "  ", count: depth) }
    text += open
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      if let depth { text += line(depth + 1) }
      write(element, &text, depth.map { $0 + 1 })
    }
    // An empty one has a line of its own between its brackets.
    if let depth { text += (elements.isEmpty ? "\n" : "") + line(depth) }
    text += close
  }

  static func quoted(_ words: String) -> String {
    var quoted = "\""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{8}": quoted += "\\b"
      case "\u{C}": quoted += "\\f"
      // Readers have the same text; a terminal that shows the document obeys nothing in it.
      case _ where InertText.isHidden(scalar):
        quoted += "\\u" + String(0x10000 + scalar.value, radix: 16).dropFirst()
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
