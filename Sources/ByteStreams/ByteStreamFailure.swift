/// Why bytes cannot be read, or not to their end.
package enum ByteStreamFailure: Error, Equatable, Sendable {
  case missing(path: String)
  /// - reason: in the operating system's words.
  case unreadable(path: String, reason: String)
  case directory(path: String)
  /// A pipe that nobody writes to.
  case silent(path: String, seconds: Int)
  /// Packed in a way that is not understood here; `unpacker` is the program that is.
  case packed(path: String, unpacker: String)
  /// The packed stream ends before its end.
  case truncated(path: String)
  /// The packed stream is not what was packed.
  case corrupt(path: String, reason: String)
  case tooLong(path: String, limit: Int)
  /// No line end comes for longer than any line is.
  case lineTooLong(path: String, line: Int, limit: Int)

  package var path: String {
    switch self {
    case .missing(let path), .unreadable(let path, _), .directory(let path), .silent(let path, _),
      .packed(let path, _), .truncated(let path), .corrupt(let path, _), .tooLong(let path, _),
      .lineTooLong(let path, _, _):
      path
    }
  }
}
