internal import Diagnostics

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A result file that is there whole or not at all: written beside its place, then moved into it.
struct FileOutput {
  private let path: String
  private let temporary: String

  /// Checks the place before any work is done for it.
  ///
  /// - Throws: `FileFailure` when a file cannot be put there.
  init(path: String) throws {
    self.path = path
    let slash = path.lastIndex(of: "/")
    let directory = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    temporary = "\(directory)/.\(name).\(getpid()).partial"
    var status = stat()
    guard stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw Self.refusal("no such folder: \(directory)", hint: "create it: `mkdir -p \(directory)`")
    }
    if name.isEmpty || stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG {
      throw Self.refusal("not a plain file: \(path)")
    }
    guard access(directory, W_OK) == 0 else {
      throw Self.refusal("cannot write into the folder: \(directory)")
    }
  }

  func save(_ text: String) throws {
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o666)
    guard descriptor >= 0 else { throw unwritable() }
    var text = text
    var isWritten = text.withUTF8 {
      Self.writeAll(UnsafeRawBufferPointer($0), to: descriptor)
    }
    isWritten = close(descriptor) == 0 && isWritten
    if isWritten, rename(temporary, path) == 0 { return }
    let failure = unwritable()
    unlink(temporary)
    throw failure
  }

  static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest)
      let count = write(descriptor, piece.baseAddress, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private func unwritable() -> FileFailure {
    Self.refusal("cannot write \(path): \(String(cString: strerror(errno)))")
  }

  private static func refusal(_ message: String, hint: String? = nil) -> FileFailure {
    FileFailure(Diagnostic(code: "file/unwritable", message, hint: hint))
  }
}
