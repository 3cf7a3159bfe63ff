internal import BasicContainers
internal import Units
internal import Workloads

// What a replica holds for conversations between their turns.
extension Replica {
  /// A request of a conversation has ended and given up its blocks.
  @inline(never)
  mutating func endTurn(
    _ slot: Int32, _ caches: ConversationCaches, _ recorder: inout Recorder
  ) {
    let rank = Int(table.states[Int(slot)].rank)
    if let end = ranks[rank].endTurn(slot, caches, &table, &recorder) { leaseEnds.append(end) }
  }

  /// Before a plan: what has run out is given back, and what was held while nothing ran is counted.
  mutating func settleLeases(at time: SimTime, _ recorder: inout Recorder) {
    countIdleBlocks(until: time, &recorder)
    for rank in 0..<rankCount { ranks[rank].endLeases(at: time, &recorder) }
  }

  /// Gives back all that is held for turns to come.
  mutating func dropLeases(at time: SimTime, _ end: LeaseEnd, _ recorder: inout Recorder) {
    countIdleBlocks(until: time, &recorder)
    for rank in 0..<rankCount { ranks[rank].dropLeases(at: time, end, &recorder) }
  }

  /// Blocks that are held while the replica rests: of leases alone.
  private mutating func countIdleBlocks(until time: SimTime, _ recorder: inout Recorder) {
    guard let elapsed = idleFemtoseconds(until: time) else { return }
    let used = usedBlocks
    guard used > 0 else { return }
    recorder.held(used, of: pool, from: table.clock, femtoseconds: elapsed)
  }

  /// Time since the last run; nil while one is under way, or where there is none.
  private func idleFemtoseconds(until time: SimTime) -> Int64? {
    guard isIdle, time > table.now else { return nil }
    return FineClock(time).femtoseconds(since: table.clock)
  }

  /// Adds what leases under way have taken by an instant, and what is held while nothing runs.
  mutating func accountLeases(until time: SimTime, to summary: inout PoolSummary) {
    for rank in 0..<rankCount {
      for lease in ranks[rank].leases {
        summary.leasedBlockNanoseconds += lease.blockNanoseconds(until: time)
      }
    }
    guard let elapsed = idleFemtoseconds(until: time) else { return }
    summary.blockFemtoseconds += Double(usedBlocks) * Double(elapsed)
  }
}
