internal import ByteStreams

/// Points of time as people and programs write them.
enum TimeText {
  /// Nanoseconds since 1970 of `YYYY-MM-DD[T ]HH:MM[:SS[.f...]][ ][Z|UTC|GMT|±HH[:MM]]`, or one of
  /// the ways of `writtenDate`; without a zone it is that of Greenwich. Nil for anything else.
  static func date(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard text.count >= 16, text[4] == dash, text[7] == dash,
      text[10] == space || text[10] | 0x20 == letterT
    else { return writtenDate(text) }
    guard let day = day(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2)) else {
      return nil
    }
    return instant(day: day, text, 11)
  }

  /// Days since 1970; nil where there is no such day.
  @inline(__always)
  static func day(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
    guard (2000...2099).contains(year), (1...12).contains(month), day >= 1,
      day <= days(inMonth: month, of: year)
    else { return nil }
    return dayNumber(year: year, month: month, day: day)
  }

  /// Nanoseconds since 1970 of a day and `HH:MM[:SS[.f...]]` with its zone, up to the end.
  @inline(__always)
  static func instant(day: Int64, _ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int64? {
    let (hour, minute) = (number(text, start, 2), number(text, start + 3, 2))
    guard (0..<24).contains(hour), (0..<60).contains(minute), text[start + 2] == colon else {
      return nil
    }
    var position = start + 5
    var nanoseconds: Int64 = 0
    if position < text.count, text[position] == colon {
      guard let seconds = seconds(text, &position) else { return nil }
      nanoseconds = seconds
    }
    guard let offset = zone(text, position) else { return nil }
    return (day * 1_440 + hour * 60 + minute - offset) * 60_000_000_000 + nanoseconds
  }

  static let (dash, colon, space, letterT) = (
    UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "t")
  )

  /// Digits as a number, or -1.
  static func number(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int
  ) -> Int64 {
    var value: Int64 = 0
    guard start + count <= text.count else { return -1 }
    for index in start..<(start + count) {
      let digit = text[index] &- 0x30
      guard digit < 10 else { return -1 }
      value = value * 10 + Int64(digit)
    }
    return value
  }

  /// `:SS` with its fraction behind a point or a comma, in nanoseconds.
  static func seconds(
    _ text: UnsafeBufferPointer<UInt8>, _ position: inout Int
  ) -> Int64? {
    let whole = number(text, position + 1, 2)
    // A leap second is the second after it.
    guard (0...60).contains(whole) else { return nil }
    position += 3
    guard position < text.count, text[position] == 0x2E || text[position] == 0x2C else {
      return whole * 1_000_000_000
    }
    position += 1
    var fraction: Int64 = 0
    var digits = 0
    while position < text.count, text[position] &- 0x30 < 10 {
      if digits < 9 { fraction = fraction * 10 + Int64(text[position] &- 0x30) }
      digits += 1
      position += 1
    }
    guard digits > 0 else { return nil }
    while digits < 9 {
      fraction *= 10
      digits += 1
    }
    return whole * 1_000_000_000 + fraction
  }

  /// Minutes that a zone is ahead of Greenwich.
  static func zone(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int64? {
    var position = start
    if position < text.count, text[position] == space { position += 1 }
    guard position < text.count else { return position == start ? 0 : nil }
    let rest = text[position...]
    if rest.count == 1 && rest.first! | 0x20 == 0x7A || rest.elementsEqual("UTC".utf8)
      || rest.elementsEqual("GMT".utf8)
    {
      return 0
    }
    let sign = text[position]
    guard sign == UInt8(ascii: "+") || sign == dash else { return nil }
    let hours = number(text, position + 1, 2)
    position += 3
    var minutes: Int64 = 0
    if position < text.count {
      if text[position] == colon { position += 1 }
      minutes = number(text, position, 2)
      position += 2
    }
    // `+0000 UTC`, as Go writes it.
    let tail = text[min(position, text.count)...]
    guard (0...14).contains(hours), (0..<60).contains(minutes),
      tail.isEmpty || tail.elementsEqual(" UTC".utf8)
    else { return nil }
    let offset = hours * 60 + minutes
    return sign == dash ? -offset : offset
  }

  private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
    let next = month == 12 ? (year + 1, 1) : (year, month + 1)
    return dayNumber(year: next.0, month: next.1, day: 1)
      - dayNumber(year: year, month: month, day: 1)
  }

  /// Days since 1970-01-01 in the Gregorian calendar.
  ///
  /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
  private static func dayNumber(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
