/// The unpacked bytes of a gzip file: of all its members, one after the other.
///
/// The checksum and the length at the end of each member are compared: what comes out is what went
/// in, or the reading fails.
///
/// Source: RFC 1952.
final class GzipBytes {
  private let path: String
  private let window: UnsafeMutablePointer<UInt8>
  private let input: UnsafeMutableRawBufferPointer
  private var bits: BitReader
  private var inflater = Inflater()
  private var crc = CRC32()
  private var length: UInt32 = 0
  private var isInMember = false
  private var hasEnded = false
  /// Why there is no more; what was unpacked before is given out first.
  private var failure: ByteStreamFailure?
  /// Bytes of the window that were given out.
  private var given = 0
  /// Bytes of the window that are unpacked.
  private var end = 0

  private static let capacity = Inflater.reach + 1 << 18

  init(_ raw: RawBytes, beginning: [UInt8]) {
    path = raw.path
    window = .allocate(capacity: Self.capacity)
    input = .allocate(byteCount: 1 << 16, alignment: 8)
    for (index, byte) in beginning.enumerated() { input[index] = byte }
    bits = BitReader(raw, input: input, filled: beginning.count)
  }

  deinit {
    window.deallocate()
    input.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteStreamFailure) -> Int {
    while given == end {
      if let failure { throw failure }
      guard !hasEnded else { return 0 }
      try produce()
    }
    let count = min(buffer.count, end - given)
    buffer.copyMemory(from: UnsafeRawBufferPointer(start: window + given, count: count))
    given += count
    return count
  }

  /// Unpacks some more, or goes to the next member.
  private func produce() throws(ByteStreamFailure) {
    if !isInMember { return try beginMember() }
    keepReach()
    let start = end
    switch try inflater.run(&bits, window, &end, capacity: Self.capacity) {
    case .produced: break
    case .truncated: failure = .truncated(path: path)
    case .corrupt(let reason): failure = .corrupt(path: path, reason: reason)
    }
    guard failure == nil else { return }
    crc.add(UnsafeRawBufferPointer(start: window + start, count: end - start))
    length &+= UInt32(truncatingIfNeeded: end - start)
    if inflater.hasEnded { try endMember() }
  }

  /// Keeps what copies reach back to, and makes room behind it.
  private func keepReach() {
    guard end > Inflater.reach else { return }
    let kept = window + (end - Inflater.reach)
    // The two parts overlap where little was unpacked.
    for index in 0..<Inflater.reach { window[index] = kept[index] }
    end = Inflater.reach
    given = end
  }

  private func beginMember() throws(ByteStreamFailure) {
    guard try !bits.isAtEnd() else {
      hasEnded = true
      return
    }
    let mark = try number(bytes: 2)
    // Some writers fill the file up with zeros.
    guard mark == 0x8B1F else {
      guard mark == 0 else { throw .corrupt(path: path, reason: "bytes after its end") }
      hasEnded = true
      return
    }
    guard try number(bytes: 1) == 8 else {
      throw .corrupt(path: path, reason: "it is packed by another method than DEFLATE")
    }
    let flags = try number(bytes: 1)
    _ = try number(bytes: 4)
    _ = try number(bytes: 2)
    if flags & 4 != 0 {
      for _ in 0..<(try number(bytes: 2)) { _ = try number(bytes: 1) }
    }
    // A name and a comment, each up to a zero.
    for flag in [8, 16] where flags & flag != 0 {
      while try number(bytes: 1) != 0 {}
    }
    if flags & 2 != 0 { _ = try number(bytes: 2) }
    inflater = Inflater()
    crc = CRC32()
    length = 0
    isInMember = true
  }

  private func endMember() throws(ByteStreamFailure) {
    isInMember = false
    bits.skipToByte()
    let sum = try number(bytes: 4)
    let size = try number(bytes: 4)
    guard sum == Int(crc.value) else {
      throw .corrupt(path: path, reason: "its checksum is not that of its contents")
    }
    guard size == Int(length) else {
      throw .corrupt(path: path, reason: "its length is not that of its contents")
    }
  }

  private func number(bytes: Int) throws(ByteStreamFailure) -> Int {
    var value = 0
    for index in 0..<bytes {
      guard let byte = try bits.take(8) else { throw .truncated(path: path) }
      value |= byte << (8 * index)
    }
    return value
  }
}
