internal import Diagnostics
internal import Planning
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The file that a sweep streams its cases into. Every line is written at once and at the end of
/// the file, so that whenever the program is killed the file is whole but for its last line, which
/// the next run of the same sweep cuts off before it goes on.
final class SweepFile: Sendable {
  private let path: String
  private let descriptor: Int32
  /// What was there.
  let journal: SweepJournal
  /// Why a line could not be written.
  private let failure = Mutex<FileFailure?>(nil)

  /// - Throws: `InvalidInput` when another sweep is there, `FileFailure` when the file cannot be
  ///   used or another process is using it.
  init(path: String, header: SweepHeader) throws {
    self.path = path
    let headerLine = try SweepJournal.line(header)
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o666)
    guard descriptor >= 0 else { throw Self.unwritable(path) }
    do {
      journal = try Self.prepare(descriptor, path, header, headerLine)
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  /// From any thread.
  func append(_ line: String) {
    failure.withLock { failure in
      guard failure == nil else { return }
      if !FileOutput.writeAll(line, to: descriptor) { failure = Self.unwritable(path) }
    }
  }

  var hasFailed: Bool { failure.withLock { $0 != nil } }

  /// - Throws: `FileFailure` when a line could not be written.
  func check() throws {
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  /// Puts all lines in their order, unless they are.
  func finish(_ lines: [String]) throws {
    try check()
    let text = journal.headerLine + lines.joined()
    let isOrdered = zip(journal.lines, journal.lines.dropFirst())
      .allSatisfy { $0.record.index < $1.record.index }
    if isOrdered, journal.lines.count == lines.count { return }
    try FileOutput(path: path).save(text)
  }

  // MARK: Opening

  private static func prepare(
    _ descriptor: Int32, _ path: String, _ header: SweepHeader, _ headerLine: String
  ) throws -> SweepJournal {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw FileFailure(
        Diagnostic(
          code: "file/unwritable",
          "a sweep goes on from its file, and this is no plain one: \(path)",
          hint: "leave `--output` out and use `--format jsonl`"))
    }
    // Where locks are not to be had, nobody can be told apart; a resumed sweep is right anyway.
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      throw FileFailure(
        Diagnostic(
          code: "sweep/busy", "another process writes this sweep: \(path)",
          hint: "wait for it, or give `--output` another name"))
    }
    let bytes = try TextFile.readBytes(path, limit: TextFile.longestJournal)
    // Killed before its header was written, or never begun.
    if bytes.count < headerLine.utf8.count, headerLine.utf8.starts(with: bytes) {
      guard ftruncate(descriptor, 0) == 0, FileOutput.writeAll(headerLine, to: descriptor) else {
        throw unwritable(path)
      }
      return try SweepJournal(Array(headerLine.utf8), file: path)
    }
    let journal = try SweepJournal(bytes, file: path)
    guard journal.header == header else { throw another(journal.header, than: header, path) }
    if journal.completeBytes < bytes.count {
      guard ftruncate(descriptor, off_t(journal.completeBytes)) == 0 else {
        throw unwritable(path)
      }
    }
    return journal
  }

  private static func another(
    _ found: SweepHeader, than header: SweepHeader, _ path: String
  ) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "sweep/other", "the file is of another sweep: \(path)",
        at: SourceLocation(file: "--output \(path)"),
        notes: [SweepDifference(between: found, and: header).text],
        hint: "give `--output` another name, or remove the file: `rm \(path)`"))
  }

  private static func unwritable(_ path: String) -> FileFailure {
    FileFailure(
      Diagnostic(
        code: "file/unwritable", "cannot write \(path): \(String(cString: strerror(errno)))"))
  }
}
