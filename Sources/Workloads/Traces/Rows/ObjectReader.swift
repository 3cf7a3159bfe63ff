internal import ByteStreams

/// The objects of a file of JSON, one a line, or all in one list.
struct ObjectReader {
  private let lines: LineReader
  /// Nil where each is a line.
  private(set) var list: ListedObjects?
  private var isFirst = true

  init(_ lines: LineReader) { self.lines = lines }

  /// The next object, or the next line where there is no list, until the one after it is asked for;
  /// nil at the end, and behind a fault of the list.
  @inline(__always)
  mutating func next() throws(ByteStreamFailure) -> UnsafeBufferPointer<UInt8>? {
    if list != nil { return try list!.next() }
    let line = try lines.next()
    guard isFirst, let line else { return line }
    return try first(line)
  }

  private mutating func first(
    _ line: UnsafeBufferPointer<UInt8>
  ) throws(ByteStreamFailure) -> UnsafeBufferPointer<UInt8>? {
    isFirst = line.allSatisfy { $0 <= 0x20 }
    guard ListedObjects.begins(line) else { return line }
    list = ListedObjects(lines)
    list!.begin(line)
    return try list!.next()
  }
}
