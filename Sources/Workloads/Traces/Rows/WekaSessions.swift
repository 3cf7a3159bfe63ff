internal import ByteStreams

/// Sessions of coding agents, an object of JSON each:
///
///     {"id": "a", "block_size": 64, "hash_id_scope": "local", "requests": [
///       {"t": 0.0, "type": "s", "in": 200, "out": 52, "hash_ids": [1, 2, 3], "api_time": 2.1},
///       {"t": 9.4, "type": "subagent", "agent_id": "b", "requests": [...]},
///       {"t": 9.4, "type": "n", "in": 330, "out": 80, "hash_ids": [1, 2, 4], "think_time": 7.3}]}
///
/// Times are in seconds. Each request waits for the one before it: `think_time` from its answer on,
/// or what the times leave. A sub-agent is a conversation of its own. It begins when the request
/// that calls it, the last one in front of it, has its answer, and the request behind it waits for
/// all answers that were there when it came: one that was called and not waited for is one whose
/// answers came later. How long they wait is what the times leave, since writers do not agree on
/// what `think_time` counts where there are sub-agents.
///
/// There are two ways of writing a sub-agent's times, told apart by its first request:
///
/// - Earlier than the sub-agent's own `t`: requests are counted from its beginning, and `t` is when
///   its result was there, so that it began at `t - duration_ms / 1000`. So are all 63 in the
///   published set of 710 files: of the 59 with a duration 57 began within 1.1 s of the answer that
///   called them. One without a duration began at `t`, and nobody waited for it.
/// - Not earlier: `t` is its beginning, and requests are counted as those of the session.
///
/// Ids mean something within a session. A session whose requests are those of another, to the byte,
/// is passed over and counted: the published sets have some twice.
final class WekaSessions {
  private let documents: DocumentReader
  private let problems: TraceProblems
  private var scanner = ByteScanner(UnsafeBufferPointer(start: nil, count: 0))
  private var isInDocument = false
  /// Number of the session that is being read.
  private var session: UInt64 = 0
  /// Sub-agents of the session so far; the main agent is number 0.
  private var agents: UInt64 = 0
  /// The main agent, and the sub-agents inside of it that are being read, the innermost last.
  private var chains: [Chain] = []
  private var seen: WekaMemory
  private var fields = WekaRequest()

  /// Where a chain of requests is.
  private struct Chain {
    var session: UInt64
    /// What its times are counted from [ns]; nil until the first is known.
    var start: Int64?
    /// Whether think times say how long it has waited for its own last answer.
    var hasThinkTimes = true
    /// The time of its entry, and how long it took [ns].
    var entry: (nanoseconds: Int64, duration: Int64) = (0, 0)
    /// Behind its entry, for a sub-agent.
    var resume = 0
    var isFirst = true
    /// When the answer before was there [ns].
    var lastEnd: Int64 = 0
    /// Sub-agents that the next request may wait for, and when their last answers were there [ns].
    var called: [(session: UInt64, end: Int64)] = []
  }

  init(_ source: ByteSource, _ seen: WekaMemory, _ problems: TraceProblems)
    throws(ByteStreamFailure)
  {
    documents = try DocumentReader(source)
    self.problems = problems
    self.seen = seen
  }

  var line: Int { documents.lastNumber }

  func next(_ row: inout TraceRow) throws(ByteStreamFailure) -> Bool {
    while true {
      if !isInDocument {
        guard let document = try documents.next() else { return false }
        isInDocument = begin(document)
        continue
      }
      if nextRequest(&row) { return true }
    }
  }

  // MARK: Sessions

  /// Goes to the requests of a session; false where it has none that are new.
  private func begin(_ document: UnsafeBufferPointer<UInt8>) -> Bool {
    scanner = ByteScanner(document)
    scanner.skipSpaces()
    var (name, requests) = (UnsafeBufferPointer<UInt8>?.none, Range<Int>?.none)
    guard scanner.take("{") else { return malformed() }
    repeat {
      guard let key = scanner.string(), scanner.take(":") else { return malformed() }
      let start = scanner.position
      if key.elementsEqual("id".utf8) {
        name = scanner.string()
      } else if key.elementsEqual("block_size".utf8) {
        guard readBlockSize() else { return false }
      }
      scanner.position = start
      guard scanner.skipValue() else { return malformed() }
      if key.elementsEqual("requests".utf8) { requests = start..<scanner.position }
    } while scanner.take(",")
    guard scanner.take("}"), scanner.isAtEnd else { return malformed() }
    guard let requests else {
      problems.report(
        "missing-key", "missing key `requests`", line: documents.number,
        hint: "a session is for example `\(TraceFormat.weka.example)`")
      return false
    }
    let text = scanner.text(requests)
    guard seen.isNew(text) else { return false }
    session = numbered(name ?? text, after: seen.scope)
    agents = 0
    chains = [Chain(session: session, start: 0)]
    scanner.position = requests.lowerBound
    guard scanner.take("[") else { return malformed() }
    return !scanner.take("]")
  }

  private func readBlockSize() -> Bool {
    guard let size = scanner.count(to: 1 << 20), size > 0 else {
      problems.report("blocks", "`block_size` must be a count of tokens", line: documents.number)
      return false
    }
    if let known = seen.blockTokens, known != Int(size) {
      problems.report(
        "blocks", "`block_size` is not that of the sessions before: \(size), not \(known)",
        line: documents.number, hint: "put sessions with other blocks into a folder of their own")
      return false
    }
    seen.blockTokens = Int(size)
    return true
  }

  // MARK: Requests

  /// The next request of the session; false when it is over, or cannot be read.
  private func nextRequest(_ row: inout TraceRow) -> Bool {
    while true {
      let start = scanner.position
      fields = WekaRequest()
      row.clear()
      guard scanner.take("{") else { return refuse(.malformed, from: start) }
      if let problem = fields.read(&scanner, ids: &row.ids) { return refuse(problem, from: start) }
      if let inner = fields.requests, fields.isSubagent {
        agents += 1
        var chain = Chain(session: session &+ goldenStep &* agents, resume: scanner.position)
        chain.entry = (fields.time ?? 0, fields.subagentDuration ?? 0)
        chains.append(chain)
        scanner.position = inner.lowerBound
        guard scanner.take("[") else { return refuse(.malformed, from: start) }
        if !scanner.take("]") { continue }
        leaveSubagent()
      }
      if fields.isSubagent {
        if goOn() { continue }
        return false
      }
      let isSound = complete(&row, from: start)
      let isLast = !goOn()
      if isSound { return true }
      if isLast { return false }
    }
  }

  /// Moves behind the value at hand; false where the session is over.
  private func goOn() -> Bool {
    while true {
      if scanner.take(",") { return true }
      guard chains.count > 1 else {
        isInDocument = false
        return false
      }
      leaveSubagent()
    }
  }

  private func leaveSubagent() {
    let chain = chains.removeLast()
    scanner.position = chain.resume
    guard !chain.isFirst else { return }
    chains[chains.count - 1].called.append((chain.session, chain.lastEnd))
  }

  /// Fills in what a row has from its place in the session.
  private func complete(_ row: inout TraceRow, from start: Int) -> Bool {
    guard let time = fields.time, fields.input >= 0, fields.output >= 0 else {
      let missing = fields.time == nil ? "t" : fields.input < 0 ? "in" : "out"
      problems.report(
        "missing-key", "missing key `\(missing)`", line: line(at: start),
        hint: "a session is for example `\(TraceFormat.weka.example)`")
      return false
    }
    place(&row, at: time)
    row.durationNanoseconds = fields.duration
    row.inputTokens = Int32(fields.input)
    row.outputTokens = Int32(fields.output)
    row.scope = session
    row.line = line(at: start)
    return true
  }

  /// When a request came, and what it waited for.
  private func place(_ row: inout TraceRow, at time: Int64) {
    let caller = chains.count > 1 ? chains[chains.count - 2] : nil
    var chain = chains.removeLast()
    if chain.start == nil {
      let (entry, duration) = chain.entry
      chain.hasThinkTimes = time < entry
      chain.start = time < entry ? (caller?.start ?? 0) + max(0, entry - duration) : 0
    }
    let instant = (chain.start ?? 0) + time
    row.nanoseconds = instant
    row.session = chain.session
    var answered: Int64?
    if chain.isFirst, let caller, !caller.isFirst {
      row.after = [caller.session]
      answered = caller.lastEnd
    } else if !chain.isFirst {
      answered = chain.lastEnd
    }
    let heeded = chain.called.filter { $0.end <= instant }
    for agent in heeded { answered = max(answered ?? 0, agent.end) }
    row.after += heeded.map(\.session)
    if let answered {
      let isPlain = !chain.isFirst && chain.called.isEmpty && chain.hasThinkTimes
      row.delayNanoseconds = (isPlain ? fields.thinkTime : nil) ?? max(0, instant - answered)
    }
    chain.isFirst = false
    chain.lastEnd = instant + (fields.duration ?? 0)
    chain.called.removeAll(keepingCapacity: true)
    chains.append(chain)
  }

  // MARK: Problems

  private func line(at position: Int) -> Int {
    guard documents.lastNumber > documents.number else { return documents.number }
    return documents.number + scanner.bytes[..<position].count { $0 == 0x0A }
  }

  private func malformed() -> Bool {
    problems.report(
      "json", "the text is not a JSON object of \(TraceFormat.weka.words)",
      line: line(at: min(scanner.position, scanner.end)),
      hint: "expected for example `\(TraceFormat.weka.example)`")
    return false
  }

  private func refuse(_ problem: WekaRequest.Problem, from start: Int) -> Bool {
    switch problem {
    case .malformed: _ = malformed()
    case .value(let key, let text):
      problems.report(
        "value", "`\(key)` cannot be: \(shown(text))", line: line(at: scanner.position))
    }
    return end()
  }

  private func end() -> Bool {
    isInDocument = false
    return false
  }
}

/// What sessions of several files have to agree on.
final class WekaMemory {
  var blockTokens: Int?
  /// Sessions that say the same as one before.
  private(set) var repeated = 0
  private var known: Set<UInt64> = []

  /// So that two sessions of one name in two files are two. Scattered, for a small number would
  /// cancel out against the first letter of a short name.
  var scope: UInt64 { scattered(UInt64(known.count)) }

  func isNew(_ requests: UnsafeBufferPointer<UInt8>) -> Bool {
    if known.insert(numbered(requests)).inserted { return true }
    repeated += 1
    return false
  }
}
