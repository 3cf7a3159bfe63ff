internal import ByteStreams
internal import Diagnostics

/// Rows that are objects of JSON, one a line, or all in one list.
final class ObjectRows {
  private let lines: LineReader
  private var objects: ObjectReader
  private let fields: ObjectFields
  private let format: TraceFormat
  private let problems: TraceProblems
  private let defaults: RowDefaults
  private var values = RowValues()
  private let required: UInt64
  private let times: UInt64
  /// The first turn of each conversation, by the number of a turn.
  private var roots: [UInt64: UInt64] = [:]
  /// Turns that others follow, and that have not come.
  private var missing: Set<UInt64> = []

  /// Conversations whose first turns are remembered at a time.
  private static let mostRoots = 2_000_000

  init(
    _ lines: LineReader, _ schema: RowSchema, _ format: TraceFormat, _ defaults: RowDefaults,
    _ problems: TraceProblems
  ) {
    self.lines = lines
    objects = ObjectReader(lines)
    fields = ObjectFields(schema)
    self.format = format
    self.defaults = defaults
    self.problems = problems
    var (required, times) = (UInt64(0), UInt64(0))
    for (index, entry) in schema.entries.enumerated() where entry.isRequired {
      if case .time = entry.field { times |= 1 << UInt64(index) }
      if defaults.have(entry.field) { continue }
      required |= 1 << UInt64(index)
    }
    (self.required, self.times) = (required, times)
    if defaults.addsUp { blockTokens = Int(TurnMemory.blockTokens) }
  }

  var line: Int { lines.lastNumber }

  /// Tokens of a block, as a row says.
  private(set) var blockTokens: Int?
  private var memory = TurnMemory()

  /// The next row that can be read; false at the end.
  func next(_ row: inout TraceRow) throws(ByteStreamFailure) -> Bool {
    while let line = try nextObject() {
      var scanner = ByteScanner(line)
      scanner.skipSpaces()
      guard !scanner.isAtEnd else { continue }
      swap(&values.row, &row)
      let isRead = read(&scanner)
      swap(&values.row, &row)
      if isRead { return true }
    }
    return false
  }

  @inline(__always)
  private func nextObject() throws(ByteStreamFailure) -> UnsafeBufferPointer<UInt8>? {
    if let object = try objects.next() { return object }
    if let fault = objects.list?.fault {
      problems.report(
        "json", fault.message, line: fault.line, column: fault.column,
        hint: "expected for example `[\(format.example), ...]`")
    }
    return nil
  }

  /// The line of the row at hand.
  private var number: Int { objects.list?.place.line ?? lines.number }

  /// Whether the line is a request; problems are reported.
  private func read(_ scanner: inout ByteScanner) -> Bool {
    values.clear()
    values.row.line = number
    var found: UInt64 = 0
    if let problem = fields.read(&scanner, &values, found: &found) {
      // What is only cut off is no problem of its own kind.
      report(problem, at: scanner)
      return false
    }
    guard scanner.isAtEnd else {
      report(.malformed, at: scanner)
      return false
    }
    // A line of another kind: the call of a tool, a mark of whoever wrote the file.
    if format == .dynamo, values.isRequest != true { return false }
    if values.waitsForOthers {
      problems.report(
        "graph", "the row waits for others that it names (`wait_for`), which is not simulated",
        line: number,
        hint: "convert the request trace without `--agentic`, or replay it as Dynamo wrote it")
      return false
    }
    if values.hasText, values.input < 0 {
      problems.report(
        "text", "the row has a text and no `input_length`", line: number,
        hint: "count its tokens with the model's tokenizer, and write them as `input_length`")
      return false
    }
    if let missing = firstMissing(found) {
      problems.report(
        "missing-key", "missing key `\(missing)`", line: number,
        hint: hint(forMissing: missing)
          ?? "a line of \(format.words) is for example `\(format.example)`")
      return false
    }
    return finish()
  }

  private func firstMissing(_ found: UInt64) -> String? {
    var missing = required & ~found
    guard missing != 0 else { return nil }
    // A turn that waits has a delay in the place of a time.
    if values.row.delayNanoseconds != nil { missing &= ~times }
    guard missing != 0 else { return nil }
    return fields.schema.entries[missing.trailingZeroBitCount].names[0]
  }

  private func hint(forMissing name: String) -> String? {
    switch fields.schema.entries.first(where: { $0.names[0] == name })?.field {
    case .output:
      "say how long the answers are that the file does not have: "
        + "`\(problems.keys.typed(.output, "200"))`"
    case .input:
      "say how long the prompts are that the file does not have: "
        + "`\(problems.keys.typed(.input, "1000"))`"
    default: nil
    }
  }

  private func finish() -> Bool {
    if values.blockTokens > 0 {
      let size = Int(values.blockTokens)
      guard size == blockTokens ?? size else {
        problems.report(
          "blocks", "blocks of other sizes than before: \(size), not \(blockTokens ?? 0)",
          line: number)
        return false
      }
      blockTokens = size
    }
    values.row.inputTokens = Int32(values.input >= 0 ? values.input : defaults.input)
    values.row.outputTokens = Int32(values.output >= 0 ? values.output : defaults.output)
    if defaults.addsUp, values.row.session != 0 {
      guard values.row.ids.isEmpty else {
        problems.report(
          "input-counts", "the row has ids of its whole prompt, whose length is not a part of it",
          line: number, hint: "leave out `\(problems.keys.name(.inputCounts))`")
        return false
      }
      guard memory.addUp(&values.row) else {
        TurnMemory.reportOrder(number, problems)
        return false
      }
    }
    if format.isHigherMoreUrgent { values.row.priority = -values.row.priority }
    return values.chat.map { findConversation(of: $0) } ?? true
  }

  /// A conversation is called by its first turn, or the one that the file does not have.
  private func findConversation(of chat: UInt64) -> Bool {
    if roots.count >= Self.mostRoots { roots.removeAll(keepingCapacity: true) }
    if missing.count >= Self.mostRoots { missing.removeAll(keepingCapacity: true) }
    let parent = values.parentChat
    let known = parent.flatMap { roots[$0] }
    if defaults.waits, parent != nil, missing.contains(chat) {
      // What follows it has been given its name, and it has that of its own parent.
      problems.report(
        "order",
        "the row stands behind one that follows it (`parent_chat_id`), and follows another itself",
        line: number, hint: "sort the file by its times")
      return false
    }
    if let parent, known == nil { missing.insert(parent) }
    let root = known ?? parent ?? chat
    roots[chat] = root
    values.row.session = root
    return true
  }

  /// Where a list's object is that far.
  private func place(of scanner: ByteScanner) -> (line: Int, column: Int) {
    let read = scanner.text(0..<min(scanner.position, scanner.end))
    let ends = read.count { $0 == 0x0A }
    let start = objects.list?.place ?? (line: 0, column: 1)
    guard ends > 0, let last = read.lastIndex(of: 0x0A) else {
      return (start.line, start.column + read.count)
    }
    return (start.line + ends, read.count - last)
  }

  private func report(_ problem: ObjectFields.Problem, at scanner: ByteScanner) {
    switch problem {
    case .malformed where objects.list != nil:
      let (line, column) = place(of: scanner)
      problems.report(
        "json", "not a JSON object of \(format.words)", line: line, column: column,
        hint: "expected for example `\(format.example)`")
    case .malformed:
      let isCut = scanner.bytes.last { $0 > 0x20 }.map { "{[,:".utf8.contains($0) } ?? false
      problems.report(
        "json",
        "line is not a JSON object of \(format.words): column \(scanner.position + 1)",
        line: number,
        hint: isCut
          ? "an object stands on one line: `jq -c . \(ShellWord.quoted(lines.path)) > rows.jsonl`"
          : "expected for example `\(format.example)`")
    case .repeated(let entry):
      problems.report(
        "repeated-key", "key `\(fields.schema.entries[entry].names[0])` twice in a line",
        line: number)
    case .value(let entry, let text):
      let item = fields.schema.entries[entry]
      let (code, message, hint) = RowValues.problem(item.field, item.names[0], text)
      problems.report(code, message, line: number, hint: hint)
    }
  }
}

/// What a row has that does not say it.
struct RowDefaults: Equatable {
  var inputTokens: Int32?
  var outputTokens: Int32?
  /// Whether a turn's prompt is what its conversation has said before, and its own input.
  var addsUp = false
  /// Whether turns wait for answers, so that it matters which one they follow.
  var waits = false

  var input: Int64 { Int64(inputTokens ?? 0) }
  var output: Int64 { Int64(outputTokens ?? 0) }

  /// Whether rows need not say it.
  func have(_ field: RowField) -> Bool {
    switch field {
    case .input: inputTokens != nil
    case .output: outputTokens != nil
    default: false
    }
  }
}
