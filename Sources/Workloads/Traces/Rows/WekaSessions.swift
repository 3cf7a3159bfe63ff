internal import ByteStreams

/// Sessions of coding agents, an object of JSON each:
///
///     {"id": "a", "block_size": 64, "hash_id_scope": "local", "requests": [
///       {"t": 0.0, "type": "s", "in": 200, "out": 52, "hash_ids": [1, 2, 3], "api_time": 2.1},
///       {"t": 9.4, "type": "subagent", "agent_id": "b", "requests": [...]},
///       {"t": 9.4, "type": "n", "in": 330, "out": 80, "hash_ids": [1, 2, 4], "think_time": 7.3}]}
///
/// Times are in seconds from the session's beginning, those of a sub-agent from its own. Each
/// request waits for the one before it: `think_time` from its answer on, or what the times leave. A
/// sub-agent is a conversation of its own, which begins when it did. Ids mean something within a
/// session. A session whose requests are those of another, to the byte, is passed over and counted:
/// the published sets have some twice.
final class WekaSessions {
  private let documents: DocumentReader
  private let problems: TraceProblems
  private var scanner = ByteScanner(UnsafeBufferPointer(start: nil, count: 0))
  private var isInDocument = false
  /// Number of the session that is being read.
  private var session: UInt64 = 0
  /// Sub-agents of the session so far; the main agent is number 0.
  private var agents: UInt64 = 0
  private var main = Chain()
  private var nested: Chain?
  private var seen: WekaMemory
  private var fields = WekaRequest()

  /// Where a chain of requests is.
  private struct Chain {
    var session: UInt64 = 0
    /// What its times are counted from [ns]; nil until the first is known.
    var start: Int64? = 0
    var isFirst = true
    /// When the request before came, and how long its answer took [ns].
    var lastTime: Int64 = 0
    var lastDuration: Int64 = 0
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
    main = Chain(session: session)
    nested = nil
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
        // Times of its own are counted from its beginning, unless they go on from the session's.
        nested = Chain(session: session &+ goldenStep &* agents, start: nil)
        nested?.lastTime = fields.time ?? 0
        resume = scanner.position
        scanner.position = inner.lowerBound
        guard scanner.take("[") else { return refuse(.malformed, from: start) }
        if !scanner.take("]") { continue }
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

  /// Behind the sub-agent that is being read.
  private var resume = 0

  /// Moves behind the value at hand; false where the session is over.
  private func goOn() -> Bool {
    while true {
      if scanner.take(",") { return true }
      guard nested != nil else {
        isInDocument = false
        return false
      }
      leaveNested()
    }
  }

  private func leaveNested() {
    nested = nil
    scanner.position = resume
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
    var chain = nested ?? main
    if chain.start == nil { chain.start = time < chain.lastTime ? chain.lastTime : 0 }
    let instant = (chain.start ?? 0) + time
    row.nanoseconds = instant
    if !chain.isFirst {
      let left = instant - chain.lastTime - chain.lastDuration
      row.delayNanoseconds = fields.thinkTime ?? max(0, left)
    }
    row.durationNanoseconds = fields.duration
    row.inputTokens = Int32(fields.input)
    row.outputTokens = Int32(fields.output)
    row.session = chain.session
    row.scope = session
    row.line = line(at: start)
    chain.isFirst = false
    chain.lastTime = instant
    chain.lastDuration = fields.duration ?? 0
    if nested != nil { nested = chain } else { main = chain }
    return true
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

  /// So that two sessions of one name in two files are two.
  var scope: UInt64 { UInt64(known.count) }

  func isNew(_ requests: UnsafeBufferPointer<UInt8>) -> Bool {
    if known.insert(numbered(requests)).inserted { return true }
    repeated += 1
    return false
  }
}
