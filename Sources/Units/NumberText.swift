/// Numbers as people read them, without `String(format:)`: the same bytes on every platform.
package enum NumberText {
  /// A number with a fixed count of decimals and, from 10,000 on, grouped thousands.
  ///
  /// `fixed(1234567.891, 1)` is `1,234,567.9`; `fixed(1234, 0)` is `1234`.
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    let scale = power(of: min(decimals, 15))
    let scaled = (value.magnitude * scale).rounded()
    guard scaled < 0x1p63 else { return value.description }
    let units = Int64(scaled)
    let divisor = Int64(scale)
    var text = grouped(units / divisor)
    if divisor > 1 {
      let decimals = min(decimals, 15)
      let fraction = String(units % divisor)
      text += "." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }
    return value < 0 && units != 0 ? "-" + text : text
  }

  /// A number with about `digits` significant digits: `significant(0.012345, 3)` is `0.0123`.
  package static func significant(_ value: Double, _ digits: Int = 3) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : fixed(value, 0) }
    var decimals = digits
    var probe = value.magnitude
    while probe >= 1, decimals > 0 {
      probe /= 10
      decimals -= 1
    }
    var small = value.magnitude
    while small < 0.1, decimals < 12 {
      small *= 10
      decimals += 1
    }
    // Twelve decimals would show nothing of a very small number; its exponent does.
    return small < 0.1 ? value.description : fixed(value, decimals)
  }

  /// A number with no more digits than it needs: `plain(8)` is `8`, `plain(0.25)` is `0.25`.
  package static func plain(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? fixed(value, 0) : value.description
  }

  /// A number as files and commands have it: `plain` without separators.
  package static func typed(_ value: Double) -> String { plain(value).filter { $0 != "," } }

  /// A whole number with thousands separators from 10,000 on.
  package static func grouped(_ value: Int64) -> String {
    let digits = String(value.magnitude)
    guard digits.count > 4 else { return String(value) }
    var text = ""
    for (offset, digit) in digits.enumerated() {
      if offset > 0, (digits.count - offset) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return value < 0 ? "-" + text : text
  }

  package static func grouped(_ value: Int) -> String { grouped(Int64(value)) }

  /// A quantity in the largest decimal unit that keeps it at or above one: `1.41e11` bytes become
  /// `141 GB`.
  package static func quantity(_ value: Double, _ dimension: Dimension, digits: Int = 3) -> String {
    let unit = unit(for: value, dimension)
    return "\(significant(value / unit.factor, digits)) \(unit.symbol)"
  }

  /// Two quantities that are held against each other, in as many digits as tell them apart, from
  /// three to six: 24 and 24.03 requests a second are `24.00 req/s` and `24.03 req/s`.
  package static func apart(
    _ first: Double, _ second: Double, _ dimension: Dimension
  ) -> (first: String, second: String) {
    func pair(_ digits: Int) -> (first: String, second: String) {
      (quantity(first, dimension, digits: digits), quantity(second, dimension, digits: digits))
    }
    return (3...6).map(pair).first { $0.first != $0.second } ?? pair(3)
  }

  /// A share in as many decimals as tell it from another one, from one to four: 0.98996 beside 0.99
  /// is `98.996 %`.
  package static func percent(_ share: Double, apartFrom other: Double) -> String {
    func text(_ share: Double, _ decimals: Int) -> String { fixed(share * 100, decimals) }
    let decimals = (1...4).first { text(share, $0) != text(other, $0) } ?? 1
    return "\(text(share, decimals)) %"
  }

  /// A quantity with no more digits than it needs: `plain(1e9, .bytesPerSecond)` is `1 GB/s`.
  package static func plain(_ value: Double, _ dimension: Dimension) -> String {
    let unit = unit(for: value, dimension)
    // The unit is no power of two: what a quotient is off by is not said.
    return "\(plain(ReportNumber.rounded(value / unit.factor, digits: 12))) \(unit.symbol)"
  }

  private static func unit(
    for value: Double, _ dimension: Dimension
  ) -> (symbol: String, factor: Double) {
    let decimalUnits = dimension.units.filter { !$0.symbol.contains("i") || dimension != .bytes }
      .filter { !["min", "h", "req/min", "req/h"].contains($0.symbol) }
      .sorted { $0.factor > $1.factor }
    // Nothing is as well said in the unit that stands first.
    guard value != 0 else { return dimension.units[0] }
    return decimalUnits.first { value.magnitude >= $0.factor } ?? decimalUnits.last!
  }

  private static func power(of decimals: Int) -> Double {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    return scale
  }
}
