/// Reading of a number with its unit, as in `4.8 TB/s`.
///
/// A value is held in the base unit of its dimension (bytes, seconds, watts ...) as a plain
/// `Double` whose name carries the unit. The unit itself is read strictly: none is assumed, none is
/// guessed.
package enum Quantity {
  package enum ParseFailure: Error, Equatable {
    /// The text does not begin with a finite decimal number.
    case notANumber
    /// There is a number and no unit.
    case missingUnit
    /// The unit is not one of the dimension's; the other dimension that knows it, if any.
    case wrongUnit(String, belongsTo: Dimension?)
  }

  /// - Returns: the value in the dimension's base unit (`141 GB` -> 141e9 for `.bytes`).
  package static func parse(
    _ text: String, as dimension: Dimension
  ) -> Result<Double, ParseFailure> {
    let trimmed = text.drop { $0 == " " }
    var digits = trimmed.prefix { $0.isNumber || "+-._eE".contains($0) }
    // In `5EB` the `E` begins a unit: an exponent needs a digit behind it.
    if let last = digits.last, "eE".contains(last) { digits.removeLast() }
    guard let number = plainNumber(digits) else { return .failure(.notANumber) }
    let rest = trimmed[digits.endIndex...]
    // `0x10 W` is a hexadecimal number, not zero of a unit `x10 W`.
    if number == 0, rest.first == "x" || rest.first == "X" { return .failure(.notANumber) }
    var unit = String(rest.drop { $0 == " " })
    while unit.last == " " { unit.removeLast() }
    guard !unit.isEmpty else { return .failure(.missingUnit) }
    if let match = dimension.units.first(where: { $0.symbol == unit }) {
      let value = number * match.factor
      return value.isFinite ? .success(value) : .failure(.notANumber)
    }
    let owner = Dimension.allCases.first { $0.units.contains { $0.symbol == unit } }
    return .failure(.wrongUnit(unit, belongsTo: owner))
  }

  /// A finite decimal number: digits may be grouped with `_`; no hexadecimal, `nan` or `inf`.
  package static func plainNumber(_ text: some StringProtocol) -> Double? {
    // A mark that groups digits stands between two of them.
    guard text.allSatisfy({ "0123456789+-.eE_".contains($0) }), text.first != "_",
      text.last != "_", !text.contains("__"),
      let value = Double(String(text.filter { $0 != "_" })), value.isFinite
    else { return nil }
    return value
  }
}
