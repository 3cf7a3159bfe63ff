/// Large counts as people say them.
package enum CountText {
  private static let names: [(Double, String)] = [
    (1e15, " quadrillion"), (1e12, " trillion"), (1e9, " billion"), (1e6, " million"),
  ]

  /// `1.40 trillion`, `70.0 billion`, `5000`.
  package static func large(_ count: Double, digits: Int = 3) -> String {
    for (factor, name) in names where count.magnitude >= factor * 0.9995 {
      guard count.magnitude < 1e18 else { break }
      return NumberText.significant(count / factor, digits) + name
    }
    return count.magnitude < 1e6
      ? NumberText.fixed(count, count == count.rounded() || count >= 1_000 ? 0 : 1)
      : scientific(count)
  }

  /// `3.29e24`: a number of FLOPs, which has no word.
  package static func scientific(_ value: Double, digits: Int = 3) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : NumberText.fixed(value, 0) }
    var exponent = 0
    var mantissa = value.magnitude
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    let decimals = digits - 1
    if NumberText.fixed(mantissa, decimals).hasPrefix("10") {
      mantissa /= 10
      exponent += 1
    }
    let sign = value < 0 ? "-" : ""
    return "\(sign)\(NumberText.fixed(mantissa, decimals))e\(exponent)"
  }
}
