internal import Units

/// How old a price is. The program has no clock, so that the same input gives the same output: a
/// price is held against the month that its profiles were last gone through.
package enum PriceAge {
  /// Month in which the shipped prices were last looked at.
  package static let lookedAt = "2026-11"
  /// Rental prices fell by half within a year more than once: half a year is told.
  private static let mostMonths = 6

  /// `a price of 2025-08, 15 months old: state your own with --prices`; nil of what is young, and
  /// of what has no date. A year alone is taken as its last month.
  ///
  /// Check: 2025-08 is 15 months before 2026-11, 2026 none (`PriceAgeTests.oldPricesAreSaidToBe`).
  /// - Parameter isOwn: whether it is already whoever asks that states it.
  package static func words(of date: String?, isOwn: Bool = false) -> String? {
    guard let date, let month = CalendarMonth(date), let now = CalendarMonth(lookedAt) else {
      return nil
    }
    let age = month.months(to: now)
    guard age > mostMonths else { return nil }
    let remedy = isOwn ? "bring your price book up to date" : "state your own with `--prices`"
    return "a price of \(date), \(age) months old: \(remedy)"
  }
}
