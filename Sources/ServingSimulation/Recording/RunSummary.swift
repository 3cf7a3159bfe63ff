package import Statistics
package import Units

/// Everything a finished simulation knows about its run, before prices and words.
package struct RunSummary: Sendable {
  package let objectives: Objectives
  let keepsRecords: Bool

  // Requests
  package internal(set) var arrived: Int64 = 0
  package internal(set) var completed: Int64 = 0
  package internal(set) var rejected: Int64 = 0
  /// Requests that a failing replica had: begun anew, and gone for good.
  package internal(set) var retried: Int64 = 0
  package internal(set) var lost: Int64 = 0
  var discardedGaps: Int64 = 0
  /// How often a running request lost its blocks, and how many completed requests that happened to.
  package internal(set) var preemptions: Int64 = 0
  package internal(set) var preemptedRequests: Int64 = 0
  /// Completed requests that met every objective.
  package internal(set) var good: Int64 = 0

  // Tokens of completed requests
  package internal(set) var inputTokens: Int64 = 0
  package internal(set) var outputTokens: Int64 = 0
  /// Prompt tokens found in a cache when their request was first admitted, and those found at every
  /// attempt of any request.
  package internal(set) var cachedTokens: Int64 = 0
  package internal(set) var reusedTokens: Int64 = 0
  package internal(set) var thinkingTokens: Int64 = 0
  // Latencies in nanoseconds
  package internal(set) var timeToFirstToken = QuantileSketch()
  package internal(set) var timeToFirstAnswer = QuantileSketch()
  package internal(set) var timePerOutputToken = QuantileSketch()
  package internal(set) var interToken = QuantileSketch()
  package internal(set) var endToEnd = QuantileSketch()
  /// Exact sum of all gaps; the sketch holds them cut to nanoseconds.
  package internal(set) var interTokenFemtoseconds: Int128 = 0

  // Time
  /// The last completion, or loss.
  package internal(set) var makespan = SimTime.zero
  /// Requests that have arrived and not finished, and those of them that wait.
  package internal(set) var inSystem = TimeWeighted()
  package internal(set) var queue = TimeWeighted()
  package internal(set) var sojournNanoseconds: Int128 = 0

  // Pools
  package internal(set) var pools: [PoolSummary]
  package internal(set) var transfers = TransferSummary()

  package internal(set) var fingerprint = Fingerprint()
  /// One for each completed request in order of completion, when asked for.
  package internal(set) var records: [RequestRecord] = []
  /// When asked for.
  package internal(set) var timeline: Timeline?
  package internal(set) var history: RunHistory?
  /// Broken laws, none in a sound simulation.
  package internal(set) var brokenLaws: [String] = []

  init(_ configuration: SimulationConfiguration) {
    objectives = configuration.objectives
    keepsRecords = configuration.keepsRecords
    pools = configuration.pools.map { PoolSummary($0) }
    history = configuration.keepsHistory ? RunHistory(pools: configuration.pools.count) : nil
  }

  package var meanInterTokenSeconds: Double? {
    interToken.count > 0
      ? Double(interTokenFemtoseconds) * 1e-15 / Double(interToken.count) : nil
  }
}

// Of all pools together.
extension RunSummary {
  package var steps: Int64 { pools.reduce(0) { $0 + $1.steps } }
  package var runs: Int64 { pools.reduce(0) { $0 + $1.runs } }
  package var prefilledTokens: Int64 { pools.reduce(0) { $0 + $1.prefilledTokens } }
  package var decodedTokens: Int64 { pools.reduce(0) { $0 + $1.decodedTokens } }
  /// Of every replica.
  package var busySeconds: Double { pools.reduce(0) { $0 + $1.busySeconds } }
  package var prefillSeconds: Double { pools.reduce(0) { $0 + $1.prefillSeconds } }
  package var idleSeconds: Double {
    pools.reduce(0) { $0 + max(0, makespan.seconds * Double($1.replicas) - $1.busySeconds) }
  }
}
