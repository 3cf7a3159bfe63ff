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
      guard let value = shortNumber() ?? wholeNumber() else { return nil }
      values.append(value)
    } while takeComma()
    return take("]") ? values.count - before : nil
  }

  /// A number of at most nineteen digits that a comma or a space follows; nil, without a move, for
  /// all others.
  @inline(__always)
  private mutating func shortNumber() -> UInt64? {
    guard end - position > 19, let base = bytes.baseAddress else { return nil }
    var place = base + position
    var digit = place.pointee &- 0x30
    guard digit < 10 else { return nil }
    let limit = place + 19
    var value: UInt64 = 0
    repeat {
      value = value &* 10 &+ UInt64(digit)
      place += 1
      digit = place.pointee &- 0x30
    } while digit < 10 && place < limit
    guard place.pointee == 0x2C || place.pointee == 0x20 else { return nil }
    position = place - base
    return value
  }

  /// Takes a comma and the spaces on both sides of it, of which one behind it is usual.
  @inline(__always)
  private mutating func takeComma() -> Bool {
    skipSpaces()
    guard position < end, bytes[position] == 0x2C else { return false }
    position += 1
    if position < end, bytes[position] == 0x20 { position += 1 }
    skipSpaces()
    return true
  }

  /// Takes a key that has this name, its colon and the spaces behind both; false, without a move,
  /// for any other.
  package mutating func takeKey(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let close = position + 1 + name.count
    guard close + 1 < end, bytes[position] == 0x22, bytes[close] == 0x22 else { return false }
    for index in 0..<name.count where bytes[position + 1 + index] != name[index] { return false }
    var place = close + 1
    while place < end, Self.isSpace(bytes[place]) { place += 1 }
    guard place < end, bytes[place] == 0x3A else { return false }
    position = place + 1
    skipSpaces()
    return true
  }
}
