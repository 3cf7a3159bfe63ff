/// Rounding of the numbers in a document.
package enum ReportNumber {
  /// The nearest number of six significant digits: as exact as any result is, and the same bytes
  /// wherever the last bits of a sum differ.
  package static func rounded(_ value: Double, digits: Int = 6) -> Double {
    // JSON has no word for it, and zero would be a lie: inputs are bounded so that it cannot come.
    precondition(value.isFinite, "a result is no number")
    guard value != 0 else { return 0 }
    var exponent = 0
    var probe = value.magnitude
    while probe >= 10 {
      probe /= 10
      exponent += 1
    }
    while probe < 1, exponent > -300 {
      probe *= 10
      exponent -= 1
    }
    let places = digits - 1 - exponent
    var scale = 1.0
    for _ in 0..<abs(places) { scale *= 10 }
    return places >= 0 ? (value * scale).rounded() / scale : (value / scale).rounded() * scale
  }
}
