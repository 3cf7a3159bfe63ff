/// A canonical prefix code of DEFLATE, as a table that is looked up with the next bits.
///
/// An entry is `symbol << 8 | length`. Codes longer than the first table's bits lead to a second
/// one: `offset << 8 | bits | isLink`. 0 is no code.
///
/// Source: RFC 1951, section 3.2.2.
struct HuffmanTable {
  static let isLink: UInt32 = 0x80
  static let lengthMask: UInt32 = 0x7F

  private(set) var entries: [UInt32] = []
  let bits: Int

  /// - Parameter bits: of the first table.
  init(bits: Int) { self.bits = bits }

  /// - Returns: whether the lengths are those of a code: every sequence of bits has a meaning, or
  ///   there is only one symbol.
  mutating func build(_ lengths: UnsafeBufferPointer<UInt8>) -> Bool {
    var counts = [Int](repeating: 0, count: 16)
    for length in lengths { counts[Int(length)] += 1 }
    counts[0] = 0
    let used = counts.reduce(0, +)
    var left = 1
    for length in 1...15 {
      left = 2 * left - counts[length]
      if left < 0 { return false }
    }
    guard left == 0 || used <= 1 else { return false }
    entries = [UInt32](repeating: 0, count: 1 << bits)
    var codes = [Int](repeating: 0, count: 16)
    var code = 0
    for length in 1...15 {
      code = (code + counts[length - 1]) << 1
      codes[length] = code
    }
    let longest = counts.lastIndex { $0 > 0 } ?? 0
    for (symbol, length) in lengths.enumerated() where length > 0 {
      add(symbol, Self.reversed(codes[Int(length)], Int(length)), Int(length), longest)
      codes[Int(length)] += 1
    }
    return true
  }

  private mutating func add(_ symbol: Int, _ code: Int, _ length: Int, _ longest: Int) {
    let entry = UInt32(symbol << 8 | length)
    guard length > bits else {
      for index in stride(from: code, to: 1 << bits, by: 1 << length) { entries[index] = entry }
      return
    }
    let first = code & (1 << bits - 1)
    // As large as the longest code asks for: a few more entries than the prefix needs.
    let rest = longest - bits
    if entries[first] == 0 {
      entries[first] = UInt32(entries.count << 8 | rest) | Self.isLink
      entries += [UInt32](repeating: 0, count: 1 << rest)
    }
    let offset = Int(entries[first] >> 8)
    for index in stride(from: code >> bits, to: 1 << rest, by: 1 << (length - bits)) {
      entries[offset + index] = UInt32(symbol << 8 | length - bits)
    }
  }

  private static func reversed(_ code: Int, _ length: Int) -> Int {
    var (code, result) = (code, 0)
    for _ in 0..<length {
      result = result << 1 | code & 1
      code >>= 1
    }
    return result
  }
}
