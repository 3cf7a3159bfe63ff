internal import Units

/// Values as people read them, for sentences.
package enum Words {
  /// `9 h 15 min`, `4 min 10 s`, `12.3 s`, `850 ms`.
  package static func duration(_ seconds: Double) -> String {
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
  package static func percent(_ share: Double) -> String {
    "\(NumberText.fixed(share * 100, 1)) %"
  }

  /// `+12.3 %`, `-0.4 %`
  package static func signedPercent(_ share: Double) -> String {
    let text = percent(share)
    // Zero has no sign, however it was rounded to it.
    return share > 0 && text != percent(0) ? "+" + text : text
  }

  package static func bytes(_ value: Double) -> String {
    NumberText.quantity(value, .bytes, digits: 3)
  }

  /// Dollars with as many decimals as matter: `18.98`, `0.0123`.
  package static func dollars(_ value: Double) -> String {
    value >= 1 ? NumberText.fixed(value, 2) : NumberText.significant(value, 3)
  }

  package static func count(_ value: some BinaryInteger) -> String {
    NumberText.grouped(Int64(value))
  }

  /// `1 replica`, `8 replicas`
  package static func count(_ value: some BinaryInteger, _ noun: String) -> String {
    "\(count(value)) \(noun)\(value == 1 ? "" : "s")"
  }

  /// `a, b and c`
  package static func list(_ words: [String]) -> String {
    guard words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
  }
}
