internal import ByteStreams

/// The objects of a list of JSON, one at a time: `[{...}, {...}]`, on one line or on many.
///
/// As much of the file is in memory as the longest of its lines, or of its objects.
struct ListedObjects {
  /// What is wrong with the list, and where [line, column from 1].
  struct Fault: Equatable {
    var message: String
    var line: Int
    var column: Int
  }

  private let lines: LineReader
  private var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var position = 0
  /// Number and beginning of the line that `position` is on.
  private var line = 0
  private var lineStart = 0
  private var hasBegun = false
  private var isClosed = false
  /// Whether a comma or the end comes next.
  private var isBehindObject = false

  private(set) var fault: Fault?
  /// Where the object at hand begins.
  private(set) var place = (line: 0, column: 0)

  init(_ lines: LineReader) { self.lines = lines }

  /// Whether a line begins a list.
  static func begins(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    line.first { $0 > 0x20 } == UInt8(ascii: "[")
  }

  /// Begins with a line that was read already.
  mutating func begin(_ first: UnsafeBufferPointer<UInt8>) { take(first) }

  /// The next object, until the one after it is asked for; nil at the end, and behind a fault.
  mutating func next() throws(ByteStreamFailure) -> UnsafeBufferPointer<UInt8>? {
    while fault == nil {
      skipSpaces()
      guard position < text.count else {
        guard let more = try lines.next() else {
          if !isClosed { report("the list of objects is not closed: `]` is missing") }
          return nil
        }
        take(more)
        continue
      }
      switch text[position] {
      case UInt8(ascii: "[") where !hasBegun: hasBegun = true
      case UInt8(ascii: "]") where hasBegun && !isClosed: isClosed = true
      case UInt8(ascii: ",") where isBehindObject && !isClosed: isBehindObject = false
      case UInt8(ascii: "{") where hasBegun && !isBehindObject && !isClosed: return try object()
      default:
        report(
          isClosed
            ? "something stands behind the end of the list"
            : isBehindObject ? "a comma or `]` is missing" : "not an object with keys in the list")
        return nil
      }
      position += 1
    }
    return nil
  }

  private mutating func take(_ more: UnsafeBufferPointer<UInt8>) {
    text = more
    (position, lineStart) = (0, 0)
    line = lines.number
  }

  private mutating func object() throws(ByteStreamFailure) -> UnsafeBufferPointer<UInt8>? {
    place = (line, position - lineStart + 1)
    let start = position
    var (depth, isQuoted) = (0, false)
    while true {
      while position < text.count {
        let byte = text[position]
        position += 1
        switch byte {
        case 0x0A: (line, lineStart) = (line + 1, position)
        case 0x5C where isQuoted: position += 1
        case 0x22: isQuoted.toggle()
        case 0x7B, 0x5B: if !isQuoted { depth += 1 }
        case 0x7D, 0x5D:
          if !isQuoted { depth -= 1 }
          if depth == 0, !isQuoted {
            isBehindObject = true
            return UnsafeBufferPointer(rebasing: text[start..<position])
          }
        default: break
        }
      }
      // The line end between them is a byte of the longer text.
      let read = position
      guard let longer = try lines.extend() else {
        (line, lineStart, position) = (place.line, 0, place.column - 1)
        report("the object is not closed: `}` is missing")
        return nil
      }
      text = longer
      position = read
    }
  }

  private mutating func skipSpaces() {
    while position < text.count, text[position] <= 0x20 {
      position += 1
      if text[position - 1] == 0x0A { (line, lineStart) = (line + 1, position) }
    }
  }

  private mutating func report(_ message: String) {
    fault = Fault(message: message, line: max(1, line), column: position - lineStart + 1)
  }
}
