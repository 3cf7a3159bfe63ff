internal import ByteStreams

/// Rows of LLMServingSim, a request or an agent session a line:
///
///     {"input_toks": 128, "output_toks": 512, "arrival_time_ns": 0, "input_tok_ids": [1, 2, 3]}
///     {"session_id": "a", "arrival_time_ns": 40, "sub_requests": [
///       {"input_toks": 1472, "output_toks": 133, "tool_duration_ns": 127348767}, ...]}
///
/// A sub-request comes `tool_duration_ns` after the answer of the one before it. Where prompts have
/// their tokens, blocks of sixteen are compared by them.
final class ServingSimRows {
  private let lines: LineReader
  private let problems: TraceProblems
  private let format = TraceFormat.llmservingsim
  private let flat = ObjectFields(
    RowSchema([
      .init(["input_toks"], .input, isRequired: true),
      .init(["output_toks"], .output, isRequired: true),
      .init(["arrival_time_ns"], .time(.nanoseconds)),
      .init(["input_tok_ids"], .ids),
      .init(["session_id"], .session),
      .init(["tool_duration_ns"], .delayAfter(.nanoseconds)),
      .init(["sub_requests"], .text),
    ]))
  private var values = RowValues()
  private var scanner = ByteScanner(UnsafeBufferPointer(start: nil, count: 0))
  /// The session that is being read; nil between two.
  private var session: Session?
  private var sessions: UInt64 = 0

  private struct Session {
    var key: UInt64
    var nanoseconds: Int64?
    var delayNanoseconds: Int64 = -1
  }

  init(_ lines: LineReader, _ problems: TraceProblems) {
    self.lines = lines
    self.problems = problems
  }

  var line: Int { lines.lastNumber }

  func next(_ row: inout TraceRow) throws(ByteStreamFailure) -> Bool {
    while true {
      if session == nil {
        guard let line = try lines.next() else { return false }
        scanner = ByteScanner(line)
        scanner.skipSpaces()
        if scanner.isAtEnd { continue }
      }
      swap(&values.row, &row)
      let isRead = session == nil ? readLine() : readSubRequest()
      swap(&values.row, &row)
      if isRead { return true }
    }
  }

  private func readLine() -> Bool {
    guard let found = readObject() else { return false }
    guard values.hasText else {
      guard scanner.isAtEnd else { return malformed() }
      return finish(found)
    }
    // A session: its requests stand in the object that was passed over.
    sessions += 1
    let key = values.row.session == 0 ? sessions : values.row.session
    session = Session(key: key, nanoseconds: values.row.nanoseconds)
    guard scanner.isAtEnd, goToSubRequests() else {
      session = nil
      return malformed()
    }
    return false
  }

  private func goToSubRequests() -> Bool {
    scanner.position = 0
    scanner.skipSpaces()
    guard scanner.take("{") else { return false }
    repeat {
      guard let name = scanner.string(), scanner.take(":") else { return false }
      if name.elementsEqual("sub_requests".utf8) {
        guard scanner.take("[") else { return false }
        if scanner.take("]") { session = nil }
        return true
      }
      guard scanner.skipValue() else { return false }
    } while scanner.take(",")
    return false
  }

  private func readSubRequest() -> Bool {
    guard let found = readObject() else {
      session = nil
      return false
    }
    let after = values.delayAfterNanoseconds
    if let session {
      values.row.session = session.key
      values.row.nanoseconds = session.delayNanoseconds < 0 ? session.nanoseconds : nil
      values.row.delayNanoseconds = session.delayNanoseconds < 0 ? nil : session.delayNanoseconds
    }
    let isSound = finish(found)
    if scanner.take(",") { session?.delayNanoseconds = after } else { session = nil }
    return isSound
  }

  /// Which fields an object has; nil after reporting what is wrong with it.
  private func readObject() -> UInt64? {
    values.clear()
    values.row.line = lines.number
    var found: UInt64 = 0
    switch flat.read(&scanner, &values, found: &found) {
    case nil: return found
    case .malformed: _ = malformed()
    case .repeated(let entry):
      problems.report(
        "repeated-key", "key `\(flat.schema.entries[entry].names[0])` twice in an object",
        line: lines.number)
    case .value(let entry, let text):
      let item = flat.schema.entries[entry]
      let (code, message, hint) = RowValues.problem(item.field, item.names[0], text)
      problems.report(code, message, line: lines.number, hint: hint)
    }
    return nil
  }

  private func finish(_ found: UInt64) -> Bool {
    for (index, entry) in flat.schema.entries.enumerated()
    where entry.isRequired && found & 1 << UInt64(index) == 0 {
      problems.report(
        "missing-key", "missing key `\(entry.names[0])`", line: lines.number,
        hint: "a line of \(format.words) is for example `\(format.example)`")
      return false
    }
    values.row.inputTokens = Int32(values.input)
    values.row.outputTokens = Int32(values.output)
    hashTokens()
    return true
  }

  /// Makes numbers of blocks out of the numbers of their tokens.
  private func hashTokens() {
    let size = format.blockTokens ?? 16
    let count = min(values.row.ids.count, Int(values.row.inputTokens)) / size
    for block in 0..<count {
      var hash: UInt64 = 0
      for token in values.row.ids[(block * size)..<((block + 1) * size)] {
        hash = scattered((hash ^ token) &+ goldenStep)
      }
      values.row.ids[block] = hash
    }
    values.row.ids.removeLast(values.row.ids.count - count)
  }

  private func malformed() -> Bool {
    problems.report(
      "json",
      "line is not a JSON object of \(format.words): column \(scanner.position + 1)",
      line: lines.number, hint: "expected for example `\(format.example)`")
    return false
  }
}
