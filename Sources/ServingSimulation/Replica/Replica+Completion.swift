internal import HeapModule
internal import OperatorCosts
internal import Units
internal import Workloads

// The end of a run: time passes, tokens are emitted, sequences finish and begin to decode.
extension Replica {
  /// Applies the run in progress. Finished requests are handed to the recorder and to `finished`.
  mutating func completeRun(_ recorder: inout Recorder, finished: inout [Request]) {
    guard let current = run else { return }
    run = nil
    let usedBefore = pool.used
    let contextBefore = contexts
    clock = current.end(after: current.steps)
    if current.sequences > 0 {
      recordGaps(of: current, &recorder)
      pool.take(blocksTaken(inSteps: current.steps))
      decodeSteps += current.steps
      for view in contexts.indices { contexts[view] += growth[view] * current.steps }
      lastDecodeEnd = clock
      hasStalledSequences = false
    } else if !decoding.isEmpty {
      hasStalledSequences = true
    }
    recorder.completed(
      current, contexts: contextBefore, growth: growth, perContextToken: model.decodePerContextToken,
      usedBlocks: (usedBefore, pool.used))
    handleMilestones(&recorder, &finished)
    finishChunks(&recorder, &finished)
  }

  /// The gaps between tokens: of all sequences alike, unless some have waited for prefill-only
  /// steps.
  private func recordGaps(of current: Run, _ recorder: inout Recorder) {
    var single: Int64 = 0
    if hasStalledSequences {
      single = 1
      let end = current.end(after: 1)
      for slot in decoding {
        recorder.gap(femtoseconds: end.femtoseconds(since: lastToken(of: Int(slot))))
      }
    }
    guard current.steps > single else { return }
    recorder.gaps(of: current, from: single)
  }

  private mutating func handleMilestones(
    _ recorder: inout Recorder, _ finished: inout [Request]
  ) {
    while let milestone = popDueMilestone() {
      switch milestone.kind {
      case .finish:
        leave(milestone.slot)
        finish(milestone.slot, &recorder, &finished)
      case .answer:
        states[Int(milestone.slot)].firstAnswerAt = clock.time
      case .windowFull(let view):
        growth[Int(view)] -= 1
      case .chunkRestart(let view):
        guard case .chunked(let tokens) = model.visibilities[Int(view)] else { continue }
        contexts[Int(view)] -= Int64(tokens)
        var next = milestone
        next.step += Int64(tokens)
        milestones.insert(next)
      }
    }
  }

  private mutating func finishChunks(_ recorder: inout Recorder, _ finished: inout [Request]) {
    for chunk in chunks {
      let index = Int(chunk.slot)
      states[index].prefilled += chunk.tokens
      recorder.prefilled(tokens: Int(chunk.tokens))
      guard states[index].prefilled == states[index].prefillTarget else {
        prefilling = chunk.slot
        continue
      }
      if prefilling == chunk.slot { prefilling = -1 }
      emitFirst(chunk.slot, &recorder, &finished)
    }
    chunks.removeAll(keepingCapacity: true)
  }

  /// The end of a prefill emits a token: the first, or the next one after a preemption.
  private mutating func emitFirst(
    _ slot: Int32, _ recorder: inout Recorder, _ finished: inout [Request]
  ) {
    let index = Int(slot)
    let isFirst = states[index].firstTokenAt == .never
    if isFirst {
      states[index].firstTokenAt = clock.time
    } else {
      recorder.gap(femtoseconds: clock.femtoseconds(since: states[index].lastToken))
    }
    states[index].generated += 1
    let state = states[index]
    if state.generated == state.request.thinkingTokens + 1 {
      states[index].firstAnswerAt = clock.time
    }
    if state.generated == state.request.outputTokens {
      pool.release(
        pool.blocks(forContext: Int(state.prefillTarget)) + Int(state.fixedBlocks))
      pool.reserve(-Int(state.reservedBlocks))
      states[index].generation &+= 1
      finish(slot, &recorder, &finished)
    } else {
      join(slot, context: state.prefillTarget)
    }
  }

  private mutating func finish(
    _ slot: Int32, _ recorder: inout Recorder, _ finished: inout [Request]
  ) {
    let state = states[Int(slot)]
    recorder.finished(
      RequestRecord(
        request: state.request, scheduled: state.scheduledAt, firstToken: state.firstTokenAt,
        firstAnswer: state.firstAnswerAt, finish: clock.time, preemptions: state.preemptions))
    finished.append(state.request)
    freeSlots.append(slot)
  }
}
