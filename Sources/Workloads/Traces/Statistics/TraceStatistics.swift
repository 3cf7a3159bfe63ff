/// What a trace asks for: how much, how unevenly, how long, and how much of it twice.
package struct TraceStatistics: Sendable {
  package private(set) var requests = 0
  /// Time from the first request to the last [s]; nil where the trace has no times.
  package private(set) var spanSeconds: Double?
  /// Standard deviation over mean of the times between requests; nil where fewer than two have one.
  package private(set) var gapVariation: Double?
  /// How many different times there are.
  package private(set) var distinctTimes = 0
  /// Requests of each minute, and of the second that has most.
  package private(set) var minutes: [Int] = []
  package private(set) var busiestSecond = 0
  package private(set) var input = LengthCounts()
  package private(set) var output = LengthCounts()
  /// Requests of each conversation.
  package private(set) var turns = LengthCounts()
  /// Requests of each session, those of its sub-agents with it; none where the trace has none.
  package private(set) var sessions = LengthCounts()
  /// Times from an answer to the turn that waits for it [ms].
  package private(set) var waits = LengthCounts()
  package private(set) var reach: CacheReach?
  /// Requests of equal parts of the span.
  package private(set) var load: [Int]

  /// Sizes of caches that are looked at where nobody says which [blocks].
  package static let usualSizes = [1, 10, 100, 1_000, 10_000, 100_000].flatMap {
    [$0 * 1_000, $0 * 3_000]
  }
  private static let longestMinutes = 10_000_000

  /// Goes through all requests of a trace.
  ///
  /// - Parameters:
  ///   - sizes: of caches [blocks], rising.
  ///   - parts: into which the span is cut for its load.
  package init(_ trace: Trace, sizes: [Int], parts: Int = 60) throws(TraceFailure) {
    load = Array(repeating: 0, count: parts)
    if let size = trace.blockTokens { reach = CacheReach(blockTokens: size, sizes: sizes) }
    let walk = TraceWalk(trace)
    var request = TraceWalk.Request()
    var times = Times(span: trace.stampedSeconds)
    var conversations: [Int32: Int] = [:]
    // A session is what its ids mean something within.
    var scopes: [UInt64: Int] = [:]
    while walk.next(&request) {
      requests += 1
      input.add(Int(request.inputTokens))
      output.add(Int(request.outputTokens))
      if request.session >= 0 { conversations[request.session, default: 0] += 1 }
      if request.scope != 0 { scopes[request.scope, default: 0] += 1 }
      if let delay = request.delayNanoseconds { waits.add(Int(delay / 1_000_000)) }
      reach?.add(ids: request.ids, scope: request.scope, inputTokens: request.inputTokens)
      if let time = request.nanoseconds { times.add(time, &load) }
    }
    if let failure = walk.failure { throw failure }
    for count in conversations.values { turns.add(count) }
    if scopes.count < conversations.count {
      for count in scopes.values { sessions.add(count) }
    }
    guard times.count > 0 else { return }
    spanSeconds = Double(times.last - times.first) / 1e9
    gapVariation = times.gaps.variation
    distinctTimes = times.distinct
    minutes = times.minutes
    busiestSecond = max(times.busiestSecond, times.second.count)
  }

  /// Requests a second over the span.
  package var rate: Double? {
    spanSeconds.flatMap { $0 > 0 ? Double(requests) / $0 : nil }
  }

  /// What is known of times alone.
  private struct Times {
    let span: Double
    var count = 0
    var first: Int64 = 0
    var last: Int64 = 0
    var distinct = 0
    var gaps = Moments()
    var minutes: [Int] = []
    var second: (number: Int64, count: Int) = (-1, 0)
    var busiestSecond = 0

    init(span: Double) { self.span = span }

    mutating func add(_ time: Int64, _ load: inout [Int]) {
      if count == 0 { first = time } else { gaps.add(Double(time - last) * 1e-9) }
      if count == 0 || time != last { distinct += 1 }
      count += 1
      last = time
      let since = time - first
      let minute = Int(since / 60_000_000_000)
      if minute < TraceStatistics.longestMinutes {
        while minutes.count <= minute { minutes.append(0) }
        minutes[minute] += 1
      }
      if since / 1_000_000_000 == second.number {
        second.count += 1
      } else {
        busiestSecond = max(busiestSecond, second.count)
        second = (since / 1_000_000_000, 1)
      }
      let part = span > 0 ? Double(since) * 1e-9 / span * Double(load.count) : 0
      load[min(load.count - 1, Int(part))] += 1
    }
  }

  /// Mean and spread as numbers come (Welford, Technometrics 4, 1962).
  private struct Moments {
    var count = 0
    var mean = 0.0
    var squares = 0.0

    mutating func add(_ value: Double) {
      count += 1
      let difference = value - mean
      mean += difference / Double(count)
      squares += difference * (value - mean)
    }

    /// Standard deviation over mean.
    var variation: Double? {
      guard count > 0, mean > 0 else { return nil }
      return (squares / Double(count)).squareRoot() / mean
    }
  }
}
