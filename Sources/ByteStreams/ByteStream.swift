/// The bytes of a source in pieces, unpacked where it is packed with gzip.
///
///     let stream = try ByteStream(ByteSource(file: "trace.jsonl.gz"))
///     while case let count = try stream.read(into: buffer), count > 0 { ... }
///
/// It holds a few hundred kilobytes, however long the source is.
package final class ByteStream {
  package let path: String
  private let raw: RawBytes
  /// Bytes of the beginning, which was looked at to know how it is packed.
  private var beginning: [UInt8]
  private var taken = 0
  private let unpacked: GzipBytes?

  package init(_ source: ByteSource) throws(ByteStreamFailure) {
    path = source.path
    raw = try RawBytes(source)
    beginning = []
    // A pipe may give one byte at a time.
    let piece = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Packing.longestMark, alignment: 1)
    defer { piece.deallocate() }
    while beginning.count < Packing.longestMark {
      let room = piece[..<(Packing.longestMark - beginning.count)]
      let count = try raw.read(into: UnsafeMutableRawBufferPointer(rebasing: room))
      guard count > 0 else { break }
      beginning += piece[..<count]
    }
    switch Packing(beginning) {
    case .none: unpacked = nil
    case .gzip: unpacked = GzipBytes(raw, beginning: beginning)
    case .other(let unpacker): throw .packed(path: path, unpacker: unpacker)
    }
  }

  package var isPacked: Bool { unpacked != nil }

  /// Reads at least one byte into the buffer; 0 at the end.
  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteStreamFailure) -> Int {
    if let unpacked { return try unpacked.read(into: buffer) }
    guard taken < beginning.count else { return try raw.read(into: buffer) }
    let count = min(buffer.count, beginning.count - taken)
    for index in 0..<count { buffer[index] = beginning[taken + index] }
    taken += count
    return count
  }

  /// The whole contents of a source.
  ///
  /// - Parameters:
  ///   - limit: bytes after which reading is given up: a device may have no end.
  ///   - longestLine: bytes without a line end after which it is given up too.
  package static func contents(
    of source: ByteSource, limit: Int, longestLine: Int = LineReader.longestLine
  ) throws(ByteStreamFailure) -> [UInt8] {
    let stream = try ByteStream(source)
    var bytes: [UInt8] = []
    var lineStart = 0
    bytes.reserveCapacity(Int(min(source.size ?? 0, Int64(limit))))
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 8)
    defer { piece.deallocate() }
    while true {
      let count = try stream.read(into: piece)
      guard count > 0 else { return bytes }
      guard bytes.count + count <= limit else { throw .tooLong(path: source.path, limit: limit) }
      if let end = piece[..<count].lastIndex(of: 0x0A) { lineStart = bytes.count + end + 1 }
      bytes += piece[..<count]
      guard bytes.count - lineStart <= longestLine else {
        let line = bytes.count { $0 == 0x0A } + 1
        throw .lineTooLong(path: source.path, line: line, limit: longestLine)
      }
    }
  }
}

/// How a source is packed, by how it begins.
enum Packing: Equatable {
  case none, gzip
  /// Packed in a way that only another program undoes.
  case other(unpacker: String)

  static let longestMark = 6

  private static let marks: [(bytes: [UInt8], packing: Packing)] = [
    ([0x1F, 0x8B], .gzip),
    ([0x28, 0xB5, 0x2F, 0xFD], .other(unpacker: "zstd -d")),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .other(unpacker: "xz -d")),
    ([0x42, 0x5A, 0x68], .other(unpacker: "bzip2 -d")),
    ([0x04, 0x22, 0x4D, 0x18], .other(unpacker: "lz4 -d")),
    ([0x50, 0x4B, 0x03, 0x04], .other(unpacker: "unzip")),
  ]

  init(_ beginning: [UInt8]) {
    self = Self.marks.first { beginning.starts(with: $0.bytes) }?.packing ?? .none
  }
}
