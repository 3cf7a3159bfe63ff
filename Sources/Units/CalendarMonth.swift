/// The month of a date that says what a figure holds for: `2026`, `2026-07`, `2026-07-31`.
///
/// A year alone is taken as its last month: nobody is told that a price is old who cannot know it.
package struct CalendarMonth: Comparable, Hashable, Sendable {
  package let year: Int
  /// 1...12.
  package let month: Int

  /// Nil for what is no date.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ $0.allSatisfy { "0123456789".contains($0) } }),
      [4, 2, 2].starts(with: parts.map(\.count)), !parts.isEmpty, let year = Int(parts[0])
    else { return nil }
    let month = parts.count > 1 ? Int(parts[1]) ?? 0 : 12
    let day = parts.count > 2 ? Int(parts[2]) ?? 0 : 1
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    self.year = year
    self.month = month
  }

  /// Months from this one to another; negative when that was before.
  package func months(to other: CalendarMonth) -> Int {
    (other.year - year) * 12 + other.month - month
  }

  package static func < (left: CalendarMonth, right: CalendarMonth) -> Bool {
    right.months(to: left) < 0
  }
}
