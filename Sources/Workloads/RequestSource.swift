internal import Statistics
package import Units

/// Makes the requests of a workload one at a time, so that ten million of them need no memory.
///
/// Arrivals, lengths and the choice of class draw from their own random streams: another arrival
/// rate leaves the lengths as they were.
package struct RequestSource: Sendable {
  /// A gap of a very bursty process may be longer than 64 bits of nanoseconds; 127 years are
  /// enough.
  private static let latest = 4e18

  private let workload: Workload
  private let cumulativeShares: [Double]
  private var arrivals: RandomStream
  private var lengths: RandomStream
  private var classes: RandomStream
  private var next: Int = 0
  /// Seconds since the start; kept as a sum in `Double`, rounded once per arrival.
  private var clock = 0.0

  package init(_ workload: Workload, seed: UInt64) {
    self.workload = workload
    let total = workload.classes.reduce(0) { $0 + $1.share }
    var sum = 0.0
    cumulativeShares = workload.classes.map { item in
      sum += item.share / total
      return sum
    }
    arrivals = RandomStream(seed: seed, name: "arrivals")
    lengths = RandomStream(seed: seed, name: "lengths")
    classes = RandomStream(seed: seed, name: "classes")
  }

  package var issued: Int { next }
  package var remaining: Int { workload.requests - next }

  /// The next request of a process that does not wait for answers, or of a client's first round.
  ///
  /// Nil when all are issued, or when a closed loop has given every client its first request.
  package mutating func nextArrival() -> Request? {
    guard next < workload.requests else { return nil }
    switch workload.arrivals {
    case .poisson(let rate):
      clock += arrivals.exponential() / rate
    case .gamma(let rate, let cv):
      clock += arrivals.gamma(shape: 1 / (cv * cv)) / rate
    case .closedLoop(let clients, _):
      guard next < clients else { return nil }
    case .offline: break
    case .trace(let trace):
      guard next < trace.entries.count else { return nil }
      let entry = trace.entries[next]
      next += 1
      return Request(
        index: Int32(next - 1), arrival: entry.arrival, inputTokens: entry.inputTokens,
        outputTokens: entry.outputTokens)
    }
    return request(at: SimTime(nanoseconds: Int64(min(clock * 1e9 + 0.5, Self.latest))))
  }

  /// The request that a closed loop's client sends after a completion at `time`; nil for open
  /// processes and when all requests are issued.
  package mutating func nextAfterCompletion(at time: SimTime) -> Request? {
    guard next < workload.requests, case .closedLoop(_, let thinkTime) = workload.arrivals else {
      return nil
    }
    return request(at: time + thinkTime)
  }

  private mutating func request(at arrival: SimTime) -> Request {
    var classIndex = 0
    if workload.classes.count > 1 {
      let point = classes.uniform()
      classIndex =
        cumulativeShares.firstIndex { point < $0 } ?? workload.classes.count - 1
    }
    let input = workload.classes[classIndex].input.sample(&lengths)
    let thinking = workload.classes[classIndex].thinking?.sample(&lengths) ?? 0
    let answer = workload.classes[classIndex].output.sample(&lengths)
    next += 1
    return Request(
      index: Int32(next - 1), classIndex: Int16(classIndex), arrival: arrival,
      inputTokens: Int32(input), outputTokens: Int32(thinking + answer),
      thinkingTokens: Int32(thinking))
  }
}
