internal import ByteStreams

/// One entry of a session: a request, or a sub-agent with requests of its own.
struct WekaRequest {
  enum Problem {
    case malformed
    case value(key: String, UnsafeBufferPointer<UInt8>)
  }

  /// From the beginning [ns]; nil where it is not said.
  var time: Int64?
  var input: Int64 = -1
  var output: Int64 = -1
  /// How long its answer took, and the time before it in which nothing ran [ns].
  var duration: Int64?
  var thinkTime: Int64?
  var isSubagent = false
  /// How long a sub-agent took [ns].
  var subagentDuration: Int64?
  /// Where the requests of a sub-agent stand.
  var requests: Range<Int>?

  private enum Key: String, CaseIterable {
    case time = "t"
    case type
    case input = "in"
    case output = "out"
    case ids = "hash_ids"
    case duration = "api_time"
    case thinkTime = "think_time"
    case subagentDuration = "duration_ms"
    case requests
  }

  /// Reads what follows an opening bracket, up to the closing one.
  mutating func read(_ scanner: inout ByteScanner, ids: inout [UInt64]) -> Problem? {
    if scanner.take("}") { return nil }
    repeat {
      guard let name = scanner.string(), scanner.take(":") else { return .malformed }
      guard let key = Key.allCases.first(where: { name.elementsEqual($0.rawValue.utf8) }),
        scanner.next != UInt8(ascii: "n")
      else {
        guard scanner.skipValue() else { return .malformed }
        continue
      }
      let start = scanner.position
      guard read(key, &scanner, &ids) else {
        scanner.position = start
        guard scanner.skipValue() else { return .malformed }
        return .value(key: key.rawValue, scanner.text(start..<scanner.position))
      }
      scanner.skipSpaces()
    } while scanner.take(",")
    return scanner.take("}") ? nil : .malformed
  }

  private mutating func read(
    _ key: Key, _ scanner: inout ByteScanner, _ ids: inout [UInt64]
  ) -> Bool {
    func seconds(_ unit: TimeUnit = .seconds) -> Int64? {
      guard let time = scanner.fixedPoint(decimals: unit.decimals),
        time <= TimeUnit.latestNanoseconds
      else { return nil }
      return time
    }
    func tokens() -> Int64 { scanner.count(to: TraceRow.mostTokens) ?? -1 }
    switch key {
    case .time:
      time = seconds()
      return time != nil
    case .duration:
      duration = seconds()
      return duration != nil
    case .thinkTime:
      thinkTime = seconds()
      return thinkTime != nil
    case .subagentDuration:
      subagentDuration = seconds(.milliseconds)
      return subagentDuration != nil
    case .input:
      input = tokens()
      return input >= 0
    case .output:
      output = tokens()
      return output >= 0
    case .type:
      guard let text = scanner.string() else { return false }
      isSubagent = text.elementsEqual("subagent".utf8)
      return true
    case .ids: return scanner.wholeNumbers(into: &ids) != nil
    case .requests:
      let start = scanner.position
      guard scanner.skipValue() else { return false }
      requests = start..<scanner.position
      return true
    }
  }
}
