/// Blanks comments and the text of string literals, so that rules see code only.
///
/// Line breaks stay, interpolated code stays, and the result is ASCII of the same length in bytes.
/// Knows no regular expression literals.
struct CodeMasker {
  private let bytes: [UInt8]
  private var output: [UInt8] = []
  private var index = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
    output.reserveCapacity(bytes.count)
  }

  mutating func masked() -> String {
    code(isInterpolated: false)
    return String(decoding: output, as: UTF8.self)
  }

  private func byte(_ distance: Int) -> UInt8 {
    index + distance < bytes.count ? bytes[index + distance] : 0
  }

  private mutating func copy() {
    output.append(bytes[index] < 0x80 ? bytes[index] : UInt8(ascii: "x"))
    index += 1
  }

  private mutating func blank(_ count: Int = 1) {
    for _ in 0..<count where index < bytes.count {
      output.append(bytes[index] == UInt8(ascii: "\n") ? bytes[index] : UInt8(ascii: " "))
      index += 1
    }
  }

  /// - Parameter isInterpolated: ends with the parenthesis that closes the interpolation.
  private mutating func code(isInterpolated: Bool) {
    var depth = 0
    while index < bytes.count {
      switch (bytes[index], byte(1)) {
      case (UInt8(ascii: "/"), UInt8(ascii: "/")):
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { blank() }
      case (UInt8(ascii: "/"), UInt8(ascii: "*")):
        blockComment()
      case (UInt8(ascii: "\""), _):
        literal(hashes: 0)
      case (UInt8(ascii: "#"), _):
        var hashes = 1
        while byte(hashes) == UInt8(ascii: "#") { hashes += 1 }
        if byte(hashes) == UInt8(ascii: "\"") {
          blank(hashes)
          literal(hashes: hashes)
        } else {
          copy()
        }
      case (UInt8(ascii: "("), _):
        depth += 1
        copy()
      case (UInt8(ascii: ")"), _):
        depth -= 1
        copy()
        if isInterpolated && depth == 0 { return }
      default:
        copy()
      }
    }
  }

  private mutating func blockComment() {
    var depth = 0
    repeat {
      switch (byte(0), byte(1)) {
      case (UInt8(ascii: "/"), UInt8(ascii: "*")):
        depth += 1
        blank(2)
      case (UInt8(ascii: "*"), UInt8(ascii: "/")):
        depth -= 1
        blank(2)
      default:
        blank()
      }
    } while depth > 0 && index < bytes.count
  }

  private mutating func literal(hashes: Int) {
    let quote = UInt8(ascii: "\"")
    let quotes = byte(1) == quote && byte(2) == quote ? 3 : 1
    blank(quotes)
    while index < bytes.count {
      if isRun(of: quote, quotes, at: 0), isRun(of: UInt8(ascii: "#"), hashes, at: quotes) {
        blank(quotes + hashes)
        return
      }
      if bytes[index] == UInt8(ascii: "\\"), isRun(of: UInt8(ascii: "#"), hashes, at: 1) {
        blank(1 + hashes)
        if byte(0) == UInt8(ascii: "(") { code(isInterpolated: true) } else { blank() }
      } else {
        blank()
      }
    }
  }

  private func isRun(of wanted: UInt8, _ count: Int, at start: Int) -> Bool {
    (0..<count).allSatisfy { byte(start + $0) == wanted }
  }
}
