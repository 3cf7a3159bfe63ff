/// The bits of a packed stream, the lowest of each byte first.
struct BitReader {
  private let raw: RawBytes
  private let input: UnsafeMutableRawBufferPointer
  private var position = 0
  private var filled: Int
  private var hasEnded = false
  private(set) var buffer: UInt64 = 0
  /// In the buffer, from the lowest on.
  private(set) var count = 0

  /// - Parameter input: of some size; what is in the beginning of it already is `filled`.
  init(_ raw: RawBytes, input: UnsafeMutableRawBufferPointer, filled: Int) {
    self.raw = raw
    self.input = input
    self.filled = filled
  }

  /// Makes at least 56 bits available, or all that are left.
  @inline(__always)
  mutating func refill() throws(ByteStreamFailure) {
    if filled - position >= 8 {
      let word = UInt64(
        littleEndian: input.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      buffer |= word &<< UInt64(count)
      let bytes = (63 - count) >> 3
      position += bytes
      count += bytes << 3
      return
    }
    try refillSlowly()
  }

  private mutating func refillSlowly() throws(ByteStreamFailure) {
    while count < 56 {
      if position == filled {
        guard !hasEnded else { return }
        position = 0
        filled = try raw.read(into: input)
        hasEnded = filled == 0
        guard !hasEnded else { return }
      }
      // The quick way leaves bits above `count` that are the same as these.
      buffer = buffer & ~(~0 &<< UInt64(count)) | UInt64(input[position]) &<< UInt64(count)
      position += 1
      count += 8
    }
  }

  @inline(__always)
  func peek(_ bits: Int) -> Int { Int(truncatingIfNeeded: buffer & ~(~0 &<< UInt64(bits))) }

  /// Goes on by bits that are there; false where the stream has ended before them.
  @inline(__always)
  mutating func skip(_ bits: Int) -> Bool {
    guard bits <= count else { return false }
    buffer &>>= UInt64(bits)
    count -= bits
    return true
  }

  /// A few bits; nil where the stream has ended before them.
  mutating func take(_ bits: Int) throws(ByteStreamFailure) -> Int? {
    if count < bits { try refill() }
    let value = peek(bits)
    return skip(bits) ? value : nil
  }

  mutating func skipToByte() { _ = skip(count & 7) }

  /// Whether nothing is left.
  mutating func isAtEnd() throws(ByteStreamFailure) -> Bool {
    if count == 0 { try refill() }
    return count == 0
  }
}
