package import Units

/// When requests come.
package enum ArrivalProcess: Equatable, Sendable {
  /// Independent arrivals at a mean rate [req/s].
  case poisson(rate: Double)
  /// Gaps with a gamma distribution: a coefficient of variation above 1 is bursty, 1 is Poisson.
  case gamma(rate: Double, coefficientOfVariation: Double)
  /// Independent arrivals at a rate that rises and falls over the day.
  case diurnal(DiurnalRate)
  /// A fixed number of clients; each sends its next request a think time after its last answer.
  case closedLoop(clients: Int, thinkTime: SimDuration)
  /// Everything is there at the start.
  case offline
  /// Arrivals and lengths as recorded.
  case trace(Trace)

  /// Whether an arrival waits for a completion.
  package var isClosed: Bool {
    if case .closedLoop = self { true } else { false }
  }

  /// Of a process that has a rate, the highest that it comes to [req/s]: what a deployment must be
  /// able to serve.
  package var peakRate: Double? {
    switch self {
    case .poisson(let rate), .gamma(let rate, _): rate
    case .diurnal(let rate): rate.highest
    case .closedLoop, .offline, .trace: nil
    }
  }
}

/// The traffic of a scenario.
package struct Workload: Equatable, Sendable {
  package var arrivals: ArrivalProcess
  /// How many requests the run has in all, the later turns of conversations included.
  package var requests: Int
  /// At least one; ignored by a trace, which has its own lengths, but for the first one's name.
  package var classes: [RequestClass]
  /// Whose requests come one after the other, again and again, when other arrivals than its own ask
  /// for them; nil draws from the classes.
  package var replayed: Trace?

  package init(arrivals: ArrivalProcess, requests: Int, classes: [RequestClass]) {
    self.arrivals = arrivals
    self.requests = requests
    self.classes = classes
  }

  /// Whether a completion may lead to another request.
  package var hasFollowUps: Bool {
    arrivals.isClosed || classes.contains { $0.sessions != nil }
  }

  /// The trace whose requests come, whenever they come.
  package var recorded: Trace? {
    if case .trace(let trace) = arrivals { trace } else { replayed }
  }

  /// Tokens of prompt and answer of the longest request that can come.
  package var longestRequest: Int {
    if let trace = recorded {
      return trace.entries.reduce(0) { max($0, Int($1.inputTokens) + Int($1.outputTokens)) }
    }
    return classes.reduce(0) { longest, item in
      max(longest, item.input.longest + (item.thinking?.longest ?? 0) + item.output.longest)
    }
  }
}
