package import OperatorCosts
internal import Statistics

/// What the replicas of one pool did, summed over them.
package struct PoolSummary: Sendable {
  package let name: String
  package let role: ReplicaRole
  package let replicas: Int
  /// Cache blocks of all its replicas.
  package let totalBlocks: Int

  /// Requests that ended here with all that was asked of them.
  package internal(set) var completed: Int64 = 0

  /// Tokens computed in prefill, recomputation after preemptions included.
  package internal(set) var prefilledTokens: Int64 = 0
  /// Tokens computed in decode steps, wrong guesses included.
  package internal(set) var decodedTokens: Int64 = 0

  package internal(set) var busyFemtoseconds: Int128 = 0
  /// Time that steps took only because of prompt chunks in them.
  package internal(set) var prefillFemtoseconds: Int128 = 0
  /// Time that attention ranks waited for the slowest one of their replica, summed over ranks.
  package internal(set) var rankWaitFemtoseconds: Int128 = 0
  /// Attention ranks of a replica.
  package let ranks: Int
  package internal(set) var steps: Int64 = 0
  /// Scheduling decisions: what the simulator's own time goes with.
  package internal(set) var runs: Int64 = 0
  /// Work of one rank of each replica, and the busy time by what bounded it.
  package internal(set) var work = PartCost()
  /// Failures and maintenance that began, and their time.
  package internal(set) var outages: Int64 = 0
  package internal(set) var outageSeconds = 0.0
  package internal(set) var largestBatch: Int64 = 0
  var batchFemtoseconds = 0.0
  /// How long requests waited in its replicas' queues, counted at a run's end or at a moment.
  var waitingNanoseconds: Int128 = 0
  var blockFemtoseconds = 0.0
  package internal(set) var largestUsedBlocks = 0
  /// What was held for conversations between their turns [blocks ns].
  var leasedBlockNanoseconds: Int128 = 0

  init(_ pool: PoolConfiguration) {
    name = pool.name
    role = pool.role
    replicas = pool.replicas
    ranks = pool.model.attentionRanks
    totalBlocks = pool.capacity.totalBlocks * pool.model.attentionRanks * pool.replicas
  }

  package var busySeconds: Double { Double(busyFemtoseconds) * 1e-15 }
  package var prefillSeconds: Double { Double(prefillFemtoseconds) * 1e-15 }
  /// Time that steps took because attention ranks had unequal work: slowest minus mean.
  package var imbalanceSeconds: Double { Double(rankWaitFemtoseconds) * 1e-15 / Double(ranks) }

  /// Decoding sequences of a replica, weighted by the time of its steps.
  package var meanBatch: Double {
    busyFemtoseconds > 0 ? batchFemtoseconds / Double(busyFemtoseconds) : 0
  }

  /// Requests that wait with a replica, mean over a time.
  package func meanWaitingRequests(over seconds: Double) -> Double {
    seconds > 0 ? Double(nearest: waitingNanoseconds) * 1e-9 / seconds / Double(replicas) : 0
  }

  /// Share of the cache blocks in use, mean over a time.
  package func meanOccupancy(over seconds: Double) -> Double {
    guard totalBlocks > 0, seconds > 0 else { return 0 }
    return blockFemtoseconds * 1e-15 / seconds / Double(totalBlocks)
  }

  /// Share of the cache blocks that are held for turns to come, mean over a time.
  package func meanLeased(over seconds: Double) -> Double {
    guard totalBlocks > 0, seconds > 0 else { return 0 }
    return Double(nearest: leasedBlockNanoseconds) * 1e-9 / seconds / Double(totalBlocks)
  }

  /// The fullest that one replica was.
  package var highestOccupancy: Double {
    totalBlocks > 0 ? Double(largestUsedBlocks) * Double(replicas) / Double(totalBlocks) : 0
  }

  /// Counts a run's steps and what they held; what they cost is the step model's to account.
  @inline(__always)
  mutating func completed(
    _ run: Run, usedBlocks: BlockUse, computedTokens: Double
  ) {
    let elapsed = run.duration
    decodedTokens += Int64(Double(run.sequences * run.steps) * computedTokens + 0.5)
    largestBatch = max(largestBatch, run.sequences)
    steps += run.steps
    runs += 1
    busyFemtoseconds += Int128(elapsed)
    // Prompt chunks are in runs of one step only.
    prefillFemtoseconds += Int128(run.prefillFemtoseconds)
    if ranks > 1 {
      let pairs = Int128(run.steps) * Int128(run.steps - 1) / 2
      rankWaitFemtoseconds +=
        Int128(run.rankWait.first) * Int128(run.steps) + Int128(run.rankWait.growth) * pairs
    }
    batchFemtoseconds += Double(run.sequences) * Double(elapsed)
    blockFemtoseconds += Double(usedBlocks.before) * Double(elapsed)
    blockFemtoseconds += usedBlocks.growthFemtoseconds
    largestUsedBlocks = max(largestUsedBlocks, usedBlocks.after)
  }
}
