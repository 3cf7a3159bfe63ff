internal import Diagnostics

/// The words of the command line, before anything reads them.
enum ProcessArguments {
  /// Swift repairs what is not text: the file that is then looked for is not the one that was
  /// typed.
  ///
  /// - Throws: `CommandLineMisuse` for a word that is not UTF-8.
  static func check() throws {
    for (position, word) in zip(0..., CommandLine.arguments.indices.map(bytes(at:))) {
      guard String(validating: word, as: UTF8.self) == nil else { continue }
      throw CommandLineMisuse(
        Diagnostic(
          code: "command/not-utf8", "argument \(position) is not UTF-8 text: \(shown(word))"))
    }
  }

  private static func bytes(at index: Int) -> [UInt8] {
    guard var next = CommandLine.unsafeArgv[index] else { return [] }
    var bytes: [UInt8] = []
    while next.pointee != 0 {
      bytes.append(UInt8(bitPattern: next.pointee))
      next += 1
    }
    return bytes
  }

  private static func shown(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      byte < 0x80 ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16)
    }.joined()
  }
}
