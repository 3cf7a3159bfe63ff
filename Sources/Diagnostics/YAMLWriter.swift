/// Values of a file as YAML again: a line for each key of the first two levels, the rest in braces.
package enum YAMLWriter {
  /// - Parameter remark: what stands behind a value, by its path.
  package static func lines(
    _ key: String, _ value: ConfigNode, remark: (String) -> String?
  ) -> [String] {
    func line(_ key: String, _ value: ConfigNode) -> String {
      "\(scalar(key)): \(flow(value))" + (remark(value.path).map { "  # \($0)" } ?? "")
    }
    guard value.isMapping else { return [line(key, value)] }
    return ["\(scalar(key)):"] + value.mapping().entries().map { "  " + line($0.key, $0.value) }
  }

  /// In one line.
  package static func flow(_ node: ConfigNode) -> String {
    if node.isMapping {
      let entries = node.mapping().entries().map { "\(scalar($0.key)): \(flow($0.value))" }
      return "{\(entries.joined(separator: ", "))}"
    }
    if node.isSequence { return "[\(node.sequence().map(flow).joined(separator: ", "))]" }
    let text = node.scalarText ?? ""
    // What is quoted is text, whatever it looks like.
    if case .text = node.scalar, !looksLikeText(text) { return quoted(text) }
    return scalar(text)
  }

  /// Plain where that is read as the same text.
  package static func scalar(_ text: String) -> String {
    let special = Set("#:,[]{}&*!|>'\"%@`?\\\n\t")
    let first = text.first.map { special.contains($0) || "- ".contains($0) } ?? true
    return first || text.contains(where: special.contains) || text.last == " "
      ? quoted(text) : text
  }

  private static func looksLikeText(_ text: String) -> Bool {
    Double(text) == nil && !["true", "false", "null", "~"].contains(text.lowercased())
  }

  private static func quoted(_ text: String) -> String {
    "'\(text.replacing("'", with: "''"))'"
  }
}
