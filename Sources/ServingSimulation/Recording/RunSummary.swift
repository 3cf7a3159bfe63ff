package import OperatorCosts
package import Statistics
package import Units

/// Everything a finished simulation knows about its run, before prices and words.
package struct RunSummary: Sendable {
  package let objectives: Objectives
  package let totalBlocks: Int
  let keepsRecords: Bool

  // Requests
  package internal(set) var arrived: Int64 = 0
  package internal(set) var completed: Int64 = 0
  package internal(set) var rejected: Int64 = 0
  /// How often a running request lost its blocks, and how many completed requests that happened to.
  package internal(set) var preemptions: Int64 = 0
  package internal(set) var preemptedRequests: Int64 = 0
  /// Completed requests that met every objective.
  package internal(set) var good: Int64 = 0

  // Tokens of completed requests
  package internal(set) var inputTokens: Int64 = 0
  package internal(set) var outputTokens: Int64 = 0
  package internal(set) var thinkingTokens: Int64 = 0
  /// Tokens computed in prefill, recomputation after preemptions included.
  package internal(set) var prefilledTokens: Int64 = 0
  /// Tokens computed one at a time.
  package internal(set) var decodedTokens: Int64 = 0

  // Latencies in nanoseconds
  package internal(set) var timeToFirstToken = QuantileSketch()
  package internal(set) var timeToFirstAnswer = QuantileSketch()
  package internal(set) var timePerOutputToken = QuantileSketch()
  package internal(set) var interToken = QuantileSketch()
  package internal(set) var endToEnd = QuantileSketch()
  /// Exact sum of all gaps; the sketch holds them cut to nanoseconds.
  package internal(set) var interTokenFemtoseconds: Int128 = 0

  // Time
  /// The last completion.
  package internal(set) var makespan = SimTime.zero
  package internal(set) var busyFemtoseconds: Int128 = 0
  /// Time that steps took only because of prompt chunks in them.
  package internal(set) var prefillFemtoseconds: Int128 = 0
  /// Requests that have arrived and not finished, and those of them that wait.
  package internal(set) var inSystem = TimeWeighted()
  package internal(set) var queue = TimeWeighted()
  package internal(set) var sojournNanoseconds: Int128 = 0

  // Steps
  package internal(set) var steps: Int64 = 0
  /// Scheduling decisions: what the simulator's own time goes with.
  package internal(set) var runs: Int64 = 0
  /// Work of one rank, and the busy time by what bounded it.
  package internal(set) var work = PartCost()
  package internal(set) var largestBatch: Int64 = 0
  var batchFemtoseconds = 0.0
  var blockFemtoseconds = 0.0
  package internal(set) var largestUsedBlocks = 0

  package internal(set) var fingerprint = Fingerprint()
  /// One for each completed request in order of completion, when asked for.
  package internal(set) var records: [RequestRecord] = []
  /// Broken laws, none in a sound simulation.
  package internal(set) var brokenLaws: [String] = []

  init(objectives: Objectives, totalBlocks: Int, keepsRecords: Bool) {
    self.objectives = objectives
    self.totalBlocks = totalBlocks
    self.keepsRecords = keepsRecords
  }

  package var busySeconds: Double { Double(busyFemtoseconds) * 1e-15 }
  package var prefillSeconds: Double { Double(prefillFemtoseconds) * 1e-15 }
  package var idleSeconds: Double { max(0, makespan.seconds - busySeconds) }

  /// Decoding sequences, weighted by the time of their steps.
  package var meanBatch: Double {
    busyFemtoseconds > 0 ? batchFemtoseconds / Double(busyFemtoseconds) : 0
  }

  /// Share of the cache blocks in use: mean over the makespan, and the highest.
  package var meanOccupancy: Double {
    guard totalBlocks > 0, makespan > .zero else { return 0 }
    return blockFemtoseconds * 1e-15 / makespan.seconds / Double(totalBlocks)
  }

  package var highestOccupancy: Double {
    totalBlocks > 0 ? Double(largestUsedBlocks) / Double(totalBlocks) : 0
  }

  package var meanInterTokenSeconds: Double? {
    interToken.count > 0
      ? Double(interTokenFemtoseconds) * 1e-15 / Double(interToken.count) : nil
  }
}
