/// The objects of JSON in a source, one after the other: each in a line, or over several.
///
///     let documents = try DocumentReader(source)
///     while let document = try documents.next() { ... }
///
/// An object ends where its brackets are closed. What is no object is given line by line, for the
/// caller to say so.
package final class DocumentReader {
  private let lines: LineReader

  package init(_ source: ByteSource) throws(ByteStreamFailure) { lines = try LineReader(source) }

  package var path: String { lines.path }
  /// Number of the document's first line, counted from 1.
  package var number: Int { lines.number }
  /// Number of the document's last line.
  package var lastNumber: Int { lines.lastNumber }
  /// Whether the document's last line ends with a line end.
  package var isTerminated: Bool { lines.isTerminated }

  /// The next document, until the one after it is asked for; nil at the end.
  package func next() throws(ByteStreamFailure) -> UnsafeBufferPointer<UInt8>? {
    while var document = try lines.next() {
      var brackets = Brackets()
      var scanned = 0
      brackets.add(document, from: &scanned)
      if brackets.isBlank { continue }
      while brackets.depth > 0, let longer = try lines.extend() {
        document = longer
        brackets.add(document, from: &scanned)
      }
      return document
    }
    return nil
  }
}

/// How deep a text is in brackets.
private struct Brackets {
  var depth = 0
  var isBlank = true
  private var isInString = false
  private var isEscaped = false

  mutating func add(_ text: UnsafeBufferPointer<UInt8>, from start: inout Int) {
    var position = start
    while position < text.count {
      let byte = text[position]
      position += 1
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == 0x5C {
          isEscaped = true
        } else if byte == 0x22 {
          isInString = false
        }
        continue
      }
      switch byte {
      case 0x22: isInString = true
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D: depth -= 1
      default: break
      }
      if !ByteScanner.isSpace(byte) { isBlank = false }
    }
    start = position
  }
}
