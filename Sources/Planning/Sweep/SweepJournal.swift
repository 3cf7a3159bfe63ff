package import Diagnostics
internal import FoundationEssentials

/// The file of a sweep: a header, then a line for each case that is done, in any order.
///
///     {"axes":[...],"cases":55,"fingerprint":"...","schema":"windtunnel/sweep/1",...}
///     {"at":{"clients":"64","layout":"TP4"},"figures":{"ttft.p99":0.31,...},"index":7,...}
///
/// Lines are kept as they are: what was written once is never written otherwise.
package struct SweepJournal: Sendable {
  package struct Line: Sendable {
    package var record: SweepRecord
    /// The line as it is written, with its end.
    package var text: String
    /// Number of the line in its file, counted from 1; 0 when it is in no file.
    package var number: Int

    package init(record: SweepRecord, text: String, number: Int = 0) {
      self.record = record
      self.text = text
      self.number = number
    }
  }

  package let file: String
  package let header: SweepHeader
  package let headerLine: String
  package let lines: [Line]
  /// Bytes up to the last line's end; what is behind it was being written when its writer was
  /// killed.
  package let completeBytes: Int

  /// - Throws: `InvalidInput` when it is no file of a sweep.
  package init(_ bytes: [UInt8], file: String) throws(InvalidInput) {
    // Before they are text: a character may be torn too.
    completeBytes = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let complete = Array(bytes[..<completeBytes])
    guard let text = String(validating: complete, as: UTF8.self) else {
      throw TextFile.notUTF8(complete, file)
    }
    var rest = text[...]
    guard let first = Self.line(&rest) else {
      throw Self.refusal("no file of a sweep: it has no header", file, 1)
    }
    guard let header = Self.decoded(SweepHeader.self, first),
      header.schema == SweepHeader.currentSchema
    else {
      throw Self.refusal(
        "no file of a sweep: its first line is no `\(SweepHeader.currentSchema)` header", file, 1)
    }
    self.file = file
    self.header = header
    headerLine = first
    var lines: [Line] = []
    var seen: Set<Int> = []
    while let line = Self.line(&rest) {
      let number = lines.count + 2
      guard let record = Self.decoded(SweepRecord.self, line) else {
        throw Self.refusal("the line is no case of a sweep", file, number)
      }
      guard header.includes(record.index) else {
        throw Self.refusal(
          "the case is none of this sweep: \(record.index)", file, number)
      }
      guard seen.insert(record.index).inserted else {
        throw Self.refusal("the case is there twice: \(record.index)", file, number)
      }
      lines.append(Line(record: record, text: line, number: number))
    }
    self.lines = lines
  }

  /// A value as a line, the same bytes for the same value.
  package static func line(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }

  /// The next line with its end; nil at the end of the text.
  private static func line(_ text: inout Substring) -> String? {
    guard let end = text.utf8.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let next = text.utf8.index(after: end)
    defer { text = text[next...] }
    return String(text[..<next])
  }

  private static func decoded<Value: Decodable>(_ type: Value.Type, _ line: String) -> Value? {
    try? JSONDecoder().decode(type, from: Data(line.utf8))
  }

  private static func refusal(_ message: String, _ file: String, _ line: Int) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "sweep/file", message, at: SourceLocation(file: file, line: line),
        hint: "give `--output` another name, or remove what is not a sweep's"))
  }
}
