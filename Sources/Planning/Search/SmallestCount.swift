/// The smallest whole number from which on something holds, by doubling and halving.
///
/// Assumes that what holds for a number holds for every larger one. Asks about 2 log2(n / start)
/// times.
struct SmallestCount {
  /// What is to be asked next; nil once nothing is.
  private(set) var probe: Int?
  /// The smallest so far that holds, the number itself in the end; nil as long as there is none.
  private(set) var holding: Int?
  private var failing: Int
  /// Whether something smaller is known not to hold, so that only what is between is asked.
  private var isBetween = false
  private var stride = 1
  private let limit: Int
  private let slack: Double
  private let base: Int

  /// - Parameters:
  ///   - start: where to look first; the nearer, the fewer questions.
  ///   - floor: for which it is known not to hold.
  ///   - limit: nothing beyond is asked.
  ///   - slack: share of the number that it may be too large by, with what stands beside it.
  ///   - base: that the number is added to.
  init(
    from start: Int, above floor: Int = 0, upTo limit: Int, slack: Double = 0, beside base: Int = 0
  ) {
    failing = floor
    probe = min(max(floor + 1, start), limit)
    self.limit = limit
    self.slack = slack
    self.base = base
  }

  /// - Parameter holds: asked of a number, and told what is asked next if it holds; nil ends the
  ///   search.
  /// - Returns: the number; nil when nothing up to the limit holds, or the search was ended.
  func find(_ holds: (_ probe: Int, _ next: Int?) -> Bool?) -> Int? {
    var search = self
    while let probe = search.probe {
      var held = search
      held.note(true)
      guard let answer = holds(probe, held.probe) else { return nil }
      search.note(answer)
    }
    return search.holding
  }

  /// Takes the answer to what was asked.
  private mutating func note(_ holds: Bool) {
    guard let asked = probe else { return }
    if holds {
      holding = asked
      if isBetween { probe = middle } else { fall(from: asked) }
    } else {
      failing = asked
      isBetween = true
      // Upwards as long as nothing holds.
      probe = holding == nil ? (asked < limit ? min(limit, asked * 2) : nil) : middle
    }
  }

  /// Downwards, in growing strides, as long as everything holds.
  private mutating func fall(from holding: Int) {
    probe = holding > failing + 1 ? max(failing + 1, holding - stride) : nil
    stride *= 2
  }

  /// Nil where what holds is near enough to what does not.
  private var middle: Int? {
    guard let holding, holding - failing > max(1, Int(Double(base + holding) * slack)) else {
      return nil
    }
    return (holding + failing) / 2
  }
}
