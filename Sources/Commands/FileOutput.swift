internal import Diagnostics

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A result file that is there whole or not at all: written beside its place, then moved into it.
///
/// What a link points to is replaced, not the link. A pipe or a device is written to as it is.
struct FileOutput {
  private enum Target {
    /// - mode: of the file that is there already.
    case file(String, temporary: String, mode: mode_t?)
    case stream
    /// Standard output or error leads there already: opened again, it would begin anew.
    case descriptor(Int32)
  }

  private let path: String
  private let target: Target

  /// Checks the place before any work is done for it.
  ///
  /// - Throws: `FileFailure` when a file cannot be put there.
  init(path: String) throws {
    self.path = path
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw Self.unwritable(path) }
      target = try Self.file(at: Self.followingLinks(path), mode: nil)
      return
    }
    if let descriptor = [STDOUT_FILENO, STDERR_FILENO].first(where: { Self.leads($0, to: status) })
    {
      target = .descriptor(descriptor)
      return
    }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG || kind == S_IFIFO || kind == S_IFCHR else {
      throw Self.refusal("not a plain file: \(path)")
    }
    guard access(path, W_OK) == 0 else { throw Self.unwritable(path) }
    guard kind == S_IFREG else {
      target = .stream
      return
    }
    guard let resolved = realpath(path, nil) else { throw Self.unwritable(path) }
    defer { free(resolved) }
    target = try Self.file(at: String(cString: resolved), mode: status.st_mode & 0o7777)
  }

  /// Whether it is the same file, under whatever name.
  func replaces(_ file: String) -> Bool {
    var mine = stat()
    var other = stat()
    return stat(path, &mine) == 0 && stat(file, &other) == 0 && mine.st_mode & S_IFMT == S_IFREG
      && mine.st_dev == other.st_dev && mine.st_ino == other.st_ino
  }

  /// Whether both would come to be the same file, whether it is there already or not.
  func hasPlace(of other: FileOutput) -> Bool {
    guard case .file(let mine, _, _) = target, case .file(let theirs, _, _) = other.target else {
      return false
    }
    let (folder, name) = Self.parts(of: mine)
    let (otherFolder, otherName) = Self.parts(of: theirs)
    var status = stat()
    var otherStatus = stat()
    return name == otherName && stat(folder, &status) == 0 && stat(otherFolder, &otherStatus) == 0
      && status.st_dev == otherStatus.st_dev && status.st_ino == otherStatus.st_ino
  }

  var isStandardOutput: Bool {
    if case .descriptor(STDOUT_FILENO) = target { true } else { false }
  }

  func save(_ text: String) throws {
    switch target {
    case .file(let place, let temporary, let mode):
      try save(text, at: place, by: temporary, mode: mode)
    case .stream:
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      let isWritten = descriptor >= 0 && Self.writeAll(text, to: descriptor)
      guard isWritten, close(descriptor) == 0 else { throw Self.unwritable(path) }
    case .descriptor(let descriptor):
      guard Self.writeAll(text, to: descriptor) else { throw Self.unwritable(path) }
    }
  }

  static func writeAll(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)[...]
      while !rest.isEmpty {
        let piece = UnsafeRawBufferPointer(rebasing: rest)
        let count = write(descriptor, piece.baseAddress, piece.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }

  // MARK: Files

  private func save(
    _ text: String, at place: String, by temporary: String, mode: mode_t?
  ) throws {
    Interrupts.beginPolling()
    defer { Interrupts.endPolling() }
    // A process that was killed may have left one: in a container all have the same number.
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Self.unwritable(path) }
    if let mode { fchmod(descriptor, mode) }
    do {
      let isWritten = Self.writeAll(text, to: descriptor)
      guard close(descriptor) == 0, isWritten else { throw Self.unwritable(path) }
      try Interrupts.check()
      guard rename(temporary, place) == 0 else { throw Self.unwritable(path) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private static func file(at path: String, mode: mode_t?) throws -> Target {
    let (directory, name) = parts(of: path)
    guard TextFile.isFolder(directory) else {
      throw refusal("no such folder: \(directory)", hint: "create it: `mkdir -p \(directory)`")
    }
    guard !name.isEmpty else { throw refusal("not a plain file: \(path)") }
    guard access(directory, W_OK) == 0 else {
      throw refusal("cannot write into the folder: \(directory)")
    }
    let temporary = "\(directory)/.\(name).\(getpid()).partial"
    return .file(path, temporary: temporary, mode: mode)
  }

  /// Where a file that is not there yet would come to be.
  private static func followingLinks(_ path: String) -> String {
    var place = path
    // As many as systems follow; a circle is none of them, since then there is another error.
    for _ in 0..<40 {
      var target = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(place, &target, target.count)
      guard count > 0 else { break }
      let link = String(decoding: target[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
      place = link.hasPrefix("/") ? link : "\(parts(of: place).directory)/\(link)"
    }
    return place
  }

  private static func parts(of path: String) -> (directory: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let directory = slash == path.startIndex ? "/" : String(path[..<slash])
    return (directory, String(path[path.index(after: slash)...]))
  }

  private static func leads(_ descriptor: Int32, to file: stat) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_dev == file.st_dev
      && status.st_ino == file.st_ino
  }

  private static func unwritable(_ path: String) -> FileFailure {
    refusal("cannot write \(path): \(String(cString: strerror(errno)))")
  }

  private static func refusal(_ message: String, hint: String? = nil) -> FileFailure {
    FileFailure(Diagnostic(code: "file/unwritable", message, hint: hint))
  }
}
