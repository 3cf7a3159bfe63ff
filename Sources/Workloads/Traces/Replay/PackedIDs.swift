/// The ids of a prompt's blocks in few bytes: runs of them, each by how far it begins behind the
/// one before it.
///
/// A number is written seven bits a byte, the lowest first, with the eighth set in all bytes but
/// the last (LEB128).
enum PackedIDs {
  static func append(_ ids: [UInt64], scope: UInt64, to bytes: inout [UInt8]) {
    append(scope, to: &bytes)
    append(runs(in: ids), to: &bytes)
    var end: UInt64 = 0
    var start = 0
    while start < ids.count {
      let first = ids[start]
      var next = start + 1
      while next < ids.count, ids[next] == first &+ UInt64(next - start) { next += 1 }
      // Signed, as an id may be smaller than the one before it: 0, -1, 1, -2 are 0, 1, 2, 3.
      let ahead = Int64(bitPattern: first &- end)
      append(UInt64(bitPattern: ahead << 1 ^ ahead >> 63), to: &bytes)
      append(UInt64(next - start - 1), to: &bytes)
      end = first &+ UInt64(next - start)
      start = next
    }
  }

  /// Adds the runs of the ids that stand from a byte on to a list.
  ///
  /// - Returns: their scope.
  static func append(_ bytes: [UInt8], from start: Int, to runs: inout [IDRun]) -> UInt64 {
    var position = start
    let scope = number(bytes, &position)
    var end: UInt64 = 0
    for _ in 0..<number(bytes, &position) {
      let ahead = number(bytes, &position)
      let first = end &+ (ahead >> 1 ^ (0 &- (ahead & 1)))
      let count = number(bytes, &position) + 1
      runs.append(IDRun(first: first, count: Int(count)))
      end = first &+ count
    }
    return scope
  }

  private static func runs(in ids: [UInt64]) -> UInt64 {
    var count: UInt64 = ids.isEmpty ? 0 : 1
    for index in ids.indices.dropFirst() where ids[index] != ids[index - 1] &+ 1 { count += 1 }
    return count
  }

  @inline(__always)
  private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  @inline(__always)
  private static func number(_ bytes: [UInt8], _ position: inout Int) -> UInt64 {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = bytes[position]
      position += 1
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
  }
}
