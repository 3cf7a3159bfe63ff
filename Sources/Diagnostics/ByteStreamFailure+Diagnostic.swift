package import ByteStreams

extension ByteStreamFailure {
  package var diagnostic: Diagnostic {
    let place = SourceLocation(file: path)
    switch self {
    case .missing:
      return Diagnostic(
        code: "file/missing", "no such file: \(path)", hint: "check the path, or run `ls`")
    case .unreadable(_, let reason):
      return Diagnostic(code: "file/unreadable", "cannot read \(path): \(reason)")
    case .directory:
      return Diagnostic(code: "file/is-directory", "expected a file, found a directory: \(path)")
    case .silent(_, let seconds):
      return Diagnostic(
        code: "file/silent-pipe",
        "nobody writes to this pipe: waited \(seconds) s for it", at: place,
        hint: "start what writes to it first")
    case .packed(_, let unpacker):
      return Diagnostic(
        code: "file/packed", "the file is packed in a way that this program does not read",
        at: place, hint: "unpack it first: `\(unpacker) \(path)`")
    case .truncated:
      return Diagnostic(
        code: "file/truncated", "the gzip file ends before its contents do", at: place,
        hint: "copy it again: `gzip -t \(path)` says when it is whole")
    case .corrupt(_, let reason):
      return Diagnostic(
        code: "file/corrupt", "the gzip file is damaged: \(reason)", at: place,
        hint: "copy it again: `gzip -t \(path)` says when it is whole")
    case .tooLong(_, let limit):
      return Diagnostic(
        code: "file/too-long",
        "the file goes on after \(Self.words(limit)), longer than any of its kind", at: place)
    case .lineTooLong(_, let line, let limit):
      return Diagnostic(
        code: "file/line-too-long", "a line is longer than \(Self.words(limit))",
        at: SourceLocation(file: path, line: line),
        notes: ["the file is no text of lines, or has no end"])
    }
  }

  /// The error that is thrown: what the computer cannot do is another kind of failure than what a
  /// file says.
  package var error: any Error {
    switch self {
    case .missing, .unreadable, .directory, .silent: FileFailure(diagnostic)
    case .packed, .truncated, .corrupt, .tooLong, .lineTooLong: InvalidInput(diagnostic)
    }
  }

  private static func words(_ bytes: Int) -> String {
    bytes % (1 << 30) == 0 ? "\(bytes >> 30) GiB" : "\(bytes >> 20) MiB"
  }
}
