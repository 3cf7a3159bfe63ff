#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The lines of a source, one at a time, in a buffer that is as long as the longest of them.
///
///     let lines = try LineReader(source)
///     while let line = try lines.next() { ... }
///
/// Lines end in LF or CR LF, and are given without their end. A byte order mark is passed over.
package final class LineReader {
  package let path: String
  private let stream: ByteStream
  private let limit: Int
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// Where the line that `next` gave begins in the buffer.
  private var start = 0
  /// Where that line ends, without its line end.
  private var lineEnd = 0
  /// Where the next line begins, and what has been read ends.
  private var following = 0
  private var filled = 0
  private var hasEnded = false
  private var checksum: CRC32?

  /// Counted from 1; of a line that was extended, its first.
  package private(set) var number = 0
  /// The last one that was read.
  package private(set) var lastNumber = 0
  /// Whether the last line that was read ends with a line end.
  package private(set) var isTerminated = true
  /// Unpacked.
  package private(set) var bytesRead: Int64 = 0

  /// Longer than any line of a trace; a device that never ends has no lines at all.
  package static let longestLine = 64 << 20

  /// - Parameter checks: whether a checksum is kept of all that is read.
  package init(
    _ source: ByteSource, limit: Int = longestLine, checks: Bool = false
  ) throws(ByteStreamFailure) {
    path = source.path
    stream = try ByteStream(source)
    self.limit = limit
    checksum = checks ? CRC32() : nil
    capacity = min(1 << 18, limit)
    buffer = .allocate(capacity: capacity)
    while filled < 3, !hasEnded { try fill() }
    following = ByteOrderMark.length(UnsafeBufferPointer(start: buffer, count: filled))
  }

  deinit { buffer.deallocate() }

  /// CRC-32 of everything, once it is read.
  package var crc: UInt32? { hasEnded ? checksum?.value : nil }

  /// The next line, until the one after it is asked for; nil at the end.
  package func next() throws(ByteStreamFailure) -> UnsafeBufferPointer<UInt8>? {
    start = following
    number = lastNumber + 1
    return try readLine(from: start)
  }

  /// The last line and the one after it as one, the line end between them included; nil at the end.
  package func extend() throws(ByteStreamFailure) -> UnsafeBufferPointer<UInt8>? {
    let scanned = following
    guard try readLine(from: scanned) != nil else { return nil }
    return UnsafeBufferPointer(start: buffer + start, count: lineEnd - start)
  }

  /// Finds the end of a line that begins at or after `start`.
  private func readLine(from first: Int) throws(ByteStreamFailure) -> UnsafeBufferPointer<UInt8>? {
    // Offsets from `start` outlive the moves of the buffer.
    var scanned = first - start
    while true {
      let count = filled - start - scanned
      if count > 0, let found = memchr(buffer + start + scanned, 0x0A, count) {
        let end = found.assumingMemoryBound(to: UInt8.self) - buffer
        following = end + 1
        return line(until: end, isTerminated: true)
      }
      scanned = filled - start
      guard !hasEnded else { break }
      try fill()
    }
    guard filled > following else { return nil }
    following = filled
    return line(until: filled, isTerminated: false)
  }

  private func line(until end: Int, isTerminated: Bool) -> UnsafeBufferPointer<UInt8> {
    lastNumber += 1
    let hasReturn = end > start && buffer[end - 1] == 0x0D
    lineEnd = hasReturn ? end - 1 : end
    self.isTerminated = isTerminated || hasReturn
    return UnsafeBufferPointer(start: buffer + start, count: lineEnd - start)
  }

  /// Reads more, behind what is there of the line at hand.
  private func fill() throws(ByteStreamFailure) {
    if start > 0 {
      memmove(buffer, buffer + start, filled - start)
      filled -= start
      following -= start
      start = 0
    }
    if filled == capacity {
      guard capacity < limit else {
        throw .lineTooLong(path: path, line: max(1, lastNumber + 1), limit: limit)
      }
      grow(to: min(2 * capacity, limit))
    }
    let room = UnsafeMutableRawBufferPointer(start: buffer + filled, count: capacity - filled)
    let count = try stream.read(into: room)
    if count == 0 { hasEnded = true }
    checksum?.add(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<count]))
    bytesRead += Int64(count)
    filled += count
  }

  private func grow(to size: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    larger.update(from: buffer, count: filled)
    buffer.deallocate()
    buffer = larger
    capacity = size
  }
}
