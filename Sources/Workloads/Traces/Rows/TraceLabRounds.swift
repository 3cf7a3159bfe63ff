internal import ByteStreams

/// Rounds of coding agents, an object of JSON a line:
///
///     {"session_id": "a", "round_index": 0, "input_tokens_total": 900, "prefix_tokens": 0,
///      "output_tokens": 50, "timing_events": [{"event_type": "user_message", "timestamp": ...}]}
///
/// A round was sent when the last of its inputs was there: a message, or the result of a tool. Its
/// answer lasted until the last event that the model wrote. Rows of a session without any event
/// that has a time cannot be placed, and are counted as left out.
final class TraceLabRounds {
  private let lines: LineReader
  private let problems: TraceProblems
  private var memory = TurnMemory()
  private var round = Round()
  private(set) var undated = 0

  private struct Round {
    var session: UInt64 = 0
    var turn: Int64 = -1
    var input: Int64 = -1
    var prefix: Int64 = -1
    var output: Int64 = -1
    /// The last input, and the first and the last output [ns].
    var sent: Int64?
    var firstOutput: Int64?
    var lastOutput: Int64?
  }

  private enum Key: String, CaseIterable {
    case session = "session_id"
    case turn = "round_index"
    case input = "input_tokens_total"
    case prefix = "prefix_tokens"
    case output = "output_tokens"
    case events = "timing_events"
  }

  init(_ lines: LineReader, _ problems: TraceProblems) {
    self.lines = lines
    self.problems = problems
  }

  var line: Int { lines.lastNumber }

  func next(_ row: inout TraceRow) throws(ByteStreamFailure) -> Bool {
    while let line = try lines.next() {
      var scanner = ByteScanner(line)
      scanner.skipSpaces()
      guard !scanner.isAtEnd else { continue }
      round = Round()
      if read(&scanner), complete(&row) { return true }
    }
    return false
  }

  private func complete(_ row: inout TraceRow) -> Bool {
    guard let sent = round.sent ?? round.firstOutput else {
      undated += 1
      return false
    }
    row.clear()
    row.line = lines.number
    row.nanoseconds = sent
    row.durationNanoseconds = max(0, (round.lastOutput ?? sent) - sent)
    row.inputTokens = Int32(round.input)
    row.outputTokens = Int32(round.output)
    row.session = round.session
    if round.turn >= 0 { row.turn = Int32(round.turn) }
    memory.complete(
      &row, prefix: max(0, min(round.prefix, round.input)), delayAfterNanoseconds: -1)
    return true
  }

  private func read(_ scanner: inout ByteScanner) -> Bool {
    guard scanner.take("{") else { return malformed(scanner) }
    repeat {
      guard let name = scanner.string(), scanner.take(":") else { return malformed(scanner) }
      guard let key = Key.allCases.first(where: { name.elementsEqual($0.rawValue.utf8) }),
        scanner.next != UInt8(ascii: "n")
      else {
        guard scanner.skipValue() else { return malformed(scanner) }
        continue
      }
      let start = scanner.position
      guard read(key, &scanner) else {
        scanner.position = start
        let isValue = scanner.skipValue()
        let text = scanner.text(start..<(isValue ? scanner.position : scanner.end))
        problems.report(
          "value", "`\(key.rawValue)` cannot be: \(shown(text))", line: lines.number)
        return false
      }
      scanner.skipSpaces()
    } while scanner.take(",")
    guard scanner.take("}"), scanner.isAtEnd else { return malformed(scanner) }
    let missing =
      round.session == 0
      ? Key.session : round.input < 0 ? .input : round.output < 0 ? .output : nil
    guard let missing else { return true }
    problems.report(
      "missing-key", "missing key `\(missing.rawValue)`", line: lines.number,
      hint: "a line of \(TraceFormat.tracelab.words) is for example "
        + "`\(TraceFormat.tracelab.example)`")
    return false
  }

  private func read(_ key: Key, _ scanner: inout ByteScanner) -> Bool {
    switch key {
    case .session:
      guard let text = scanner.string() else { return false }
      round.session = numbered(text)
    case .turn: round.turn = scanner.count(to: Int64(Int32.max)) ?? -2
    case .input: round.input = scanner.count(to: TraceRow.mostTokens) ?? -2
    case .prefix: round.prefix = scanner.count(to: TraceRow.mostTokens) ?? -2
    case .output: round.output = scanner.count(to: TraceRow.mostTokens) ?? -2
    case .events: return readEvents(&scanner)
    }
    return round.turn > -2 && round.input > -2 && round.prefix > -2 && round.output > -2
  }

  private func readEvents(_ scanner: inout ByteScanner) -> Bool {
    guard scanner.take("[") else { return false }
    if scanner.take("]") { return true }
    repeat {
      guard readEvent(&scanner) else { return false }
    } while scanner.take(",")
    return scanner.take("]")
  }

  private func readEvent(_ scanner: inout ByteScanner) -> Bool {
    guard scanner.take("{") else { return false }
    if scanner.take("}") { return true }
    var isInput: Bool?
    var time: Int64?
    repeat {
      guard let name = scanner.string(), scanner.take(":") else { return false }
      if name.elementsEqual("event_type".utf8), let text = scanner.string() {
        isInput = Self.kind(text)
      } else if name.elementsEqual("timestamp".utf8), let text = scanner.string() {
        time = TimeText.date(text)
        if time == nil { return false }
      } else if !scanner.skipValue() {
        return false
      }
    } while scanner.take(",")
    if let isInput, let time { note(time, isInput: isInput) }
    return scanner.take("}")
  }

  /// Whether an event is something that the model is given; nil where it is neither that nor
  /// something that the model wrote.
  private static func kind(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    if ["user_message", "tool_result"].contains(where: { text.elementsEqual($0.utf8) }) {
      return true
    }
    return ["text", "reasoning", "tool_call"].contains { text.elementsEqual($0.utf8) }
      ? false : nil
  }

  private func note(_ time: Int64, isInput: Bool) {
    if isInput {
      round.sent = max(round.sent ?? time, time)
    } else {
      round.firstOutput = min(round.firstOutput ?? time, time)
      round.lastOutput = max(round.lastOutput ?? time, time)
    }
  }

  private func malformed(_ scanner: ByteScanner) -> Bool {
    problems.report(
      "json",
      "line is not a JSON object of \(TraceFormat.tracelab.words): column \(scanner.position + 1)",
      line: lines.number, hint: "expected for example `\(TraceFormat.tracelab.example)`")
    return false
  }
}
