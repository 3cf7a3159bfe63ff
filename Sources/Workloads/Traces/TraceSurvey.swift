internal import Diagnostics
internal import Units

/// The first look at all rows of a trace: whether each can be read, and what they are together.
///
/// Rows are kept as long as there is room for them. What has more is read again when it is
/// replayed, in memory that does not grow with it.
struct TraceSurvey {
  /// Bytes that the rows of a trace may take when they are kept.
  static let mostKeptBytes = 96 << 20

  /// More kinds of requests than a workload may have.
  private static let mostPriorities = 1_000

  private(set) var summary = TraceSummary()
  private(set) var kept: KeptRowsBuilder?
  private var sizes: BlockSizes
  private var hasIDs = false
  private var earliest = Int64.max
  private var latest = Int64.min
  private var untimed = (count: 0, line: 0)
  /// Whether turns wait that there is no room for.
  private var isTooLarge = false
  private let problems: TraceProblems
  private let format: TraceFormat
  private let mostKeptBytes: Int
  private let isRecorded: Bool
  private var untilLook = 1024
  private var priorities: Set<Int32> = []
  private var lastPriority: Int32?

  init(
    _ source: RowSource, _ problems: TraceProblems, mostKeptBytes: Int = mostKeptBytes
  ) {
    self.problems = problems
    self.mostKeptBytes = mostKeptBytes
    format = source.format
    isRecorded = source.options.turns == .recorded
    kept = KeptRowsBuilder(
      waits: source.options.waits(source.format), isRecorded: isRecorded,
      sorts: !Self.sequential.contains(source.format))
    sizes = BlockSizes(
      likely: source.format.likelyBlockTokens,
      declared: source.options.blockTokens ?? source.format.blockTokens)
    summary.format = source.format
  }

  /// Looks at all rows of a trace.
  mutating func read(_ reader: RowReader) {
    var row = TraceRow()
    while !isTooLarge, reader.next(&row) { add(row, declared: reader.blockTokens) }
    summary.repeatedSessions = reader.repeatedSessions
    summary.undatedRows = reader.undatedRows
  }

  private mutating func add(_ row: TraceRow, declared: Int?) {
    guard format.isRequest(row) else {
      summary.skippedRows += 1
      return
    }
    summary.requests += 1
    summary.inputTokens += Double(row.inputTokens)
    summary.outputTokens += Double(row.outputTokens)
    summary.longestRequest = max(
      summary.longestRequest, Int(row.inputTokens) + Int(row.outputTokens))
    noteIDs(of: row, declared: declared)
    if row.session != 0 { summary.hasSessions = true }
    if row.priority != lastPriority {
      lastPriority = row.priority
      if priorities.count <= Self.mostPriorities { priorities.insert(row.priority) }
    }
    switch kept?.append(row) ?? (row.nanoseconds == nil ? .nowhere : .itsTime) {
    case .itsTime: noteTime(of: row)
    case .behindAnswer: break
    case .before(let nanoseconds):
      earliest = min(earliest, row.nanoseconds ?? earliest)
      if nanoseconds > 0 { noteEarlier(row, by: nanoseconds) }
    case .unclear:
      problems.report(
        "order",
        "the row comes earlier than another of its conversation, in which rows say how long they "
          + "wait for the one before them",
        line: row.line, hint: "put the rows of each conversation into order")
    case .nowhere:
      if untimed.count == 0 { untimed.line = row.line }
      untimed.count += 1
    }
    if kept == nil, row.delayNanoseconds != nil, row.session != 0, !isRecorded { isTooLarge = true }
    untilLook -= 1
    if untilLook == 0 { makeRoom() }
  }

  /// Whose rows stand session by session, or in the order of their ends.
  private static let unordered: Set<TraceFormat> = [.weka, .tracelab, .dynamo]

  /// Whose turns stand in the order in which they were.
  private static let sequential: Set<TraceFormat> = [.weka, .tracelab, .llmservingsim]

  private mutating func noteTime(of row: TraceRow) {
    guard let time = row.nanoseconds else { return }
    earliest = min(earliest, time)
    if time < latest {
      noteEarlier(row, by: latest - time)
    } else {
      latest = time
    }
  }

  private mutating func noteEarlier(_ row: TraceRow, by nanoseconds: Int64) {
    if !Self.unordered.contains(format) {
      if summary.earlierRows == 0 { summary.firstEarlierLine = row.line }
      summary.earlierRows += 1
    }
    summary.latenessNanoseconds = max(summary.latenessNanoseconds, nanoseconds)
  }

  private mutating func noteIDs(of row: TraceRow, declared: Int?) {
    guard !row.ids.isEmpty else { return }
    if let declared, sizes.declared == nil || !hasIDs && sizes.declared != declared {
      sizes = BlockSizes(likely: format.likelyBlockTokens, declared: declared)
    }
    let isFirst = !hasIDs
    hasIDs = true
    let size = sizes.size ?? 512
    guard sizes.add(tokens: Int(row.inputTokens), ids: row.ids.count) == nil else { return }
    let expected = (Int(row.inputTokens) + size - 1) / size
    problems.report(
      "blocks",
      "`hash_ids` does not have one id for every \(size) tokens of `input_length`: "
        + "\(row.ids.count) of \(expected)",
      line: row.line,
      hint: sizes.declared == nil && !isFirst
        ? nil
        : fitting(row).map {
          "say how many tokens an id stands for: `\(problems.keys.typed(.blockTokens, "\($0)"))`"
        })
  }

  /// The largest of the usual blocks of which a row has enough ids.
  private func fitting(_ row: TraceRow) -> Int? {
    format.likelyBlockTokens.sorted().last {
      row.ids.count <= (Int(row.inputTokens) + $0 - 1) / $0
    }
  }

  /// Gives up keeping rows when they take more than they may.
  private mutating func makeRoom() {
    untilLook = 1024
    guard let kept, kept.bytes > mostKeptBytes else { return }
    // Which turn waits for which must be known to replay them.
    if kept.hasFollowers { isTooLarge = true } else { self.kept = nil }
  }

  /// The rows in order, where they are kept; nil where they are read again.
  ///
  /// - Throws: `InvalidInput` with everything that is wrong.
  mutating func finish() throws(InvalidInput) -> KeptRows? {
    if summary.requests == 0, problems.isEmpty {
      problems.report("empty", "the trace has no requests", line: nil)
    }
    checkTimes()
    if isTooLarge { reportSize() }
    try problems.check()
    summary.plainTurns = kept?.plainTurns ?? 0
    summary.shorterTurns = kept?.shorterTurns ?? 0
    let rows = kept?.finish()
    kept = nil
    if (2...Self.mostPriorities).contains(priorities.count) {
      summary.priorities = priorities.sorted()
    }
    summary.blockTokens = hasIDs ? sizes.size : nil
    summary.heads = rows?.headCount ?? summary.requests
    summary.firstNanoseconds = earliest == .max ? 0 : earliest
    if let kept = rows {
      summary.sessions = Int(kept.sessions.max() ?? -1) + 1
      let last = kept.headCount > 0 ? kept.times[kept.head(kept.headCount - 1)] : 0
      summary.spanNanoseconds = max(0, last)
    } else {
      summary.spanNanoseconds = max(0, latest - summary.firstNanoseconds)
    }
    return rows
  }

  private mutating func checkTimes() {
    guard untimed.count > 0 else { return }
    summary.isTimed = earliest < .max
    guard summary.isTimed else { return }
    problems.report(
      "no-time", "the row has no time, as others have, and no answer that it waits for",
      line: untimed.line, hint: "give it a time, or take the row out")
  }

  private func reportSize() {
    problems.report(
      "too-large",
      "turns that wait for answers are kept in memory, and these take more than "
        + "\(NumberText.quantity(Double(mostKeptBytes), .bytes)): "
        + "\(NumberText.grouped(summary.requests)) requests",
      line: nil,
      hint: "replay them as they came, `\(problems.keys.typed(.turns, "recorded"))`, or a part of "
        + "them")
  }
}
