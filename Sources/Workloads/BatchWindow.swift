package import Units

/// Work that nobody waits for, beside what people ask: so many requests that are sent while a
/// window is open, a fixed number of them under way at a time.
package struct BatchWindow: Equatable, Sendable {
  /// Position of its requests in the workload's list of classes, where their share is 0.
  package var classIndex: Int16
  /// There at the beginning of each window.
  package var requests: Int
  /// Sent and not yet answered, at the most.
  package var inFlight: Int
  /// Time from the start of the run to the first opening [s].
  package var opens: Double
  /// How long a window is open [s].
  package var length: Double
  /// Time from one opening to the next [s]. An opening of one period is before the closing of the
  /// one before, never after.
  package var period: Double

  package init(
    classIndex: Int16, requests: Int, inFlight: Int, opens: Double, length: Double, period: Double
  ) {
    self.classIndex = classIndex
    self.requests = requests
    self.inFlight = inFlight
    self.opens = opens
    self.length = length
    self.period = period
  }

  /// Until when a window is open that had opened before the start [s]; 0 where none had.
  package var cutSeconds: Double { max(0, opens - period + length) }

  /// When the window opened that is the last to have done so at a time; that of the period before
  /// the start, which is negative, is taken to open with it.
  func opening(before time: SimTime) -> SimTime? {
    let first = SimDuration(seconds: opens).nanoseconds
    let period = SimDuration(seconds: self.period).nanoseconds
    let since = time.nanoseconds - first
    guard since < 0 else { return SimTime(nanoseconds: first + since / period * period) }
    return cutSeconds > 0 ? .zero : nil
  }

  /// When the window opens next after one that opened at a time, or for the first time.
  func opening(after time: SimTime?) -> SimTime {
    let first = SimTime.zero + SimDuration(seconds: opens)
    guard let time else { return cutSeconds > 0 ? .zero : first }
    return time < first ? first : time + SimDuration(seconds: period)
  }

  func closing(of opening: SimTime) -> SimTime {
    let isCut = opening < SimTime.zero + SimDuration(seconds: opens)
    return opening + SimDuration(seconds: isCut ? cutSeconds : length)
  }
}

/// What became of the work of the windows of a run.
package struct BatchSummary: Equatable, Sendable {
  package struct Window: Equatable, Sendable {
    package var opening: SimTime
    package var closing: SimTime
    package internal(set) var asked: Int
    package internal(set) var sent = 0
    package internal(set) var done = 0
    /// When the last answer so far came.
    package internal(set) var last: SimTime
  }

  package let window: BatchWindow
  /// In order, the one that the start of the run cuts included.
  package internal(set) var windows: [Window] = []
  /// Until when it was looked at.
  package internal(set) var until = SimTime.zero

  /// The windows that were neither cut by the beginning nor by the end of the run.
  package var whole: [Window] {
    let first = SimTime.zero + SimDuration(seconds: window.opens)
    return windows.filter {
      $0.opening >= first && ($0.closing <= until || $0.done == $0.asked)
    }
  }
}
