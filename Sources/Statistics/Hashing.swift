/// A hash of bytes that is the same on every machine: FNV-1a with 64 bits.
///
///     h = (h xor byte) · 1,099,511,628,211 modulo 2^64, beginning with 14,695,981,039,346,656,037
///
/// Source: Fowler, Noll and Vo, "The FNV non-cryptographic hash algorithm", IETF draft
/// draft-eastlake-fnv. Check: of no bytes cbf29ce484222325, of "a" af63dc4c8601ec8c
/// (`HashingTests.publishedValues`).
package struct ByteHash: Sendable {
  package private(set) var value: UInt64

  /// - Parameter salt: zero for the published hash.
  package init(salt: UInt64 = 0) { value = 0xcbf2_9ce4_8422_2325 ^ salt }

  @inline(__always)
  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { add(UInt64(byte)) }
  }

  /// Adds a number as if it were one byte, however large.
  @inline(__always)
  package mutating func add(_ number: UInt64) { value = (value ^ number) &* 0x100_0000_01b3 }
}

/// A small generator of random bits, to fill the state of a larger one or to scatter numbers.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
/// Check: from state 0 first e220a8397b1dcdaf (`HashingTests.publishedValues`).
package struct SplitMix64: Sendable {
  /// 2^64 / golden ratio, odd: what its state grows by.
  package static let step: UInt64 = 0x9e37_79b9_7f4a_7c15

  private var state: UInt64

  package init(state: UInt64) { self.state = state }

  package mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.scattered(state)
  }

  /// The finishing step of the mixing: each bit of the result depends on each bit of the argument,
  /// and no two arguments have the same result.
  @inline(__always)
  package static func scattered(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

extension UInt64 {
  /// Sixteen hexadecimal digits.
  package var hexadecimal: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
