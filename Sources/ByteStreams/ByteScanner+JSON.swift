// Values of JSON (RFC 8259), each with the spaces after it.
extension ByteScanner {
  /// What stands between two quotes, as it is written: escapes are not replaced.
  package mutating func string() -> UnsafeBufferPointer<UInt8>? {
    guard next == 0x22 else { return nil }
    var place = position + 1
    while place < end, bytes[place] != 0x22 {
      place += bytes[place] == 0x5C ? 2 : 1
    }
    guard place < end else { return nil }
    let text = UnsafeBufferPointer(rebasing: bytes[(position + 1)..<place])
    position = place + 1
    skipSpaces()
    return text
  }

  /// Passes over a value of any kind; false where there is none, or not all of it.
  package mutating func skipValue() -> Bool {
    switch next {
    case 0x22: return string() != nil
    case 0x7B, 0x5B: return skipNested()
    default: return skipPlain()
    }
  }

  /// A number or a word.
  private mutating func skipPlain() -> Bool {
    var place = position
    while place < end, Self.isPlain(bytes[place]) { place += 1 }
    guard place > position else { return false }
    let first = bytes[position]
    let isNumber = first == 0x2D || Self.isDigit(first)
    if !isNumber, !["true", "false", "null", "NaN"].contains(where: isWord(until: place)) {
      return false
    }
    position = place
    skipSpaces()
    return true
  }

  private func isWord(until place: Int) -> (String) -> Bool {
    { $0.utf8.elementsEqual(bytes[position..<place]) }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == 0x2D || byte == 0x2B || byte == 0x2E || (byte | 0x20) &- 0x61 < 26
  }

  /// Passes over an object or an array by its brackets; what is between them is not looked at.
  private mutating func skipNested() -> Bool {
    var depth = 0
    var place = position
    while place < end {
      switch bytes[place] {
      case 0x22:
        place += 1
        while place < end, bytes[place] != 0x22 { place += bytes[place] == 0x5C ? 2 : 1 }
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D: depth -= 1
      default: break
      }
      place += 1
      if depth == 0 {
        guard place <= end else { return false }
        position = place
        skipSpaces()
        return true
      }
    }
    return false
  }

  /// Numbers of an array, added to `values`; nil where one is not a whole number, with the position
  /// at it, or where there is no array.
  package mutating func wholeNumbers(into values: inout [UInt64]) -> Int? {
    guard take("[") else { return nil }
    if take("]") { return 0 }
    let before = values.count
    repeat {
      guard let value = wholeNumber() else { return nil }
      values.append(value)
      skipSpaces()
    } while take(",")
    return take("]") ? values.count - before : nil
  }
}
