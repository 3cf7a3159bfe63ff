internal import Units

/// A replica's own clock: nanoseconds and the femtoseconds beyond them.
///
/// Step times are whole femtoseconds. Rounding each step to the nanosecond would make a thousand
/// steps advanced at once end elsewhere than a thousand single steps; keeping the remainder makes
/// both the same number. What the rest of the simulation sees is `time`, rounded up.
struct FineClock: Equatable, Sendable {
  private(set) var nanoseconds: Int64
  /// In 0..<1,000,000.
  private(set) var femtoseconds: Int64

  init(_ time: SimTime) {
    nanoseconds = time.nanoseconds
    femtoseconds = 0
  }

  @inline(__always)
  var time: SimTime { SimTime(nanoseconds: shownNanoseconds) }

  /// Nanoseconds of `time`, rounded up.
  @inline(__always)
  var shownNanoseconds: Int64 { femtoseconds > 0 ? nanoseconds + 1 : nanoseconds }

  @inline(__always)
  mutating func advance(by femto: Int64) {
    let sum = femtoseconds + femto
    nanoseconds += sum / 1_000_000
    femtoseconds = sum % 1_000_000
  }

  /// Femtoseconds from an earlier point, at most 2.5 hours (longer gaps are cut to that).
  func femtoseconds(since earlier: FineClock) -> Int64 {
    let whole = nanoseconds - earlier.nanoseconds
    guard whole < 9_000_000_000_000 else { return 9_000_000_000_000_000_000 }
    return whole * 1_000_000 + femtoseconds - earlier.femtoseconds
  }
}

// The operators of `SimTime` are in another room, and its `==` is reached through a witness table.
extension SimTime {
  @inline(__always)
  var isNever: Bool { nanoseconds == .max }
}
