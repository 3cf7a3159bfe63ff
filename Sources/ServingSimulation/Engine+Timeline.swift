internal import BasicContainers
internal import DequeModule
internal import Units

// What a timeline sees of a step.
extension Engine {
  /// A replica's run is about to be completed. Apart from the loop, which mostly goes by it.
  @inline(never)
  mutating func noteStep(_ index: Int) {
    recorder.timeline.replica = Int32(index)
    guard !replicas[index].isIdle, recorder.timeline.steps.wantsNext() else { return }
    recorder.timeline.steps.add(replicas[index].timelineStep(Int32(index)))
  }
}

extension Replica {
  /// The run in progress, before it is completed: what it takes from the cache is not taken yet.
  fileprivate mutating func timelineStep(_ index: Int32) -> Timeline.Step {
    var waiting = 0
    var loads: [Timeline.Load] = []
    var sum = Timeline.Load()
    for rank in 0..<rankCount {
      var load = Timeline.Load()
      load.sequences = run.sequences > 0 ? ranks[rank].decoding.count : 0
      load.prompts = ranks[rank].chunks.count
      for position in ranks[rank].chunks.indices {
        load.promptTokens += Int(ranks[rank].chunks[position].tokens)
      }
      load.usedBlocks = ranks[rank].pool.used
      waiting += ranks[rank].queued + ranks[rank].incoming.count
      sum.sequences += load.sequences
      sum.prompts += load.prompts
      sum.promptTokens += load.promptTokens
      sum.usedBlocks += load.usedBlocks
      if rankCount > 1 { loads.append(load) }
    }
    return Timeline.Step(
      replica: index, start: run.start.time, end: run.end.time, count: run.steps, load: sum,
      waiting: waiting, ranks: loads)
  }
}
