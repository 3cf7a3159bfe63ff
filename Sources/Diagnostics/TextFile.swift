internal import ByteStreams

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Reading of whole text files, with the reason when one cannot be read.
package enum TextFile {
  /// Most bytes of a written file: more than anything that people write, and than the files of
  /// models.
  package static let longestWritten = 64 << 20
  /// Most bytes of a table of measurements, more than any, which is held whole
  /// (`CSVTable.mostFields`).
  package static let longestTable = 64 << 20
  /// Most bytes of a sweep's file: more than what any sweep keeps.
  package static let longestJournal = 1 << 30

  /// - Parameter limit: bytes after which reading is given up: a device may have no end.
  /// - Throws: `FileFailure` when the file is missing or unreadable, `InvalidInput` when it is not
  ///   UTF-8 or too long.
  package static func read(_ path: String, limit: Int = longestWritten) throws -> String {
    let bytes = try readBytes(path, limit: limit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw notUTF8(bytes, path)
    }
    return text
  }

  /// Whether something is there, be it readable or not.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 || errno != ENOENT && errno != ENOTDIR
  }

  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The contents of a file, a pipe or a device such as `/dev/stdin`, unpacked.
  package static func readBytes(_ path: String, limit: Int) throws -> [UInt8] {
    do throws(ByteStreamFailure) {
      return try ByteStream.contents(of: ByteSource(file: path), limit: limit)
    } catch {
      throw error.error
    }
  }

  /// Gives the contents of a plain file piece by piece, unpacked, however long they are; nothing of
  /// what can be read only once, or has no end.
  package static func readPieces(
    _ path: String, _ take: (UnsafeRawBufferPointer) -> Void
  ) throws {
    do throws(ByteStreamFailure) {
      let source = ByteSource(file: path)
      let stream = try ByteStream(source)
      guard source.isRepeatable else { return }
      let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 8)
      defer { piece.deallocate() }
      while case let count = try stream.read(into: piece), count > 0 {
        take(UnsafeRawBufferPointer(rebasing: piece[..<count]))
      }
    } catch {
      throw error.error
    }
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
