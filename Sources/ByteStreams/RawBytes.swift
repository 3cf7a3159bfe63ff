#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The bytes of a source as they lie there, one piece after the other.
final class RawBytes {
  let path: String
  private var descriptor: Int32 = -1
  private let contents: [UInt8]?
  private var position = 0

  init(_ source: ByteSource) throws(ByteStreamFailure) {
    path = source.path
    contents = source.contents
    guard contents == nil else { return }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let error = errno
      if error == ENOENT || error == ENOTDIR { throw .missing(path: path) }
      throw .unreadable(path: path, reason: String(cString: strerror(error)))
    }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw .directory(path: path)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Reads at least one byte into the buffer; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteStreamFailure) -> Int {
    guard let contents else { return try readFile(buffer) }
    let count = min(buffer.count, contents.count - position)
    contents.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<(position + count)]))
    }
    position += count
    return count
  }

  private func readFile(_ buffer: UnsafeMutableRawBufferPointer) throws(ByteStreamFailure) -> Int {
    while true {
      let count = fill(descriptor, buffer)
      if count >= 0 { return count }
      let error = errno
      guard error == EINTR else {
        throw .unreadable(path: path, reason: String(cString: strerror(error)))
      }
    }
  }
}

/// Outside, since the type has a `read` of its own.
private func fill(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, buffer.baseAddress, buffer.count)
}
