internal import Diagnostics
internal import Rendering

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The process's standard output and error, without buffers in between.
enum StandardStreams {
  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Colour for people only, and only for those who have not refused it (no-color.org).
  static var outputStyle: TextStyle {
    outputIsTerminal && !isSet("NO_COLOR") && value(of: "TERM") != "dumb" ? .terminal : .plain
  }

  /// - Throws: `FileFailure` when the text cannot be written, as on a full disk.
  static func writeResult(_ text: String) throws {
    guard FileOutput.writeAll(text, to: STDOUT_FILENO) else {
      throw FileFailure(
        Diagnostic(
          code: "file/unwritable",
          "cannot write to standard output: \(String(cString: strerror(errno)))"))
    }
  }

  /// A line on standard error. A note that cannot be written is not worth failing for.
  static func writeNote(_ line: String) {
    _ = FileOutput.writeAll(line + "\n", to: STDERR_FILENO)
  }

  /// Text on standard error as it is, for a progress bar.
  static func writeProgress(_ text: String) {
    _ = FileOutput.writeAll(text, to: STDERR_FILENO)
  }

  /// Value of a variable of the environment; nil where it is not set.
  static func value(of name: String) -> String? { getenv(name).map { String(cString: $0) } }

  private static func isSet(_ name: String) -> Bool { value(of: name)?.isEmpty == false }
}
