package import Statistics
package import Units
package import Workloads

/// Everything that is known of a finished run, or of a part of one, before prices and words.
@dynamicMemberLookup
package struct RunSummary: Sendable {
  package let objectives: Objectives
  let keepsRecords: Bool

  package internal(set) var counts = RunCounts()
  package internal(set) var latencies = LatencySketches()
  /// What became of questions that several calls answer; nil where there are none.
  package internal(set) var questions: QuestionSummary?

  // Time
  /// The last completion, or loss; how long the part is of a part.
  package internal(set) var makespan = SimTime.zero
  /// Requests that have arrived and not finished, and those of them that wait.
  package internal(set) var inSystem = TimeWeighted()
  package internal(set) var queue = TimeWeighted()
  package internal(set) var sojournNanoseconds: Int128 = 0

  /// What became of work that nobody waits for; nil where there is none.
  package internal(set) var batch: BatchSummary?
  /// What became of the requests of each class, where there are several.
  package internal(set) var classes: [ClassSummary]

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
    classes = ClassSummary.all(of: configuration.workload)
    history = configuration.keepsHistory ? RunHistory(pools: configuration.pools.count) : nil
  }

  package subscript<Value>(dynamicMember path: KeyPath<RunCounts, Value>) -> Value {
    counts[keyPath: path]
  }

  package subscript<Value>(dynamicMember path: KeyPath<LatencySketches, Value>) -> Value {
    latencies[keyPath: path]
  }
}

// Of all pools together.
extension RunSummary {
  package var steps: Int64 { pools.reduce(0) { $0 + $1.steps } }
  package var runs: Int64 { pools.reduce(0) { $0 + $1.runs } }
  package var prefilledTokens: Int64 { pools.reduce(0) { $0 + $1.prefilledTokens } }
  package var decodedTokens: Int64 { pools.reduce(0) { $0 + $1.decodedTokens } }
  /// Time in which replicas work, summed over all of them [s].
  package var busySeconds: Double { pools.reduce(0) { $0 + $1.busySeconds } }
  package var prefillSeconds: Double { pools.reduce(0) { $0 + $1.prefillSeconds } }
  package var idleSeconds: Double {
    pools.reduce(0) { $0 + max(0, makespan.seconds * Double($1.replicas) - $1.busySeconds) }
  }
}
