#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

// Fields of a table (RFC 4180).
extension ByteScanner {
  package enum Field {
    case text(UnsafeBufferPointer<UInt8>)
    /// A field between quotes, as it is written: a doubled quote stands for one.
    case quoted(UnsafeBufferPointer<UInt8>)
    /// No other quote follows the one that begins it.
    case unclosed

    package var text: UnsafeBufferPointer<UInt8> {
      switch self {
      case .text(let text), .quoted(let text): text
      case .unclosed: UnsafeBufferPointer(start: nil, count: 0)
      }
    }

    /// The text with each doubled quote as the one that it stands for.
    package var words: String {
      let text = String(decoding: text, as: UTF8.self)
      if case .quoted = self { return text.replacing("\"\"", with: "\"") }
      return text
    }
  }

  /// The field at the position, which moves to the delimiter behind it, or to the end.
  package mutating func field(_ delimiter: UInt8) -> Field {
    if next == 0x22 { return quotedField(delimiter) }
    let start = position
    position = fieldEnd(delimiter)
    return .text(UnsafeBufferPointer(rebasing: bytes[start..<position]))
  }

  /// Whether there is another field behind the delimiter at the position. Any number of spaces is
  /// one, and none at the end of a line.
  package mutating func takeDelimiter(_ delimiter: UInt8) -> Bool {
    guard position < end, bytes[position] == delimiter else { return false }
    position += 1
    guard delimiter == 0x20 else { return true }
    skipSpaces()
    return position < end
  }

  private func fieldEnd(_ delimiter: UInt8) -> Int {
    // A few bytes: a loop is quicker than a call.
    var place = position
    while place < end, bytes[place] != delimiter { place += 1 }
    return place
  }

  private mutating func quotedField(_ delimiter: UInt8) -> Field {
    let start = position + 1
    guard var close = closingQuote(from: start) else {
      position = end
      return .unclosed
    }
    let text = UnsafeBufferPointer(rebasing: bytes[start..<close])
    close += 1
    position = close
    // What follows the quote belongs to no field; it is passed over with it.
    position = fieldEnd(delimiter)
    return position == close ? .quoted(text) : .text(text)
  }

  /// Position of the quote that ends a field; nil where there is none.
  package func closingQuote(from start: Int) -> Int? {
    var place = start
    while place < end {
      guard let found = memchr(bytes.baseAddress! + place, 0x22, end - place) else { return nil }
      place = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - bytes.baseAddress!
      guard place + 1 < end, bytes[place + 1] == 0x22 else { return place }
      place += 2
    }
    return nil
  }
}
