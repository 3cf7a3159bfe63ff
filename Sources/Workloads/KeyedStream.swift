internal import Statistics

@inline(__always)
func scattered(_ value: UInt64) -> UInt64 { SplitMix64.scattered(value) }

let goldenStep = SplitMix64.step

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
