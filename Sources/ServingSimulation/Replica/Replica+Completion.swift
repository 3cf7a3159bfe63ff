internal import BasicContainers
internal import OperatorCosts
internal import Units
internal import Workloads

// The end of a run: time passes, tokens are emitted, sequences finish and begin to decode.
extension Replica {
  /// Applies the run in progress. Finished requests are handed to the recorder and to `finished`.
  mutating func completeRun(_ recorder: inout Recorder, finished: inout UniqueArray<Request>) {
    guard !isIdle else { return }
    isIdle = true
    if table.isGathering { table.gatheredSteps += run.steps }
    lastStepStart = run.end(after: run.steps - 1).shownNanoseconds
    table.set(clock: run.end)
    var used = BlockUse()
    if run.sequences > 0 { addGaps(of: run, to: &recorder.summary.latencies.gaps) }
    for rank in 0..<rankCount {
      used += ranks[rank].advance(run)
    }
    if run.sequences > 0 {
      table.passDecoding(steps: run.steps)
    } else if hasDecoding {
      table.hasStalledSequences = true
    }
    account(run, usedBlocks: used, to: &recorder.pools[pool])
    recorder.note(run, of: pool, usedBlocks: used)
    handleMilestones(&recorder, &finished)
    guard hasChunks else { return }
    for rank in 0..<rankCount { finishChunks(rank, &recorder, &finished) }
  }

  private var hasDecoding: Bool {
    mutating get {
      for rank in 0..<rankCount where !ranks[rank].decoding.isEmpty { return true }
      return false
    }
  }

  private mutating func handleMilestones(
    _ recorder: inout Recorder, _ finished: inout UniqueArray<Request>
  ) {
    while let milestone = table.popDueMilestone() {
      let rank = Int(table.states[Int(milestone.slot)].rank)
      switch milestone.kind {
      case .finish:
        if role == .serving {
          ranks[rank].sharePrefix(milestone.slot, includingAnswer: true, &table)
        }
        recorder.simultaneous(tokens: ranks[rank].leave(milestone.slot, &table))
        finish(milestone.slot, &recorder, &finished)
      case .answer:
        table.states[Int(milestone.slot)].firstAnswerAt = table.now
      case .firstBlock:
        table.states[Int(milestone.slot)].show(firstTokenAt: table.now)
      case .windowFull(let view):
        ranks[rank].fillWindow(Int(view), milestone.slot, table)
      case .chunkRestart(let view):
        ranks[rank].restartChunk(Int(view), milestone, &table)
      }
    }
  }

  @inline(__always)
  private mutating func finishChunks(
    _ rank: Int, _ recorder: inout Recorder, _ finished: inout UniqueArray<Request>
  ) {
    guard !ranks[rank].chunks.isEmpty else { return }
    for position in ranks[rank].chunks.indices {
      let chunk = ranks[rank].chunks[position]
      let index = Int(chunk.slot)
      table.states[index].prefilled += chunk.tokens
      recorder.pools[pool].prefilledTokens += Int64(chunk.tokens)
      guard table.states[index].prefilled == table.states[index].prefillTarget else {
        ranks[rank].prefilling = chunk.slot
        continue
      }
      if ranks[rank].prefilling == chunk.slot { ranks[rank].prefilling = -1 }
      emitFirst(chunk.slot, rank, &recorder, &finished)
    }
    ranks[rank].chunks.removeAll(keepingCapacity: true)
  }

  /// The end of a prefill emits a token: the first, or the next one after a preemption.
  private mutating func emitFirst(
    _ slot: Int32, _ rank: Int, _ recorder: inout Recorder, _ finished: inout UniqueArray<Request>
  ) {
    let index = Int(slot)
    if table.states[index].request.outputTokens == 0 {
      return end(slot, rank, &recorder, &finished)
    }
    if table.writesBlocks {
      ranks[rank].sharePrefix(slot, includingAnswer: false, &table)
      return ranks[rank].join(slot, context: table.states[index].prefillTarget, &table)
    }
    if !table.states[index].emitAfterPrefill(at: table.now) {
      let gap = table.clock.femtoseconds(since: table.states[index].lastToken)
      recorder.gap(femtoseconds: gap)
    }
    let context = table.states[index].prefillTarget
    ranks[rank].sharePrefix(slot, includingAnswer: false, &table)
    if table.states[index].generated == table.states[index].request.outputTokens {
      ranks[rank].release(slot, context: Int(context), &table)
      finish(slot, &recorder, &finished)
    } else if role == .prefill {
      handovers.append(table.states[index].handover(slot: slot, at: table.now))
    } else {
      ranks[rank].join(slot, context: context, &table)
    }
  }

  /// A prompt is read that nobody wants an answer to: its vector or score is there.
  @inline(never)
  private mutating func end(
    _ slot: Int32, _ rank: Int, _ recorder: inout Recorder, _ finished: inout UniqueArray<Request>
  ) {
    let index = Int(slot)
    table.states[index].firstTokenAt = table.now
    table.states[index].firstAnswerAt = table.now
    ranks[rank].sharePrefix(slot, includingAnswer: false, &table)
    ranks[rank].release(slot, context: Int(table.states[index].prefillTarget), &table)
    finish(slot, &recorder, &finished)
  }

  private mutating func finish(
    _ slot: Int32, _ recorder: inout Recorder, _ finished: inout UniqueArray<Request>
  ) {
    let record = table.states[Int(slot)].record(finish: table.now)
    leave(Int(table.states[Int(slot)].rank), record.request)
    recorder.pools[pool].completed += 1
    recorder.finished(record)
    recorder.cached(tokens: table.states[Int(slot)].cached)
    if record.request.course.kind != .turn {
      recorder.detour(record.request, cached: table.states[Int(slot)].cached)
    }
    if record.request.course.said > 0 {
      recorder.followedUp(record.request, cached: table.states[Int(slot)].cached)
    }
    if let conversations, record.request.session >= 0 { endTurn(slot, conversations, &recorder) }
    finished.append(record.request)
    table.remove(slot)
  }
}
