internal import Statistics
internal import Units

/// Sends the requests of a batch while its window is open: as many senders as may be under way,
/// each of which sends its next request when the one before has ended.
struct BatchSender {
  private let window: BatchWindow
  private let item: RequestClass
  private let seed: UInt64
  private(set) var summary: BatchSummary
  /// Senders that wait for the window to open, and when it does.
  private var parked: Int
  private var parkedUntil: SimTime
  private var sent = 0
  /// The window of each request under way.
  private var windows: [Int32: Int] = [:]
  /// Nothing is sent any more.
  var isClosed = false

  init(_ window: BatchWindow, _ item: RequestClass, seed: UInt64) {
    self.window = window
    self.item = item
    self.seed = seed
    summary = BatchSummary(window: window)
    parked = window.inFlight
    parkedUntil = window.opening(after: nil)
  }

  /// When a parked sender sends; nil when none will.
  var opening: SimTime? { parked > 0 && !isClosed ? parkedUntil : nil }

  /// Something else comes at a time.
  mutating func seen(_ time: SimTime) { summary.until = max(summary.until, time) }

  /// The request of a parked sender, when the window opens.
  ///
  /// - Parameter index: of the request.
  mutating func open(index: Int, texts: SharedTexts) -> Request {
    let time = parkedUntil
    let place = place(at: time)
    parked -= 1
    // One that finds nothing left to send waits for the next window.
    if summary.windows[place].sent + 1 == summary.windows[place].asked {
      parkedUntil = window.opening(after: time)
    }
    return send(at: time, of: place, index: index, texts)
  }

  /// A request has ended; its sender sends the next one, or waits for the window to open.
  mutating func end(
    _ request: Request, at time: SimTime, _ end: RequestEnd, index: Int, texts: SharedTexts
  ) -> Request? {
    if let place = windows.removeValue(forKey: request.index), end == .finished {
      summary.windows[place].done += 1
      summary.windows[place].last = max(summary.windows[place].last, time)
    }
    guard !isClosed else { return nil }
    seen(time)
    if let opening = window.opening(before: time), time < window.closing(of: opening) {
      let place = place(at: opening)
      if summary.windows[place].sent < summary.windows[place].asked {
        return send(at: time, of: place, index: index, texts)
      }
    }
    parked += 1
    parkedUntil = window.opening(after: window.opening(before: time))
    return nil
  }

  /// The window that opens at a time: begun by whoever sends first, and that may be known before
  /// the time has come.
  private mutating func place(at opening: SimTime) -> Int {
    if let place = summary.windows.lastIndex(where: { $0.opening <= opening }),
      summary.windows[place].opening == opening
    {
      return place
    }
    summary.windows.append(
      BatchSummary.Window(
        opening: opening, closing: window.closing(of: opening), asked: window.requests,
        last: opening))
    return summary.windows.count - 1
  }

  private mutating func send(
    at time: SimTime, of place: Int, index: Int, _ texts: SharedTexts
  ) -> Request {
    summary.windows[place].sent += 1
    windows[Int32(index)] = place
    var lengths = RandomStream(seed: seed, name: "lengths of batches", key: (0, sent))
    sent += 1
    let input = item.input.sample(&lengths)
    let thinking = item.thinking?.sample(&lengths) ?? 0
    let answer = item.output.sample(&lengths)
    var request = Request(
      index: Int32(index), classIndex: window.classIndex, arrival: time, inputTokens: Int32(input),
      outputTokens: Int32(thinking + answer), thinkingTokens: Int32(thinking))
    request.inputTokens += Int32(texts.tokens(of: request))
    return request
  }
}
