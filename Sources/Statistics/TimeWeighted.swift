/// The integral and the maximum of a whole number that changes at points of time (nanoseconds).
///
/// The integral is exact: counts times nanoseconds in 128 bits. It is what Little's law is checked
/// on.
package struct TimeWeighted: Equatable, Sendable {
  package private(set) var value: Int64 = 0
  package private(set) var maximum: Int64 = 0
  package private(set) var integral: Int128 = 0
  /// How long it was above zero [ns].
  package private(set) var timeAboveZero: Int64 = 0
  private var since: Int64 = 0

  package init() {}

  /// The integral and the maximum of a stretch that is over.
  package init(integral: Int128, timeAboveZero: Int64, maximum: Int64) {
    self.integral = integral
    self.timeAboveZero = timeAboveZero
    self.maximum = maximum
  }

  @inline(__always)
  package mutating func set(_ newValue: Int64, at time: Int64) {
    advance(to: time)
    value = newValue
    if newValue > maximum { maximum = newValue }
  }

  @inline(__always)
  package mutating func change(by difference: Int64, at time: Int64) {
    set(value + difference, at: time)
  }

  @inline(__always)
  package mutating func advance(to time: Int64) {
    integral += Int128(value) * Int128(time - since)
    if value > 0 { timeAboveZero += time - since }
    since = time
  }

  /// This value's integral as it is at `time`, if the value stays until then.
  package func advanced(to time: Int64) -> TimeWeighted {
    var later = self
    later.advance(to: max(time, since))
    return later
  }

  /// The mean over a span that ends where the value was last advanced to; zero for an empty span.
  package func mean(over nanoseconds: Int64) -> Double {
    nanoseconds > 0 ? Double(nearest: integral) / Double(nanoseconds) : 0
  }
}
