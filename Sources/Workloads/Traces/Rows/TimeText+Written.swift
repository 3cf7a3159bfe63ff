internal import ByteStreams

// Dates as logs and letters have them, and what is none.
extension TimeText {
  /// Nanoseconds since 1970 of
  ///
  ///     28/Feb/2024:23:59:59 +0000        access logs, in square brackets or not
  ///     Wed, 28 Feb 2024 23:59:59 GMT     letters and headers (RFC 5322), with a weekday or not
  ///     20240228T235959Z                  ISO 8601 without signs between the numbers
  ///
  /// with fractions of a second and zones as `date` has them. Nil for anything else.
  static func writtenDate(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    var text = text
    if text.count > 2, text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") {
      text = UnsafeBufferPointer(rebasing: text[1..<(text.count - 1)])
    }
    guard text.count >= 13 else { return nil }
    if text[8] | 0x20 == letterT { return compact(text) }
    if text[3] == UInt8(ascii: ","), text[4] == space {
      text = UnsafeBufferPointer(rebasing: text[5...])
    }
    return named(text)
  }

  /// `YYYYMMDDTHHMM[SS[.f...]]` with its zone.
  private static func compact(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    let (hour, minute) = (number(text, 9, 2), number(text, 11, 2))
    guard let day = day(number(text, 0, 4), number(text, 4, 2), number(text, 6, 2)),
      (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    var position = 13
    var nanoseconds: Int64 = 0
    if number(text, position, 2) >= 0 {
      // The sign in front of the seconds is the last digit of the minutes.
      position -= 1
      guard let seconds = seconds(text, &position) else { return nil }
      nanoseconds = seconds
    }
    guard let offset = zone(text, position) else { return nil }
    return (day * 1_440 + hour * 60 + minute - offset) * 60_000_000_000 + nanoseconds
  }

  /// `D[D]/Mon/YYYY:` or `D[D] Mon YYYY ` in front of a time of day.
  private static func named(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    let width = number(text, 0, 2) >= 0 ? 2 : 1
    guard text.count >= width + 10 else { return nil }
    let (sign, end) = (text[width], text[width + 9])
    let isLog = sign == UInt8(ascii: "/") && end == colon
    guard isLog || sign == space && end == space, text[width + 4] == sign,
      let month = month(text, width + 1),
      let day = day(number(text, width + 5, 4), month, number(text, 0, width))
    else { return nil }
    return instant(day: day, text, width + 10)
  }

  private static func month(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int64? {
    let names = "janfebmaraprmayjunjulaugsepoctnovdec".utf8
    let letters = text[start..<(start + 3)].map { $0 | 0x20 }
    for month in 0..<12 where names.dropFirst(3 * month).prefix(3).elementsEqual(letters) {
      return Int64(month) + 1
    }
    return nil
  }

  // MARK: What is no date

  /// Whether something is meant as a date and is no number.
  static func isMeantAsDate(_ text: some Sequence<UInt8>) -> Bool {
    let signs = text.filter { !(0x30...0x39).contains($0) && $0 > 0x20 }
    let digits = text.reduce(0) { (0x30...0x39).contains($1) ? $0 + 1 : $0 }
    return digits >= 4
      && (signs.contains(colon) || signs.contains(UInt8(ascii: "/"))
        || signs.filter { $0 == dash }.count >= 2)
  }

  /// Why a text is no date, and what can be done about it.
  static func problem(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> (reason: String?, hint: String) {
    if let hint = numbered(text) {
      return ("whether the day or the month comes first is not said", hint)
    }
    if let (zone, shorter) = zoneName(text), date(shorter) != nil {
      if let hint = hours(shorter, isAfternoon: ["AM": false, "PM": true][zone.uppercased()]) {
        return ("its hours are counted to 12", hint)
      }
      return (
        "the zone `\(zone)` is not the same everywhere, or all year",
        "write how far it is ahead of Greenwich, for example "
          + "`\(String(decoding: shorter, as: UTF8.self))-08:00`"
      )
    }
    return (nil, "expected for example `2023-11-16 18:15:46.6805900`")
  }

  /// `12/31/2024` or `31.12.2024`: what to write in its place; nil for anything else.
  private static func numbered(_ text: UnsafeBufferPointer<UInt8>) -> String? {
    let parts = text.prefix { $0 != space }
      .split(omittingEmptySubsequences: false) { [0x2F, 0x2E, dash].contains($0) }
      .map { Array($0) }
    guard parts.count == 3,
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } }),
      parts[0].count <= 2, parts[1].count <= 2, [2, 4].contains(parts[2].count)
    else { return nil }
    return "write the year first, then the month: `2024-12-31 23:59:58`"
  }

  /// What to write in the place of hours that are counted to 12; nil where they are not.
  private static func hours(
    _ text: UnsafeBufferPointer<UInt8>, isAfternoon: Bool?
  ) -> String? {
    guard let isAfternoon, text.count > 15, text[13] == colon else { return nil }
    let hour = String(number(text, 11, 2) % 12 + (isAfternoon ? 12 : 0))
    let (day, rest) = (String(decoding: text[..<11], as: UTF8.self), text[13...])
    let time = (hour.count < 2 ? "0" : "") + hour + String(decoding: rest, as: UTF8.self)
    return "write them from 0 to 23: `\(day)\(time)`"
  }

  /// Letters at the end that are the name of a zone, and what stands in front of them.
  private static func zoneName(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> (name: String, rest: UnsafeBufferPointer<UInt8>)? {
    guard let gap = text.lastIndex(of: space), gap + 1 < text.count,
      (0x41...0x5A).contains(text[gap + 1] & 0xDF)
    else { return nil }
    let name = String(decoding: text[(gap + 1)...], as: UTF8.self)
    return (name, UnsafeBufferPointer(rebasing: text[..<gap]))
  }
}
