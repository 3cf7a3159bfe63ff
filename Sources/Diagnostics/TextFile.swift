internal import FoundationEssentials

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

  package static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  package static func readBytes(_ path: String) throws -> [UInt8] {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw FileFailure(
        Diagnostic(
          code: "file/missing", "no such file: \(path)", hint: "check the path, or run `ls`"))
    }
    guard !isDirectory else {
      throw FileFailure(
        Diagnostic(code: "file/is-directory", "expected a file, found a directory: \(path)"))
    }
    do {
      return [UInt8](try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw FileFailure(Diagnostic(code: "file/unreadable", "cannot read file: \(path)"))
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
