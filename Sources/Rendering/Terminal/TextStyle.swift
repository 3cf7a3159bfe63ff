/// Emphasis for a terminal. It never carries meaning: without it the same words stand there.
package struct TextStyle: Sendable {
  private let isColored: Bool

  package static let plain = TextStyle(isColored: false)
  package static let terminal = TextStyle(isColored: true)

  func bold(_ text: String) -> String { wrapped(text, in: "1") }
  func faint(_ text: String) -> String { wrapped(text, in: "2") }

  private func wrapped(_ text: String, in code: String) -> String {
    isColored && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
