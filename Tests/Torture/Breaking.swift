import Statistics

/// Files that somebody has broken.
enum Breaking {
  private static let words = [
    "99999999999999999999", "-1", "0", "nan", ".inf", "1e400", "1e-400", "\u{0}", "\u{1B}[2J",
    "::error::x", "[", "{", "}", "]", "*a", "&a", "? ", "!!binary x", "0x10", "'", "\"", "\\",
    "null", "true", "~", "\u{202E}", "\u{FEFF}", "1 req/s", "1 GB", ": ", "- ", "|", "\t", ",,",
    "=1+1", "2147483648", "9223372036854775807", "1e9", "0.5",
  ]

  /// Up to three changes; one of them mostly.
  static func broken(_ lines: [String], _ random: inout RandomStream) -> [String] {
    var draw = Draw(random: random)
    defer { random = draw.random }
    var lines = lines
    for _ in 0..<draw.pick([1, 1, 1, 2, 3]) where !lines.isEmpty { change(&lines, &draw) }
    return lines
  }

  private static func change(_ lines: inout [String], _ draw: inout Draw) {
    let index = draw.whole(0...lines.count - 1)
    switch draw.whole(0...8) {
    case 0: lines.remove(at: index)
    case 1: lines.insert(lines[index], at: index)
    case 2: lines.swapAt(index, draw.whole(0...lines.count - 1))
    case 3:
      // Cut off in the middle of a line.
      lines = Array(lines[...index])
      lines[index] = String(lines[index].prefix(draw.whole(0...max(0, lines[index].count))))
    case 4, 5: lines[index] = numberReplaced(lines[index], &draw)
    case 6: lines[index] = inserted(draw.pick(words), lines[index], &draw)
    case 7:
      var text = Array(lines[index].unicodeScalars)
      guard !text.isEmpty else { return }
      text[draw.whole(0...text.count - 1)] = Unicode.Scalar(UInt8(draw.whole(1...255)))
      lines[index] = String(String.UnicodeScalarView(text))
    default: lines[index] = lines[index].replacing(": ", with: ": -", maxReplacements: 1)
    }
  }

  private static func numberReplaced(_ line: String, _ draw: inout Draw) -> String {
    let numbers = line.ranges(of: /[0-9]+/)
    guard !numbers.isEmpty else { return inserted(draw.pick(words), line, &draw) }
    return line.replacingCharacters(in: draw.pick(numbers), with: draw.pick(words))
  }

  private static func inserted(_ word: String, _ line: String, _ draw: inout Draw) -> String {
    let place = line.index(line.startIndex, offsetBy: draw.whole(0...line.count))
    return line.replacingCharacters(in: place..<place, with: word)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
