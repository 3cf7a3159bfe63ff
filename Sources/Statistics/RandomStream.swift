/// A named, seeded source of random numbers: the same seed and name give the same numbers
/// everywhere.
///
/// Each purpose has its own stream ("arrivals", "lengths" ...), so that changing one part of a
/// scenario does not change the random numbers of another, and two machines are compared on the
/// same traffic.
///
/// The generator is xoshiro256++ (Blackman and Vigna, "Scrambled linear pseudorandom number
/// generators", ACM TOMS 2021), its state filled by SplitMix64 from the seed and an FNV-1a hash of
/// the name. Not for cryptography.
package struct RandomStream: Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)
  private var spareNormal: Double?

  package init(seed: UInt64, name: String) {
    var hash = ByteHash()
    hash.add(name.utf8)
    var mixer = SplitMix64(state: seed ^ hash.value)
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  @inline(__always)
  package mutating func nextBits() -> UInt64 {
    let result = Self.rotated(state.0 &+ state.3, 23) &+ state.0
    let t = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= t
    state.3 = Self.rotated(state.3, 45)
    return result
  }

  /// Uniform in [0, 1), on multiples of 2^-53.
  @inline(__always)
  package mutating func uniform() -> Double {
    Double(nextBits() >> 11) * 0x1p-53
  }

  /// Uniform over the whole numbers of a closed range, without modulo bias (Lemire 2019).
  package mutating func integer(in range: ClosedRange<Int>) -> Int {
    let span = UInt64(bitPattern: Int64(range.upperBound &- range.lowerBound)) &+ 1
    guard span != 0 else { return Int(truncatingIfNeeded: nextBits()) }
    var product = nextBits().multipliedFullWidth(by: span)
    if product.low < span {
      let threshold = (0 &- span) % span
      while product.low < threshold { product = nextBits().multipliedFullWidth(by: span) }
    }
    return range.lowerBound + Int(product.high)
  }

  /// Exponential with mean 1: `-ln(1 - u)`.
  package mutating func exponential() -> Double { -logarithm(1 - uniform()) }

  /// Standard normal, by Marsaglia's polar method; every second value is the spare of a pair.
  package mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      if square > 0, square < 1 {
        let factor = (-2 * logarithm(square) / square).squareRoot()
        spareNormal = y * factor
        return x * factor
      }
    }
  }

  /// Gamma with mean 1 and the given shape, by Marsaglia and Tsang, "A simple method for generating
  /// gamma variables", ACM TOMS 2000. Its coefficient of variation is 1 / sqrt(shape).
  package mutating func gamma(shape: Double) -> Double {
    guard shape >= 1 else {
      // Gamma(k) = Gamma(k + 1) * U^(1/k); the mean of the boosted one is (k + 1) / k of ours.
      let boosted = gamma(shape: shape + 1) * (shape + 1)
      return boosted * power(1 - uniform(), 1 / shape) / shape
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      if logarithm(1 - uniform()) < 0.5 * x * x + d - d * v + d * logarithm(v) {
        return d * v / shape
      }
    }
  }

  @inline(__always)
  private static func rotated(_ value: UInt64, _ count: UInt64) -> UInt64 {
    (value << count) | (value >> (64 - count))
  }
}
