internal import Statistics

/// The finishing step of SplitMix64: each bit of the result depends on each bit of the argument,
/// and no two arguments have the same result.
@inline(__always)
func scattered(_ value: UInt64) -> UInt64 {
  var z = value
  z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
  z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
  return z ^ (z >> 31)
}

/// 2^64 / golden ratio, odd: the step of SplitMix64.
let goldenStep: UInt64 = 0x9e37_79b9_7f4a_7c15

extension RandomStream {
  /// A stream of its own for one thing of many: the turns of session 7, text 3 of class 1.
  ///
  /// What is drawn from it does not depend on when: two machines answer in different order and are
  /// still asked the same.
  init(seed: UInt64, name: String, key: (Int, Int)) {
    let first = scattered(seed &+ goldenStep &* UInt64(key.0 + 1))
    self.init(seed: scattered(first &+ goldenStep &* UInt64(key.1 + 1)), name: name)
  }
}
