/// The month of a date that says what a figure holds for: `2026`, `2026-07`, `2026-07-31`.
///
/// A year alone is taken as its last month: nobody is told that a price is old who cannot know it.
package struct CalendarMonth: Comparable, Hashable, Sendable {
  package let year: Int
  /// 1...12.
  package let month: Int

  /// Nil for what is no date, such as the 30th of February, or not between 1900 and 2999.
  package init?(_ text: String) {
    guard let parts = Self.parts(text) else { return nil }
    let month = Self(year: parts[0], month: parts.count > 1 ? parts[1] : 12)
    guard (1900...2999).contains(month.year), (1...12).contains(month.month),
      parts.count < 3 || (1...month.days).contains(parts[2])
    else { return nil }
    self = month
  }

  private init(year: Int, month: Int) {
    self.year = year
    self.month = month
  }

  /// Why a date that looks like one is none, as the note of a message: `2026-02 has 28 days`.
  package static func note(on text: String) -> [String] {
    guard let parts = parts(text), parts.count == 3,
      let month = CalendarMonth(String(text.prefix(7)))
    else { return [] }
    return ["\(text.prefix(7)) has \(month.days) days"]
  }

  /// Year, month and day as far as they are written, whatever the numbers.
  private static func parts(_ text: String) -> [Int]? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ $0.allSatisfy { "0123456789".contains($0) } }), !parts.isEmpty,
      [4, 2, 2].starts(with: parts.map(\.count))
    else { return nil }
    return parts.compactMap { Int($0) }
  }

  /// Every fourth year has a day more, of those that 100 divides only the ones that 400 divides.
  private var days: Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Months from this one to another; negative when that was before.
  package func months(to other: CalendarMonth) -> Int {
    (other.year - year) * 12 + other.month - month
  }

  package static func < (left: CalendarMonth, right: CalendarMonth) -> Bool {
    right.months(to: left) < 0
  }
}
