/// The smallest whole number from which on something holds, by doubling and halving.
///
/// Assumes that what holds for a number holds for every larger one. Asks about 2 log2(n / start)
/// times.
struct SmallestCount {
  /// - Parameters:
  ///   - start: where to look first; the nearer, the fewer questions.
  ///   - floor: for which it is known not to hold.
  ///   - limit: nothing beyond is asked.
  ///   - slack: share of the number that it may be too large by, with what stands beside it.
  ///   - base: that the number is added to.
  ///   - holds: nil ends the search.
  /// - Returns: the number; nil when nothing up to the limit holds, or the search was ended.
  static func find(
    from start: Int, above floor: Int = 0, upTo limit: Int, slack: Double = 0,
    beside base: Int = 0, _ holds: (Int) -> Bool?
  ) -> Int? {
    var failing = floor
    var holding: Int
    var probe = min(max(floor + 1, start), limit)
    guard let first = holds(probe) else { return nil }
    if first {
      holding = probe
      // Downwards, in growing strides.
      var stride = 1
      while holding > floor + 1 {
        probe = max(floor + 1, holding - stride)
        guard let met = holds(probe) else { return nil }
        guard met else {
          failing = probe
          break
        }
        holding = probe
        stride *= 2
      }
    } else {
      failing = probe
      repeat {
        guard probe < limit else { return nil }
        failing = probe
        probe = min(limit, probe * 2)
        guard let met = holds(probe) else { return nil }
        if met { break }
      } while true
      holding = probe
    }
    while holding - failing > max(1, Int(Double(base + holding) * slack)) {
      let middle = (holding + failing) / 2
      guard let met = holds(middle) else { return nil }
      if met { holding = middle } else { failing = middle }
    }
    return holding
  }
}
