internal import HeapModule
internal import OperatorCosts
internal import Workloads

// What a sequence does to the aggregates when it begins and ends to decode. Between the two it is
// never visited: its context, blocks and tokens follow from the count of decode steps.
extension Replica {
  mutating func join(_ slot: Int32, context: Int32) {
    let index = Int(slot)
    states[index].beginDecoding(
      atStep: decodeSteps, context: context, decodingIndex: decoding.count, clock: clock)
    decoding.append(slot)
    demand.add(cachedTokens: Int(context))
    let next = Int(context) + 1
    views.tokens[0] += Int64(next)
    views.growth[0] += 1
    // Before the finish: at the same step a view must be settled before its sequence leaves it.
    for view in 1..<model.visibilities.count { joinView(view, slot, context: next) }
    let generated = states[index].generated
    let thinking = states[index].request.thinkingTokens
    if thinking >= generated, thinking > 0 {
      set(.answer, slot, at: decodeSteps + Int64(thinking + 1 - generated))
    }
    let remaining = Int64(states[index].request.outputTokens - generated)
    set(.finish, slot, at: decodeSteps + remaining)
  }

  private mutating func joinView(_ view: Int, _ slot: Int32, context: Int) {
    let visibility = model.visibilities[view]
    views.tokens[view] += Int64(visibility.visible(at: context))
    switch visibility {
    case .full: views.growth[view] += 1
    case .sliding(let tokens):
      guard context < tokens else { return }
      views.growth[view] += 1
      set(.windowFull(view: Int8(view)), slot, at: decodeSteps + Int64(tokens - context))
    case .chunked(let tokens):
      views.growth[view] += 1
      let left = tokens - visibility.visible(at: context)
      set(.chunkRestart(view: Int8(view)), slot, at: decodeSteps + Int64(left + 1))
    }
  }

  /// Takes a sequence out of the batch; its blocks are released, its tokens so far noted.
  mutating func leave(_ slot: Int32) {
    let index = Int(slot)
    let context = Int(cachedTokens(of: index))
    releaseBlocks(of: index, context: context)
    demand.remove(cachedTokens: context)
    views.tokens[0] -= Int64(context + 1)
    views.growth[0] -= 1
    for view in 1..<model.visibilities.count {
      let visibility = model.visibilities[view]
      views.tokens[view] -= Int64(visibility.visible(at: context + 1))
      if case .sliding(let tokens) = visibility, context + 1 >= tokens { continue }
      views.growth[view] -= 1
    }
    let position = states[index].decodingIndex
    let last = decoding.removeLast()
    if last != slot {
      decoding[Int(position)] = last
      states[Int(last)].decodingIndex = position
    }
    states[index].endDecoding(atStep: decodeSteps)
  }

  @inline(__always)
  func cachedTokens(of index: Int) -> Int64 {
    Int64(states[index].joinContext) + decodeSteps - states[index].joinStep
  }

  /// When a decoding sequence emitted its last token: with the batch, unless it joined since.
  @inline(__always)
  func lastToken(of index: Int) -> FineClock {
    states[index].joinStep == decodeSteps ? states[index].lastToken : lastDecodeEnd
  }

  private mutating func set(_ kind: Milestone.Kind, _ slot: Int32, at step: Int64) {
    milestones.insert(
      Milestone(
        step: step, order: milestoneOrder, slot: slot,
        generation: states[Int(slot)].generation, kind: kind))
    milestoneOrder += 1
  }

  // MARK: Blocks

  /// Gives back what a request holds with a number of cached tokens, and what was set aside for it.
  mutating func releaseBlocks(of index: Int, context: Int) {
    pool.release(pool.blocks(forContext: context) + Int(states[index].fixedBlocks))
    pool.reserve(-Int(states[index].reservedBlocks))
  }

  // MARK: Milestones

  /// Takes the next milestone that is due, dropping those of sequences that have left.
  mutating func popDueMilestone() -> Milestone? {
    while let next = milestones.min, next.step <= decodeSteps {
      let milestone = milestones.removeMin()
      if states[Int(milestone.slot)].generation == milestone.generation { return milestone }
    }
    return nil
  }

  /// Decode steps until the next milestone of a sequence that is still here.
  mutating func stepsToMilestone() -> Int64 {
    while let next = milestones.min {
      if states[Int(next.slot)].generation == next.generation { return next.step - decodeSteps }
      milestones.removeMin()
    }
    return .max
  }
}
