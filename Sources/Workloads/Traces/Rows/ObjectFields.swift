internal import ByteStreams

/// Finds the fields of a schema in objects of JSON, by the paths of their keys.
struct ObjectFields {
  /// A key of an object, with what its value says, or the keys inside of it.
  private struct Node {
    /// Where its name stands among `names`.
    var name: Range<Int>
    var entry: Int?
    var children: Range<Int>
  }

  enum Problem {
    /// It is no object, or not all of one; the position says where.
    case malformed
    /// A key that stands there twice.
    case repeated(entry: Int)
    /// A value that is none of its field's kind, as it is written.
    case value(entry: Int, UnsafeBufferPointer<UInt8>)
  }

  let schema: RowSchema
  private var nodes: [Node] = []
  /// The bytes of all names, one behind the other.
  private var names: [UInt8] = []
  private var roots = 0..<0
  /// By entry.
  private let fields: [RowField]

  init(_ schema: RowSchema) {
    self.schema = schema
    fields = schema.entries.map(\.field)
    var paths: [(path: [Substring], entry: Int)] = []
    for (entry, item) in schema.entries.enumerated() {
      for name in item.names { paths.append((name.split(separator: "."), entry)) }
    }
    roots = add(paths)
    precondition(nodes.count <= 64, "each node has a bit")
  }

  /// Nodes for all keys of one object, their children behind them.
  private mutating func add(_ paths: [(path: [Substring], entry: Int)]) -> Range<Int> {
    var names: [Substring] = []
    for item in paths where !names.contains(item.path[0]) { names.append(item.path[0]) }
    let range = nodes.count..<(nodes.count + names.count)
    for name in names {
      let leaf = paths.first { $0.path.count == 1 && $0.path[0] == name }
      let start = self.names.count
      self.names += name.utf8
      nodes.append(Node(name: start..<self.names.count, entry: leaf?.entry, children: 0..<0))
    }
    for (index, name) in zip(range, names) {
      let inner = paths.filter { $0.path[0] == name && $0.path.count > 1 }
        .map { (path: Array($0.path.dropFirst()), entry: $0.entry) }
      if !inner.isEmpty { nodes[index].children = add(inner) }
    }
    return range
  }

  /// Reads an object with all that the schema knows in it; other keys are passed over.
  ///
  /// - Parameter found: a bit for each entry that is there; starts at 0.
  func read(
    _ scanner: inout ByteScanner, _ values: inout RowValues, found: inout UInt64
  ) -> Problem? {
    var seen: UInt64 = 0
    return readObject(&scanner, roots, &values, &found, &seen)
  }

  /// - Parameter seen: a bit for each node that was there.
  private func readObject(
    _ scanner: inout ByteScanner, _ keys: Range<Int>, _ values: inout RowValues,
    _ found: inout UInt64, _ seen: inout UInt64
  ) -> Problem? {
    guard scanner.take("{") else { return .malformed }
    if scanner.take("}") { return nil }
    // Rows have their keys in the same order: the one behind the last one comes next.
    var expected = keys.lowerBound
    repeat {
      if expected < keys.upperBound, takeKey(of: expected, &scanner) {
        expected += 1
        if let problem = readValue(&scanner, expected - 1, &values, &found, &seen) {
          return problem
        }
        continue
      }
      guard let name = scanner.string(), scanner.take(":") else { return .malformed }
      guard let index = find(name, keys, &expected) else {
        guard scanner.skipValue() else { return .malformed }
        continue
      }
      if let problem = readValue(&scanner, index, &values, &found, &seen) { return problem }
    } while scanner.take(",")
    return scanner.take("}") ? nil : .malformed
  }

  @inline(__always)
  private func takeKey(of node: Int, _ scanner: inout ByteScanner) -> Bool {
    names.withUnsafeBufferPointer {
      scanner.takeKey(UnsafeBufferPointer(rebasing: $0[nodes[node].name]))
    }
  }

  private func find(
    _ name: UnsafeBufferPointer<UInt8>, _ keys: Range<Int>, _ expected: inout Int
  ) -> Int? {
    var index = expected
    for _ in keys {
      if index == keys.upperBound { index = keys.lowerBound }
      if isNamed(index, name) {
        expected = index + 1
        return index
      }
      index += 1
    }
    return nil
  }

  /// Whether a node has this name. Names lie in one list: one of its own would be held and let go
  /// of for every key.
  @inline(__always)
  private func isNamed(_ node: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let name = nodes[node].name
    guard name.count == text.count else { return false }
    for index in text.indices where names[name.lowerBound + index] != text[index] { return false }
    return true
  }

  private func readValue(
    _ scanner: inout ByteScanner, _ node: Int, _ values: inout RowValues, _ found: inout UInt64,
    _ seen: inout UInt64
  ) -> Problem? {
    if scanner.next == UInt8(ascii: "n") {
      // As good as not there.
      return scanner.skipValue() ? nil : .malformed
    }
    if !nodes[node].children.isEmpty, scanner.next == UInt8(ascii: "{") {
      return readObject(&scanner, nodes[node].children, &values, &found, &seen)
    }
    guard let entry = nodes[node].entry else { return scanner.skipValue() ? nil : .malformed }
    let own = UInt64(1) << UInt64(node)
    guard seen & own == 0 else { return .repeated(entry: entry) }
    seen |= own
    let bit = UInt64(1) << UInt64(entry)
    // Another of its names.
    if found & bit != 0 { return scanner.skipValue() ? nil : .malformed }
    found |= bit
    return readField(&scanner, entry, &values)
  }

  private func readField(
    _ scanner: inout ByteScanner, _ entry: Int, _ values: inout RowValues
  ) -> Problem? {
    let field = fields[entry]
    let start = scanner.position
    switch field {
    case .ids:
      values.hasIDs = true
      guard scanner.next == UInt8(ascii: "[") else { return .malformed }
      if scanner.wholeNumbers(into: &values.row.ids) != nil { return nil }
      return problem(entry, at: scanner)
    case .text:
      values.hasText = true
      return scanner.skipValue() ? nil : .malformed
    case .others:
      values.waitsForOthers = true
      return scanner.skipValue() ? nil : .malformed
    default: break
    }
    if let text = scanner.string() {
      guard values.read(field, text) else { return .value(entry: entry, text) }
      return nil
    }
    if values.readNumber(field, &scanner) {
      scanner.skipSpaces()
      return nil
    }
    scanner.position = start
    guard isName(field), scanner.skipValue() else { return problem(entry, at: scanner) }
    // A number as a name.
    var end = scanner.position
    while end > start, scanner.bytes[end - 1] <= 0x20 { end -= 1 }
    return values.read(field, scanner.text(start..<end)) ? nil : problem(entry, at: scanner)
  }

  private func isName(_ field: RowField) -> Bool {
    switch field {
    case .session, .chat, .parentChat, .kind: true
    default: false
    }
  }

  /// The value at the position, up to the sign that ends it.
  private func problem(_ entry: Int, at scanner: ByteScanner) -> Problem {
    var end = scanner.position
    while end < scanner.end, !",]}\r\n".utf8.contains(scanner.bytes[end]) { end += 1 }
    return .value(entry: entry, scanner.text(scanner.position..<end))
  }
}
