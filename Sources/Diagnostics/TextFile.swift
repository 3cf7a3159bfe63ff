#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Reading of whole text files, with the reason when one cannot be read.
package enum TextFile {
  /// - Throws: `FileFailure` when the file is missing or unreadable, `InvalidInput` when it is not
  ///   UTF-8.
  package static func read(_ path: String) throws -> String {
    let bytes = try readBytes(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw notUTF8(bytes, path)
    }
    return text
  }

  /// Whether something is there, be it readable or not.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 || !isMissing(errno)
  }

  /// The contents of a file, a pipe or a device such as `/dev/stdin`.
  package static func readBytes(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw FileFailure(
        Diagnostic(code: "file/is-directory", "expected a file, found a directory: \(path)"))
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size))
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = readPiece(descriptor, &piece)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      guard count > 0 else { return bytes }
      bytes += piece[..<count]
    }
  }

  private static func isMissing(_ error: Int32) -> Bool { error == ENOENT || error == ENOTDIR }

  private static func failure(_ path: String) -> FileFailure {
    let error = errno
    guard !isMissing(error) else {
      return FileFailure(
        Diagnostic(
          code: "file/missing", "no such file: \(path)", hint: "check the path, or run `ls`"))
    }
    return FileFailure(
      Diagnostic(
        code: "file/unreadable", "cannot read \(path): \(String(cString: strerror(error)))"))
  }

  package static func notUTF8(_ bytes: [UInt8], _ path: String) -> InvalidInput {
    let valid = longestValidPrefix(bytes)
    let line = bytes[..<valid].count { $0 == UInt8(ascii: "\n") } + 1
    return InvalidInput(
      Diagnostic(
        code: "file/not-utf8",
        "file is not UTF-8 text: byte \(valid) is 0x\(String(bytes[valid], radix: 16))",
        at: SourceLocation(file: path, line: line),
        hint: "save the file as UTF-8"))
  }

  private static func longestValidPrefix(_ bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var consumed = 0
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): consumed += UTF8.width(scalar)
      case .emptyInput: return min(consumed, bytes.count - 1)
      case .error: return min(consumed, bytes.count - 1)
      }
    }
  }
}

/// Outside, since the type has a `read` of its own.
private func readPiece(_ descriptor: Int32, _ piece: inout [UInt8]) -> Int {
  read(descriptor, &piece, piece.count)
}
