internal import ByteStreams
package import Diagnostics

/// Collects the problems of a trace, with their lines.
package final class TraceProblems {
  private static let limit = 20

  /// The file at hand.
  var file: String
  /// How what a file does not say is said.
  let keys: TraceKeys
  private var diagnostics: [Diagnostic] = []
  private var count = 0
  private var isLeavingOutSaid = false

  init(file: String, keys: TraceKeys = .scenario) {
    self.file = file
    self.keys = keys
  }

  var isEmpty: Bool { diagnostics.isEmpty }

  func report(
    _ code: String, _ message: String, line: Int?, column: Int? = nil, hint: String? = nil
  ) {
    count += 1
    guard diagnostics.count < Self.limit else { return }
    diagnostics.append(
      Diagnostic(
        code: "trace/\(code)", message,
        at: SourceLocation(file: file, line: line, column: column),
        hint: hint ?? line.flatMap(leavingOut)))
  }

  /// How a row that is wrong is left out; nil behind the first one, which says it for all.
  private func leavingOut(_ line: Int) -> String? {
    // Without its first line a table has no names.
    guard !isLeavingOutSaid, line > 1 else { return nil }
    isLeavingOutSaid = true
    let isPacked = file.hasSuffix(".gz")
    let name = ShellWord.quoted(file)
    let own = (isPacked ? file.dropLast(3) : file[...]).split(separator: "/").last ?? ""
    let point = own.lastIndex(of: ".") ?? own.endIndex
    let mended = ShellWord.quoted("\(own[..<point])-mended\(own[point...])")
    let command = isPacked ? "gzip -dc \(name) | sed \(line)d" : "sed \(line)d \(name)"
    return "mend it, or leave the line out: `\(command) > \(mended)`"
  }

  /// The end of the reading: what comes after it is not known.
  ///
  /// - Parameter line: the last whole one.
  func report(_ failure: ByteStreamFailure, line: Int) {
    var diagnostic = failure.diagnostic
    if case .lineTooLong = failure {
    } else if line > 0 {
      diagnostic.notes.append("line \(line) is the last one that is whole")
      diagnostic.location?.line = line
    }
    count += 1
    diagnostics.append(diagnostic)
  }

  package func check() throws(InvalidInput) {
    guard !diagnostics.isEmpty else { return }
    var all = diagnostics
    if count > all.count {
      all.append(
        Diagnostic(
          .note, code: "trace/more", "\(count - all.count) more problems in this file",
          at: SourceLocation(file: file)))
    }
    throw InvalidInput(all)
  }
}

/// A value of a file in a message: short, and never nothing.
func shown(_ text: UnsafeBufferPointer<UInt8>) -> String {
  text.isEmpty ? "(empty)" : String(decoding: text.prefix(40), as: UTF8.self)
}
