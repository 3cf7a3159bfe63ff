internal import BasicContainers
internal import DequeModule
internal import OperatorCosts
internal import Units

// What a run of steps is counted as, of a whole one at its end or of its first steps before that.
extension Replica {
  /// Counts the steps that have ended before an instant of the run in progress, and how long
  /// requests have waited by then.
  mutating func account(
    until time: SimTime, to gaps: inout TokenGaps, _ pool: inout PoolSummary
  ) {
    var queued = 0
    for rank in 0..<rankCount { queued += ranks[rank].queued }
    pool.waitingNanoseconds += table.waited + Int128(queued) * Int128(time.nanoseconds)
    if conversations != nil { accountLeases(until: time, to: &pool) }
    // Prompts are in runs of one step only, and of that nothing has ended.
    guard !isIdle, run.sequences > 0, run.steps > 1 else { return }
    let steps = run.stepsUntil(time) - 1
    guard steps > 0 else { return }
    var part = run
    part.cut(to: steps)
    var used = BlockUse()
    for rank in 0..<rankCount {
      used.before += ranks[rank].pool.used
      used.after += ranks[rank].pool.used + ranks[rank].demand.blocks(inSteps: steps)
      used.growthFemtoseconds += ranks[rank].demand.heldFemtoseconds(over: part)
    }
    addGaps(of: part, to: &gaps)
    account(part, usedBlocks: used, to: &pool)
  }

  /// Counts the steps of a run, what they held and what they cost.
  @inline(__always)
  mutating func account(
    _ run: Run, usedBlocks: BlockUse, to pool: inout PoolSummary
  ) {
    pool.completed(run, usedBlocks: usedBlocks, computedTokens: model.computedTokens)
    model.account(
      price, steps: run.steps, elapsed: run.duration, decodes: run.sequences > 0,
      views: slowestViews, to: &pool.work)
    if rankCount > 1 { accountMeanWork(steps: run.steps, to: &pool.work) }
  }

  /// The gaps between tokens: of all sequences alike, unless some have waited for prefill-only
  /// steps or have just come.
  @inline(__always)
  mutating func addGaps(of run: Run, to gaps: inout TokenGaps) {
    var single: Int64 = 0
    if table.hasStalledSequences || (table.writesBlocks && !table.newcomers.isEmpty) {
      single = 1
      let end = run.end(after: 1)
      var decoding = 0
      for rank in 0..<rankCount { decoding += ranks[rank].decoding.count }
      let others = Int64(decoding - table.newcomers.count)
      if others > 0 {
        gaps.add(femtoseconds: end.femtoseconds(since: table.lastDecodeEnd), count: others)
      }
      for position in table.newcomers.indices {
        let index = Int(table.newcomers[position])
        // Nothing comes before the tokens of a first block.
        if table.writesBlocks, table.states[index].firstTokenAt.isNever { continue }
        let last = table.states[index].lastToken
        gaps.add(femtoseconds: end.femtoseconds(since: last), count: 1)
      }
    }
    guard run.steps > single else { return }
    gaps.add(run, from: single)
  }
}
