/// Unpacks a DEFLATE stream.
///
/// What is unpacked lies in a window that it owns: the last 32 KiB before, which copies reach back
/// to, and then what is new.
///
/// Source: RFC 1951.
struct Inflater {
  private enum State {
    case blockHeader
    case stored(left: Int)
    case coded
    /// A copy that the window had no room for.
    case copying(length: Int, distance: Int)
    case ended
  }

  enum Outcome: Equatable {
    /// The window is full, or the stream has ended: `hasEnded`.
    case produced
    case truncated
    case corrupt(String)
  }

  static let reach = 1 << 15

  private var state = State.blockHeader
  private var isLast = false
  private var literals = HuffmanTable(bits: 11)
  private var distances = HuffmanTable(bits: 8)
  /// Unpacked since the start, as far as copies may reach.
  private var history = 0

  var hasEnded: Bool { if case .ended = state { true } else { false } }

  /// Unpacks until the window is full or the stream ends.
  ///
  /// - Parameters:
  ///   - window: the last `reach` bytes before, then room.
  ///   - end: how much of it is in use; moved on.
  mutating func run(
    _ bits: inout BitReader, _ window: UnsafeMutablePointer<UInt8>, _ end: inout Int,
    capacity: Int
  ) throws(ByteStreamFailure) -> Outcome {
    while end < capacity {
      let before = end
      let outcome: Outcome
      switch state {
      case .ended: return .produced
      case .blockHeader: outcome = try readHeader(&bits)
      case .stored(let left):
        outcome = try copyStored(left, &bits, window, &end, capacity)
      case .coded: outcome = try decode(&bits, window, &end, capacity)
      case .copying(let length, let distance):
        copy(length, distance, window, &end, capacity)
        outcome = .produced
      }
      history = min(Self.reach, history + end - before)
      guard outcome == .produced else { return outcome }
    }
    return .produced
  }

  // MARK: Blocks

  private mutating func readHeader(_ bits: inout BitReader) throws(ByteStreamFailure) -> Outcome {
    guard !isLast else {
      state = .ended
      return .produced
    }
    guard let header = try bits.take(3) else { return .truncated }
    isLast = header & 1 == 1
    switch header >> 1 {
    case 0:
      bits.skipToByte()
      guard let length = try bits.take(16), let inverse = try bits.take(16) else {
        return .truncated
      }
      guard length == ~inverse & 0xFFFF else { return .corrupt("a stored block has no length") }
      state = .stored(left: length)
    case 1:
      setFixedCodes()
      state = .coded
    case 2:
      let outcome = try readCodes(&bits)
      guard outcome == .produced else { return outcome }
      state = .coded
    default: return .corrupt("a block is of no known kind")
    }
    return .produced
  }

  private mutating func setFixedCodes() {
    var lengths = [UInt8](repeating: 8, count: 288)
    for symbol in 144..<256 { lengths[symbol] = 9 }
    for symbol in 256..<280 { lengths[symbol] = 7 }
    _ = lengths.withUnsafeBufferPointer { literals.build($0) }
    let fives = [UInt8](repeating: 5, count: 32)
    _ = fives.withUnsafeBufferPointer { distances.build($0) }
  }

  private static let codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  private mutating func readCodes(_ bits: inout BitReader) throws(ByteStreamFailure) -> Outcome {
    guard let counts = try bits.take(14) else { return .truncated }
    let (literalCount, distanceCount) = (counts & 31 + 257, counts >> 5 & 31 + 1)
    guard literalCount <= 286, distanceCount <= 30 else { return .corrupt("too many codes") }
    var lengths = [UInt8](repeating: 0, count: 19)
    for index in 0..<(counts >> 10 + 4) {
      guard let length = try bits.take(3) else { return .truncated }
      lengths[Self.codeOrder[index]] = UInt8(length)
    }
    var code = HuffmanTable(bits: 7)
    guard lengths.withUnsafeBufferPointer({ code.build($0) }) else {
      return .corrupt("the code of code lengths is none")
    }
    let all = literalCount + distanceCount
    lengths = []
    while lengths.count < all {
      try bits.refill()
      let entry = code.entries[bits.peek(7)]
      guard entry != 0 else { return bits.count < 7 ? .truncated : .corrupt("a length is no code") }
      guard bits.skip(Int(entry & HuffmanTable.lengthMask)) else { return .truncated }
      let symbol = UInt8(entry >> 8)
      guard symbol > 15 else {
        lengths.append(symbol)
        continue
      }
      guard symbol > 16 || !lengths.isEmpty else { return .corrupt("nothing is there to repeat") }
      let value = symbol == 16 ? lengths[lengths.count - 1] : 0
      guard let more = try bits.take(symbol == 16 ? 2 : symbol == 17 ? 3 : 7) else {
        return .truncated
      }
      let count = more + (symbol == 18 ? 11 : 3)
      guard lengths.count + count <= all else { return .corrupt("too many code lengths") }
      lengths += [UInt8](repeating: value, count: count)
    }
    guard lengths[256] > 0 else { return .corrupt("a block has no end") }
    let isSound = lengths.withUnsafeBufferPointer {
      literals.build(UnsafeBufferPointer(rebasing: $0[..<literalCount]))
        && distances.build(UnsafeBufferPointer(rebasing: $0[literalCount...]))
    }
    return isSound ? .produced : .corrupt("a code is none")
  }

  // MARK: Contents

  private mutating func copyStored(
    _ left: Int, _ bits: inout BitReader, _ window: UnsafeMutablePointer<UInt8>, _ end: inout Int,
    _ capacity: Int
  ) throws(ByteStreamFailure) -> Outcome {
    let count = min(left, capacity - end)
    for _ in 0..<count {
      guard let byte = try bits.take(8) else { return .truncated }
      window[end] = UInt8(byte)
      end += 1
    }
    state = left == count ? .blockHeader : .stored(left: left - count)
    return .produced
  }

  private mutating func copy(
    _ length: Int, _ distance: Int, _ window: UnsafeMutablePointer<UInt8>, _ end: inout Int,
    _ capacity: Int
  ) {
    let count = min(length, capacity - end)
    // Byte by byte: a copy may reach into itself, which repeats a pattern.
    for index in 0..<count { window[end + index] = window[end + index - distance] }
    end += count
    state = count == length ? .coded : .copying(length: length - count, distance: distance)
  }

  private mutating func decode(
    _ bits: inout BitReader, _ window: UnsafeMutablePointer<UInt8>, _ end: inout Int,
    _ capacity: Int
  ) throws(ByteStreamFailure) -> Outcome {
    let start = end
    while end < capacity {
      // A literal or length, a distance and their further bits take at most 48.
      try bits.refill()
      let entry = Self.find(literals, bits)
      guard entry != 0 else { return Self.noCode(bits) }
      guard bits.skip(Int(entry & 0xFF)) else { return .truncated }
      let symbol = Int(entry >> 8)
      if symbol < 256 {
        window[end] = UInt8(truncatingIfNeeded: symbol)
        end += 1
        continue
      }
      guard symbol > 256 else {
        state = .blockHeader
        return .produced
      }
      guard symbol < 286 else { return .corrupt("a length is none") }
      let (lengthBits, lengthBase) = Self.lengths[symbol - 257]
      let length = lengthBase + bits.peek(lengthBits)
      guard bits.skip(lengthBits) else { return .truncated }
      let code = Self.find(distances, bits)
      guard code != 0 else { return Self.noCode(bits) }
      guard bits.skip(Int(code & 0xFF)), code >> 8 < 30 else {
        return code >> 8 < 30 ? .truncated : .corrupt("a distance is none")
      }
      let (distanceBits, distanceBase) = Self.distances[Int(code >> 8)]
      let distance = distanceBase + bits.peek(distanceBits)
      guard bits.skip(distanceBits) else { return .truncated }
      guard distance <= history + end - start else {
        return .corrupt("a copy reaches back beyond the beginning")
      }
      copy(length, distance, window, &end, capacity)
      if case .copying = state { return .produced }
    }
    return .produced
  }

  /// The entry for the next bits, with the length of the whole code; 0 where they are no code.
  @inline(__always)
  private static func find(_ table: borrowing HuffmanTable, _ bits: borrowing BitReader) -> UInt32 {
    table.entries.withUnsafeBufferPointer { entries in
      let entry = entries[bits.peek(table.bits)]
      guard entry & HuffmanTable.isLink != 0 else { return entry }
      let index = bits.peek(table.bits + Int(entry & HuffmanTable.lengthMask)) >> table.bits
      let second = entries[Int(entry >> 8) + index]
      return second == 0 ? 0 : second + UInt32(table.bits)
    }
  }

  private static func noCode(_ bits: BitReader) -> Outcome {
    bits.count < 15 ? .truncated : .corrupt("the bits are no code")
  }

  /// Further bits and the smallest value of each length and distance symbol.
  private static let lengths = extras(groups: 4, from: 3, count: 28) + [(0, 258)]
  private static let distances = extras(groups: 2, from: 1, count: 30)

  private static func extras(groups: Int, from: Int, count: Int) -> [(bits: Int, base: Int)] {
    var base = from
    return (0..<count).map { index in
      let bits = max(0, index / groups - 1)
      defer { base += 1 << bits }
      return (bits, base)
    }
  }
}
