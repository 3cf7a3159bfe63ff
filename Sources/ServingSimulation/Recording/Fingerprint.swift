internal import Statistics
internal import Units

/// A running hash of what happened to which request when. Two runs with the same fingerprint made
/// the same decisions; it is printed with every report.
package struct Fingerprint: Equatable, Sendable {
  private var hash = ByteHash().value

  @inline(__always)
  mutating func add(_ kind: UInt64, _ index: Int32, _ time: SimTime) {
    let word = UInt64(bitPattern: time.nanoseconds) ^ (UInt64(UInt32(bitPattern: index)) << 32)
    hash = (hash ^ word) &* SplitMix64.step
    hash = ((hash << 29) | (hash >> 35)) &+ kind
  }

  package var text: String { hash.hexadecimal }
}
