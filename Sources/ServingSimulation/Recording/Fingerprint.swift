internal import Units

/// A running hash of what happened to which request when. Two runs with the same fingerprint made
/// the same decisions; it is printed with every report.
package struct Fingerprint: Equatable, Sendable {
  private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  @inline(__always)
  mutating func add(_ kind: UInt64, _ index: Int32, _ time: SimTime) {
    let word = UInt64(bitPattern: time.nanoseconds) ^ (UInt64(UInt32(bitPattern: index)) << 32)
    hash = (hash ^ word) &* 0x9e37_79b9_7f4a_7c15
    hash = ((hash << 29) | (hash >> 35)) &+ kind
  }

  /// Sixteen hexadecimal digits.
  package var text: String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
