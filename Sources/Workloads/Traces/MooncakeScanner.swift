internal import Diagnostics

/// The lines of a Mooncake trace, read byte by byte.
struct MooncakeScanner {
  struct Line {
    var milliseconds: Int64 = -1
    var input: Int64 = -1
    var output: Int64 = -1
    var blocks = -1
  }

  private enum Key: String, CaseIterable {
    case timestamp
    case input = "input_length"
    case output = "output_length"
    case ids = "hash_ids"
  }

  /// The end of the year 2099: times may count from 1970 on.
  private static let latestMilliseconds: Int64 = 4_102_444_800_000
  private static let mostTokens: Int64 = 100_000_000

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// Where the current line begins, and where it ends.
  private var start = 0
  private var end = -1
  private var lineNumber = 0

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    // A byte order mark is not part of the first line.
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { end = 2 }
  }

  /// Goes to the next line that is not blank; false at the end of the file.
  mutating func nextLine() -> Bool {
    while end + 1 < bytes.count {
      start = end + 1
      position = start
      lineNumber += 1
      end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
      skipSpaces()
      if position < end { return true }
    }
    return false
  }

  /// Reads the current line and appends its chained ids; nil after reporting what is wrong.
  mutating func readLine(_ ids: inout [UInt64], _ problems: inout TraceProblems) -> Line? {
    var line = Line()
    guard take("{") else { return malformed(&problems, nil) }
    repeat {
      guard let name = string(), take(":") else { return malformed(&problems, nil) }
      guard let key = Key.allCases.first(where: { name.elementsEqual($0.rawValue.utf8) }) else {
        problems.report(
          "unknown-key", "unknown key `\(shown(name))`", line: lineNumber,
          hint: "a line of a Mooncake trace is for example `\(MooncakeTrace.example)`")
        return nil
      }
      guard read(key, &line, &ids, &problems) else { return nil }
    } while take(",")
    guard take("}"), position == end else { return malformed(&problems, nil) }
    return check(line, &problems)
  }

  private mutating func read(
    _ key: Key, _ line: inout Line, _ ids: inout [UInt64], _ problems: inout TraceProblems
  ) -> Bool {
    let isRepeated: Bool
    switch key {
    case .timestamp:
      isRepeated = line.milliseconds >= 0
      line.milliseconds = number(to: Self.latestMilliseconds)
    case .input:
      isRepeated = line.input >= 0
      line.input = number(to: Self.mostTokens)
    case .output:
      isRepeated = line.output >= 0
      line.output = number(to: Self.mostTokens)
    case .ids:
      isRepeated = line.blocks >= 0
      if !isRepeated { return readIDs(&line, &ids, &problems) }
    }
    if isRepeated {
      problems.report("repeated-key", "key `\(key.rawValue)` twice in a line", line: lineNumber)
      return false
    }
    if key == .timestamp, line.milliseconds < 0 {
      problems.report(
        "timestamp",
        "not a time in whole milliseconds from 0 to 4,102,444,800,000: \(shownValue())",
        line: lineNumber)
      return false
    }
    if key == .input && line.input < 0 || key == .output && line.output < 0 {
      problems.report(
        "tokens", "not a count of tokens from 0 to 100,000,000: \(shownValue())", line: lineNumber)
      return false
    }
    return true
  }

  private mutating func readIDs(
    _ line: inout Line, _ ids: inout [UInt64], _ problems: inout TraceProblems
  ) -> Bool {
    guard take("[") else { return malformed(&problems, false) }
    line.blocks = 0
    if take("]") { return true }
    var chain: UInt64 = 0
    repeat {
      let id = number(to: .max)
      guard id >= 0 else {
        problems.report("hash-id", "not the id of a block: \(shownValue())", line: lineNumber)
        return false
      }
      chain = scattered((chain ^ UInt64(id)) &+ goldenStep)
      ids.append(chain)
      line.blocks += 1
    } while take(",")
    return take("]") || malformed(&problems, false)
  }

  private func check(_ line: Line, _ problems: inout TraceProblems) -> Line? {
    let present = [line.milliseconds >= 0, line.input >= 0, line.output >= 0, line.blocks >= 0]
    if let missing = present.firstIndex(of: false) {
      problems.report(
        "missing-key", "missing key `\(Key.allCases[missing].rawValue)`", line: lineNumber,
        hint: "a line of a Mooncake trace is for example `\(MooncakeTrace.example)`")
      return nil
    }
    let size = Int64(MooncakeTrace.blockTokens)
    let expected = (line.input + size - 1) / size
    guard line.blocks == expected else {
      problems.report(
        "blocks",
        "`hash_ids` does not have one id for every \(size) tokens of `input_length`: "
          + "\(line.blocks) of \(expected)",
        line: lineNumber)
      return nil
    }
    return line
  }

  // MARK: Bytes

  private mutating func skipSpaces() {
    while position < end,
      bytes[position] == UInt8(ascii: " ") || bytes[position] == UInt8(ascii: "\t")
        || bytes[position] == UInt8(ascii: "\r")
    {
      position += 1
    }
  }

  /// Takes one sign and the spaces after it.
  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard position < end, bytes[position] == UInt8(ascii: sign) else { return false }
    position += 1
    skipSpaces()
    return true
  }

  /// A key; none has an escape in it.
  private mutating func string() -> UnsafeBufferPointer<UInt8>.SubSequence? {
    guard position < end, bytes[position] == UInt8(ascii: "\"") else { return nil }
    let first = position + 1
    var last = first
    while last < end, bytes[last] != UInt8(ascii: "\"") { last += 1 }
    guard last < end else { return nil }
    position = last + 1
    skipSpaces()
    return bytes[first..<last]
  }

  /// A whole number up to a limit, or -1 with the position left where it begins.
  private mutating func number(to limit: Int64) -> Int64 {
    var value: Int64 = 0
    var place = position
    while place < end, bytes[place] >= UInt8(ascii: "0"), bytes[place] <= UInt8(ascii: "9") {
      // At most 18 digits: no overflow.
      if place - position == 18 { return -1 }
      value = value * 10 + Int64(bytes[place] - UInt8(ascii: "0"))
      place += 1
    }
    let isWhole = place == end || !Self.continuesNumber(bytes[place])
    guard place > position, value <= limit, isWhole else { return -1 }
    position = place
    skipSpaces()
    return value
  }

  private static func continuesNumber(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
  }

  // MARK: Wording

  private func malformed<Nothing>(_ problems: inout TraceProblems, _ nothing: Nothing) -> Nothing {
    problems.report(
      "json", "line is not a JSON object of a Mooncake trace: column \(position - start + 1)",
      line: lineNumber, hint: "expected for example `\(MooncakeTrace.example)`")
    return nothing
  }

  /// The value at the position, up to the sign that ends it.
  private func shownValue() -> String {
    let ends = Array(",]}\r".utf8)
    let rest = bytes[position..<end].prefix { !ends.contains($0) }
    return shown(rest)
  }

  private func shown(_ text: UnsafeBufferPointer<UInt8>.SubSequence) -> String {
    text.isEmpty ? "(empty)" : String(decoding: text.prefix(40), as: UTF8.self)
  }
}
