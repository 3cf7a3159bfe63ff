/// Reads text byte by byte: signs, numbers, fields of tables, values of JSON.
///
///     var scanner = ByteScanner(line)
///     guard scanner.take("{"), let key = scanner.string(), scanner.take(":") else { ... }
///
/// What cannot be read leaves the position where it began, so that a message can show it. The bytes
/// must outlive the scanner.
package struct ByteScanner {
  package let bytes: UnsafeBufferPointer<UInt8>
  package var position = 0
  package let end: Int

  package init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    end = bytes.count
  }

  package var isAtEnd: Bool { position >= end }

  /// The byte at the position; 0 at the end.
  package var next: UInt8 { position < end ? bytes[position] : 0 }

  package var rest: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[min(position, end)..<end])
  }

  package func text(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[range])
  }

  /// Passes over spaces, tabs and line ends.
  @inline(__always)
  package mutating func skipSpaces() {
    // Most values have none behind them.
    guard position < end, bytes[position] <= 0x20 else { return }
    skipManySpaces()
  }

  private mutating func skipManySpaces() {
    while position < end, Self.isSpace(bytes[position]) { position += 1 }
  }

  /// Takes one sign and the spaces after it.
  package mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard position < end, bytes[position] == UInt8(truncatingIfNeeded: sign.value) else {
      return false
    }
    position += 1
    skipSpaces()
    return true
  }

  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  // MARK: Numbers

  /// A number without sign, fraction or exponent; nil for anything else.
  package mutating func wholeNumber() -> UInt64? {
    var value: UInt64 = 0
    var place = position
    // Nineteen digits cannot be too many.
    let safeEnd = min(end, position + 19)
    while place < safeEnd, Self.isDigit(bytes[place]) {
      value = value &* 10 &+ UInt64(bytes[place] &- 0x30)
      place += 1
    }
    while place < end, Self.isDigit(bytes[place]) {
      let (product, isLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = product.addingReportingOverflow(UInt64(bytes[place] &- 0x30))
      if isLarge || isLarger { return nil }
      value = sum
      place += 1
    }
    guard place > position, place == end || !Self.continuesNumber(bytes[place]) else { return nil }
    position = place
    return value
  }

  /// A count: a whole number, also one that a program of floating point wrote, as `374.0`.
  package mutating func count(to limit: Int64) -> Int64? {
    let start = position
    if let value = wholeNumber() { return accept(value, limit, start) }
    guard let value = fixedPoint(decimals: 3), value % 1000 == 0 else {
      position = start
      return nil
    }
    return accept(UInt64(value / 1000), limit, start)
  }

  private mutating func accept(_ value: UInt64, _ limit: Int64, _ start: Int) -> Int64? {
    guard value <= UInt64(limit) else {
      position = start
      return nil
    }
    return Int64(value)
  }

  /// A number that is not negative, times a power of ten, rounded to the nearest whole number; nil
  /// for anything else, and for what does not fit.
  ///
  /// `1.25` with three decimals is 1250, `12e-1` is 1200.
  package mutating func fixedPoint(decimals: Int) -> Int64? {
    var place = position
    var mantissa: UInt64 = 0
    var (digits, fraction, exponent) = (0, 0, 0)
    var isFraction = false
    while place < end {
      let byte = bytes[place]
      if Self.isDigit(byte) {
        digits += 1
        // What comes after nineteen digits is beyond a nanosecond in a century.
        if mantissa < 1_000_000_000_000_000_000 {
          mantissa = mantissa * 10 + UInt64(byte &- 0x30)
          if isFraction { fraction += 1 }
        } else if !isFraction {
          return nil
        }
      } else if byte == 0x2E, !isFraction {
        isFraction = true
      } else {
        break
      }
      place += 1
    }
    guard digits > 0 else { return nil }
    if place < end, bytes[place] | 0x20 == 0x65 {
      guard let found = Self.exponent(bytes, &place, end) else { return nil }
      exponent = found
    }
    guard place == end || !Self.continuesNumber(bytes[place]),
      let value = Self.scaled(mantissa, by: decimals - fraction + exponent)
    else { return nil }
    position = place
    return value
  }

  private static func exponent(
    _ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int, _ end: Int
  ) -> Int? {
    place += 1
    var isNegative = false
    if place < end, bytes[place] == 0x2B || bytes[place] == 0x2D {
      isNegative = bytes[place] == 0x2D
      place += 1
    }
    var value = 0
    let first = place
    while place < end, isDigit(bytes[place]), value < 1000 {
      value = value * 10 + Int(bytes[place] &- 0x30)
      place += 1
    }
    return place > first && value < 1000 ? (isNegative ? -value : value) : nil
  }

  private static func scaled(_ mantissa: UInt64, by power: Int) -> Int64? {
    var value = mantissa
    if power >= 0 {
      guard mantissa > 0 else { return 0 }
      for _ in 0..<min(power, 20) {
        let (product, isLarge) = value.multipliedReportingOverflow(by: 10)
        guard !isLarge else { return nil }
        value = product
      }
      return power > 20 ? nil : Int64(exactly: value)
    }
    guard power >= -19 else { return 0 }
    var divisor: UInt64 = 1
    for _ in 0..<(-power) { divisor *= 10 }
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return Int64(exactly: quotient + (remainder >= divisor - remainder ? 1 : 0))
  }

  /// Whether a byte right behind digits makes another value of them.
  @inline(__always)
  private static func continuesNumber(_ byte: UInt8) -> Bool {
    byte == 0x2E || byte == 0x2B || byte == 0x2D || byte == 0x5F || (byte | 0x20) &- 0x61 < 26
  }
}
