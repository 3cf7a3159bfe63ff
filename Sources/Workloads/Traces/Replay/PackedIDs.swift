/// The ids of a prompt's blocks in few bytes: runs of them, each by how far it begins behind the
/// one before it.
///
/// A number is written seven bits a byte, the lowest first, with the eighth set in all bytes but
/// the last (LEB128).
enum PackedIDs {
  static func append(_ ids: [UInt64], scope: UInt64, to bytes: inout [UInt8]) {
    append(scope, to: &bytes)
    var runs: [IDRun] = []
    for id in ids { IDRun.append(id, to: &runs, from: 0) }
    append(UInt64(runs.count), to: &bytes)
    var end: UInt64 = 0
    for run in runs {
      // Signed, as an id may be smaller than the one before it: 0, -1, 1, -2 are 0, 1, 2, 3.
      let ahead = Int64(bitPattern: run.first &- end)
      append(UInt64(bitPattern: ahead << 1 ^ ahead >> 63), to: &bytes)
      append(UInt64(run.count - 1), to: &bytes)
      end = run.first &+ UInt64(run.count)
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
