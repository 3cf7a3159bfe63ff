internal import Diagnostics
internal import Units

/// Reader of the Azure LLM inference traces (CC-BY-4.0, Azure/AzurePublicDataset).
///
///     TIMESTAMP,ContextTokens,GeneratedTokens
///     2023-11-16 18:15:46.6805900,374,44
///
/// Wall-clock time with zero to nine decimals, optionally `T` for the space and `Z` or `+00:00` at
/// the end; further columns (such as `NumImages`) are ignored; lines may end in CR LF and the last
/// one need not end at all. Times are rebased to the first request; rows out of order are sorted. A
/// row without prompt or answer tokens asks for nothing and is skipped and counted.
enum AzureTrace {
  static func read(_ bytes: UnsafeBufferPointer<UInt8>, file: String) throws -> Trace {
    var problems = TraceProblems(file: file)
    var lines = Lines(bytes: bytes)
    guard let header = lines.next() else {
      problems.report("empty", "the trace is empty", line: nil)
      try problems.check()
      return Trace(entries: [])
    }
    guard String(decoding: header, as: UTF8.self).hasPrefix(expectedHeader) else {
      problems.report(
        "header", "the first line is not the header of an Azure trace", line: 1,
        hint: "expected `\(expectedHeader)`")
      try problems.check()
      return Trace(entries: [])
    }
    var rows: [(nanoseconds: Int64, input: Int32, output: Int32)] = []
    rows.reserveCapacity(bytes.count / 36)
    var skipped = 0
    while let line = lines.next() {
      guard !line.isEmpty else { continue }
      guard let row = row(line, number: lines.number, &problems) else { continue }
      if row.input == 0 || row.output == 0 { skipped += 1 } else { rows.append(row) }
    }
    if rows.isEmpty, problems.isEmpty {
      problems.report("empty", "the trace has no requests", line: nil)
    }
    try problems.check()
    rows.sort { $0.nanoseconds < $1.nanoseconds }
    let start = rows[0].nanoseconds
    let entries = rows.map {
      Trace.Entry(
        arrival: SimTime(nanoseconds: $0.nanoseconds - start), inputTokens: $0.input,
        outputTokens: $0.output)
    }
    return Trace(entries: entries, skippedRows: skipped)
  }

  private static let expectedHeader = "TIMESTAMP,ContextTokens,GeneratedTokens"

  private static func row(
    _ line: UnsafeBufferPointer<UInt8>.SubSequence, number: Int, _ problems: inout TraceProblems
  ) -> (nanoseconds: Int64, input: Int32, output: Int32)? {
    let columns = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard columns.count >= 3 else {
      problems.report(
        "columns", "line has \(columns.count) of 3 columns", line: number,
        hint: "expected `\(expectedHeader)`")
      return nil
    }
    guard let time = timestamp(columns[0]) else {
      problems.report(
        "timestamp", "not a time: \(shown(columns[0]))", line: number,
        hint: "expected for example `2023-11-16 18:15:46.6805900`")
      return nil
    }
    guard let input = count(columns[1]), let output = count(columns[2]) else {
      let bad = count(columns[1]) == nil ? columns[1] : columns[2]
      problems.report(
        "tokens", "not a count of tokens from 0 to 100,000,000: \(shown(bad))", line: number)
      return nil
    }
    return (time, input, output)
  }

  private static func shown(_ bytes: UnsafeBufferPointer<UInt8>.SubSequence) -> String {
    bytes.isEmpty ? "(empty)" : String(decoding: bytes.prefix(40), as: UTF8.self)
  }

  private static func count(_ bytes: UnsafeBufferPointer<UInt8>.SubSequence) -> Int32? {
    guard let value = digits(bytes), value <= 100_000_000 else { return nil }
    return Int32(value)
  }

  private static func digits(_ bytes: UnsafeBufferPointer<UInt8>.SubSequence) -> Int64? {
    guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
    var value: Int64 = 0
    for byte in bytes {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// Nanoseconds since 1970 of `YYYY-MM-DD HH:MM:SS[.f...][Z|+00:00]`.
  private static func timestamp(_ bytes: UnsafeBufferPointer<UInt8>.SubSequence) -> Int64? {
    var text = bytes
    if text.last == UInt8(ascii: "Z") {
      text = text.dropLast()
    } else if text.count > 6, text.suffix(6).elementsEqual("+00:00".utf8) {
      text = text.dropLast(6)
    }
    let first = text.startIndex
    func part(_ offset: Int, _ length: Int) -> Int64? {
      digits(text[(first + offset)..<(first + offset + length)])
    }
    guard text.count >= 19, text[first + 4] == UInt8(ascii: "-"),
      text[first + 7] == UInt8(ascii: "-"), text[first + 13] == UInt8(ascii: ":"),
      text[first + 16] == UInt8(ascii: ":"),
      text[first + 10] == UInt8(ascii: " ") || text[first + 10] == UInt8(ascii: "T"),
      let year = part(0, 4), (2000...2099).contains(year), let month = part(5, 2),
      (1...12).contains(month),
      let day = part(8, 2), day >= 1, day <= days(inMonth: month, of: year), let hour = part(11, 2),
      hour < 24,
      let minute = part(14, 2), minute < 60, let second = part(17, 2), second <= 60
    else { return nil }
    var fraction: Int64 = 0
    if text.count > 19 {
      let decimals = text.dropFirst(20)
      guard text[first + 19] == UInt8(ascii: "."), decimals.count <= 9,
        let value = digits(decimals)
      else { return nil }
      fraction = value
      for _ in decimals.count..<9 { fraction *= 10 }
    }
    let seconds =
      dayNumber(year: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60 + second
    return seconds * 1_000_000_000 + fraction
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

  /// The lines of a file with their numbers, without their ends.
  private struct Lines {
    let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private(set) var number = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
      self.bytes = bytes
      // A byte order mark is not part of the header.
      if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    }

    mutating func next() -> UnsafeBufferPointer<UInt8>.SubSequence? {
      guard position < bytes.count else { return nil }
      number += 1
      let rest = bytes[position...]
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      var line = bytes[position..<end]
      if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
      position = end + 1
      return line
    }
  }
}
