internal import HeapModule
internal import OperatorCosts
internal import Units
internal import Workloads

// The end of a run: time passes, tokens are emitted, sequences finish and begin to decode.
extension Replica {
  /// Applies the run in progress. Finished requests are handed to the recorder and to `finished`.
  mutating func completeRun(_ recorder: inout Recorder, finished: inout [Request]) {
    guard !isIdle else { return }
    isIdle = true
    let usedBefore = pool.used
    let viewsBefore = views
    clock = run.end
    if run.sequences > 0 {
      recordGaps(&recorder)
      pool.take(demand.blocks(inSteps: run.steps))
      demand.advance(steps: run.steps)
      decodeSteps += run.steps
      for view in model.visibilities.indices {
        views.tokens[view] += views.growth[view] * run.steps
      }
      lastDecodeEnd = clock
      hasStalledSequences = false
    } else if !decoding.isEmpty {
      hasStalledSequences = true
    }
    recorder.completed(run, usedBlocks: (usedBefore, pool.used))
    model.account(
      price, steps: run.steps, elapsed: run.duration,
      decodes: run.sequences > 0, views: viewsBefore, to: &recorder.summary.work)
    handleMilestones(&recorder, &finished)
    finishChunks(&recorder, &finished)
  }

  /// The gaps between tokens: of all sequences alike, unless some have waited for prefill-only
  /// steps.
  private mutating func recordGaps(_ recorder: inout Recorder) {
    var single: Int64 = 0
    if hasStalledSequences {
      single = 1
      let end = run.end(after: 1)
      for slot in decoding {
        recorder.gap(femtoseconds: end.femtoseconds(since: lastToken(of: Int(slot))))
      }
    }
    guard run.steps > single else { return }
    recorder.gaps(of: run, from: single)
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
        views.growth[Int(view)] -= 1
      case .chunkRestart(let view):
        guard case .chunked(let tokens) = model.visibilities[Int(view)] else { continue }
        views.tokens[Int(view)] -= Int64(tokens)
        var next = milestone
        next.step += Int64(tokens)
        milestones.insert(next)
      }
    }
  }

  private mutating func finishChunks(_ recorder: inout Recorder, _ finished: inout [Request]) {
    guard !chunks.isEmpty else { return }
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
    while !chunks.isEmpty { chunks.removeLast() }
  }

  /// The end of a prefill emits a token: the first, or the next one after a preemption.
  private mutating func emitFirst(
    _ slot: Int32, _ recorder: inout Recorder, _ finished: inout [Request]
  ) {
    let index = Int(slot)
    if !states[index].emitAfterPrefill(at: clock.time) {
      recorder.gap(femtoseconds: clock.femtoseconds(since: states[index].lastToken))
    }
    let context = states[index].prefillTarget
    if states[index].generated == states[index].request.outputTokens {
      releaseBlocks(of: index, context: Int(context))
      states[index].generation &+= 1
      finish(slot, &recorder, &finished)
    } else {
      join(slot, context: context)
    }
  }

  private mutating func finish(
    _ slot: Int32, _ recorder: inout Recorder, _ finished: inout [Request]
  ) {
    let record = states[Int(slot)].record(finish: clock.time)
    recorder.finished(record)
    finished.append(record.request)
    freeSlots.append(slot)
  }
}
