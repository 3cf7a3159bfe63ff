internal import BasicContainers
internal import DequeModule
internal import Units
internal import Workloads

// What a replica loses when it fails.
extension Replica {
  struct Lost {
    var request: Request
    /// Where its keys and values still are, when they had not been sent in full.
    var source: Handover?
    var isCancelled = false
  }

  /// Loses every request, with what it has generated, and begins anew.
  ///
  /// - Returns: the requests, in order of their slots, then those that have none.
  mutating func fail(at time: SimTime, _ recorder: inout Recorder) -> [Lost] {
    var lost: [Lost] = []
    if conversations != nil { dropLeases(at: time, .givenUp, &recorder) }
    for rank in 0..<rankCount {
      // From the end, so that nothing else moves.
      while !ranks[rank].decoding.isEmpty {
        let slot = ranks[rank].decoding[ranks[rank].decoding.count - 1]
        recorder.simultaneous(tokens: ranks[rank].leave(slot, &table))
      }
      for _ in 0..<ranks[rank].queued {
        table.leavesQueue(at: time)
        recorder.admitted(at: time)
      }
    }
    for slot in table.states.indices where table.states[slot].isPresent {
      let state = table.states[slot]
      recorder.discarded(gaps: Int64(max(0, state.generated - 1)))
      let source = role == .decode && !state.hasCome ? sources[slot] : nil
      lost.append(
        Lost(request: state.request, source: source, isCancelled: state.isCancelled))
      table.remove(Int32(slot))
    }
    for rank in 0..<rankCount {
      while let entry = ranks[rank].backlog.popFirst() { lost.append(Lost(request: entry.request)) }
      ranks[rank].clear()
      rankLoads[rank] = 0
    }
    handovers.removeAll()
    accepted.removeAll()
    leaseEnds.removeAll()
    table.gatheredSteps = 0
    lastStepStart = .max
    isIdle = true
    return lost
  }

  /// Forgets the requests whose keys and values are on a replica that has failed.
  mutating func cancel(
    from source: Int32, at time: SimTime, _ recorder: inout Recorder
  ) -> [Request] {
    var cancelled: [Request] = []
    let used = usedBlocks(at: time)
    for slot in table.states.indices
    where table.states[slot].isPresent && !table.states[slot].hasCome
      && sources[slot].replica == source
    {
      let rank = Int(table.states[slot].rank)
      if !ranks[rank].dropIncoming(Int32(slot)) {
        let context = Int(table.states[slot].prefillTarget)
        ranks[rank].release(Int32(slot), context: context, &table)
        ranks[rank].reserved -= 1
      }
      cancelled.append(table.states[slot].request)
      leave(rank, table.states[slot].request)
      table.remove(Int32(slot))
    }
    // What steps of the run in progress held that end before: its end will show less.
    if !cancelled.isEmpty, !isIdle, run.sequences > 0, run.stepsUntil(time) > 1 {
      recorder.pools[pool].largestUsedBlocks = max(recorder.pools[pool].largestUsedBlocks, used)
      recorder.held(
        used - usedBlocks(at: time), of: pool, from: run.start,
        femtoseconds: run.elapsed(run.stepsUntil(time) - 1))
    }
    return cancelled
  }
}
