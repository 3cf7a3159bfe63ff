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
  /// What came while a pipe was asked whether anybody writes to it.
  private var early: UInt8?

  init(_ source: ByteSource) throws(ByteStreamFailure) {
    path = source.path
    contents = source.contents
    guard contents == nil else { return }
    // Without waiting: opening a pipe that nobody writes to would never return.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let error = errno
      if error == ENOENT || error == ENOTDIR { throw .missing(path: path) }
      throw .unreadable(path: path, reason: String(cString: strerror(error)))
    }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw .directory(path: path)
    }
    if status.st_mode & S_IFMT == S_IFIFO { try awaitWriter(source.patience) }
    let flags = fcntl(descriptor, F_GETFL)
    _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK)
  }

  /// A pipe that nobody has opened for writing reads as one that has ended; one whose writer takes
  /// its time says that it would block.
  private func awaitWriter(_ patience: Int32) throws(ByteStreamFailure) {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&state, 1, patience) == 0 else { return }
    var byte: UInt8 = 0
    switch withUnsafeMutableBytes(of: &byte, { fill(descriptor, $0) }) {
    case 0: throw .silent(path: path, seconds: Int(patience) / 1_000)
    case 1: early = byte
    default: break
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
    if let byte = early {
      buffer[0] = byte
      early = nil
      return 1
    }
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
