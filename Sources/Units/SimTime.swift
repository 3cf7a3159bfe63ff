/// A point of simulated time: whole nanoseconds since the start of the run.
///
/// Integers make ties exact and runs reproducible. Two points cannot be added; their difference is
/// a `SimDuration`. The range is 292 years.
package struct SimTime: Hashable, Comparable, Sendable {
  package let nanoseconds: Int64

  @inline(__always)
  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package static let zero = SimTime(nanoseconds: 0)
  package static let never = SimTime(nanoseconds: .max)

  package var seconds: Double { Double(nanoseconds) * 1e-9 }

  @inline(__always)
  package static func < (left: SimTime, right: SimTime) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
  @inline(__always)
  package static func - (left: SimTime, right: SimTime) -> SimDuration {
    SimDuration(nanoseconds: left.nanoseconds - right.nanoseconds)
  }
  @inline(__always)
  package static func + (left: SimTime, right: SimDuration) -> SimTime {
    SimTime(nanoseconds: left.nanoseconds + right.nanoseconds)
  }
}

/// A length of simulated time in whole nanoseconds.
package struct SimDuration: Hashable, Comparable, Sendable {
  package let nanoseconds: Int64

  @inline(__always)
  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The duration nearest to a number of seconds, saturating at the ends of the range.
  package init(seconds: Double) {
    let rounded = (seconds * 1e9).rounded()
    nanoseconds =
      rounded >= 0x1p63 ? .max : rounded < -0x1p63 ? .min : rounded.isNaN ? 0 : Int64(rounded)
  }

  package static let zero = SimDuration(nanoseconds: 0)

  package var seconds: Double { Double(nanoseconds) * 1e-9 }
  package var milliseconds: Double { Double(nanoseconds) * 1e-6 }

  @inline(__always)
  package static func < (left: SimDuration, right: SimDuration) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
  @inline(__always)
  package static func + (left: SimDuration, right: SimDuration) -> SimDuration {
    SimDuration(nanoseconds: left.nanoseconds + right.nanoseconds)
  }
}
