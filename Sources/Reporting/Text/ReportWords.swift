internal import Units

/// Values as people read them.
enum ReportWords {
  /// `9 h 15 min`, `4 min 10 s`, `12.3 s`, `850 ms`.
  static func duration(_ seconds: Double) -> String {
    if seconds >= 86_400 { return parts(seconds, 86_400, "d", 3_600, "h") }
    if seconds >= 3_600 { return parts(seconds, 3_600, "h", 60, "min") }
    if seconds >= 60 { return parts(seconds, 60, "min", 1, "s") }
    return NumberText.quantity(seconds, .seconds, digits: 3)
  }

  private static func parts(
    _ seconds: Double, _ large: Double, _ largeUnit: String, _ small: Double, _ smallUnit: String
  ) -> String {
    let total = (seconds / small).rounded()
    let ratio = large / small
    let whole = (total / ratio).rounded(.down)
    let rest = total - whole * ratio
    let text = "\(NumberText.fixed(whole, 0)) \(largeUnit)"
    return rest == 0 ? text : "\(text) \(NumberText.fixed(rest, 0)) \(smallUnit)"
  }

  /// `12.3 %`
  static func percent(_ share: Double) -> String { "\(NumberText.fixed(share * 100, 1)) %" }

  /// `+12.3 %`, `-0.4 %`
  static func signedPercent(_ share: Double) -> String {
    let text = percent(share)
    // Zero has no sign, however it was rounded to it.
    return share > 0 && text != percent(0) ? "+" + text : text
  }

  static func bytes(_ value: Double) -> String { NumberText.quantity(value, .bytes, digits: 3) }

  /// A count in the unit that leaves three digits: `8.03 billion`.
  static func large(_ count: Int) -> String {
    let units: [(Double, String)] = [(1e12, " trillion"), (1e9, " billion"), (1e6, " million")]
    for (factor, name) in units where Double(count) >= factor {
      return NumberText.significant(Double(count) / factor, 3) + name
    }
    return NumberText.grouped(count)
  }

  /// Dollars with as many decimals as matter: `18.98`, `0.0123`.
  static func dollars(_ value: Double) -> String {
    value >= 1 ? NumberText.fixed(value, 2) : NumberText.significant(value, 3)
  }
}
