package import Units

/// When requests come.
package enum ArrivalProcess: Equatable, Sendable {
  /// Independent arrivals at a mean rate [req/s].
  case poisson(rate: Double)
  /// Gaps with a gamma distribution: a coefficient of variation above 1 is bursty, 1 is Poisson.
  case gamma(rate: Double, coefficientOfVariation: Double)
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
}

/// Recorded requests, in order of arrival.
package struct Trace: Equatable, Sendable {
  package struct Entry: Equatable, Sendable {
    /// Since the first request of the trace.
    package var arrival: SimTime
    package var inputTokens: Int32
    package var outputTokens: Int32

    package init(arrival: SimTime, inputTokens: Int32, outputTokens: Int32) {
      self.arrival = arrival
      self.inputTokens = inputTokens
      self.outputTokens = outputTokens
    }
  }

  package var entries: [Entry]
  /// Rows left out because they ask for no tokens, with the reason; shown as a warning.
  package var skippedRows: Int

  package init(entries: [Entry], skippedRows: Int = 0) {
    self.entries = entries
    self.skippedRows = skippedRows
  }
}

/// The traffic of a scenario.
package struct Workload: Equatable, Sendable {
  package var arrivals: ArrivalProcess
  /// How many requests the run has in all.
  package var requests: Int
  /// At least one; ignored by a trace, which has its own lengths, but for the first one's name.
  package var classes: [RequestClass]

  package init(arrivals: ArrivalProcess, requests: Int, classes: [RequestClass]) {
    self.arrivals = arrivals
    self.requests = requests
    self.classes = classes
  }
}
