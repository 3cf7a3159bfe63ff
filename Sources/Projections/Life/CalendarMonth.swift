/// A month of a year: `2025-01`.
package struct CalendarMonth: Equatable, Sendable {
  package var year: Int
  /// Number of the month in its year, from 1.
  package var month: Int

  /// Nil for what is no month between 1900 and 2999.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 4, parts[1].count == 2, let year = Int(parts[0]),
      let month = Int(parts[1]), (1900...2999).contains(year), (1...12).contains(month)
    else { return nil }
    self.year = year
    self.month = month
  }

  /// The month in which a time after this one's beginning lies; nil beyond the year 9999.
  package func after(months: Double) -> String? {
    guard months >= 0, months < 12.0 * 7_000 else { return nil }
    let index = year * 12 + month - 1 + Int(months)
    let number = index % 12 + 1
    return "\(index / 12)-\(number < 10 ? "0" : "")\(number)"
  }
}
