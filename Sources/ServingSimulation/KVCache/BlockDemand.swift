internal import BasicContainers

/// How many cache blocks decoding sequences will take at each step ahead, without visiting them.
///
/// A sequence takes a block at the step for which its cached tokens fill their blocks exactly, and
/// then again every `blockTokens` tokens. So it is enough to count sequences by the tokens left to
/// their next block, in a ring whose start moves on as steps pass. With speculation a step emits a
/// broken number of tokens; then the ring counts parts of a token.
struct BlockDemand: ~Copyable {
  private(set) var ring: UniqueArray<Int32>
  /// Where the sequences stand that take a block with the next token.
  private(set) var start = 0
  private(set) var sequences = 0
  /// Positions that the start moves in a step.
  let stride: Int
  /// False when one block holds any context: no step ever takes another.
  let isActive: Bool

  init(blockTokens: Int, unitsPerToken: Int = 1, unitsPerStep: Int = 1) {
    isActive = blockTokens <= 1 << 16
    stride = unitsPerStep
    ring = UniqueArray(repeating: 0, count: isActive ? blockTokens * unitsPerToken : 1)
  }

  mutating func clear() {
    for index in ring.indices { ring[index] = 0 }
    start = 0
    sequences = 0
  }

  @inline(__always)
  mutating func add(cachedUnits: Int64) {
    guard isActive else { return }
    ring[position(cachedUnits)] += 1
    sequences += 1
  }

  @inline(__always)
  mutating func remove(cachedUnits: Int64) {
    guard isActive else { return }
    ring[position(cachedUnits)] -= 1
    sequences -= 1
  }

  /// Steps pass.
  ///
  /// - Returns: the blocks that they take.
  @inline(__always)
  @discardableResult
  mutating func advance(steps: Int64) -> Int {
    guard isActive else { return 0 }
    let end = Int64(start) + steps * Int64(stride)
    guard end >= Int64(ring.count) else {
      // Mostly: few steps, and nothing to divide.
      var blocks = 0
      for position in start..<Int(end) { blocks += Int(ring[position]) }
      start = Int(end)
      return blocks
    }
    let blocks = blocks(inSteps: steps)
    start = Int(end % Int64(ring.count))
    return blocks
  }

  /// Blocks that the next step takes.
  var next: Int {
    mutating get {
      guard isActive else { return 0 }
      return stride == 1 ? Int(ring[start]) : blocks(inSteps: 1)
    }
  }

  /// Blocks that the next `steps` steps take.
  @inline(__always)
  mutating func blocks(inSteps steps: Int64) -> Int {
    guard isActive else { return 0 }
    let (rounds, rest) = (steps * Int64(stride)).quotientAndRemainder(
      dividingBy: Int64(ring.count))
    return Int(rounds) * sequences + count(from: start, positions: Int(rest))
  }

  /// How many steps a number of free blocks lasts, up to a limit.
  mutating func steps(within free: Int, limit: Int64) -> Int64 {
    guard isActive, sequences > 0 else { return limit }
    let positions = Int64(ring.count)
    let most = min(limit, 1 << 40)
    if Int(most * Int64(stride) / positions + 1) * sequences <= free { return limit }
    // Whole rounds first, then step by step.
    var steps = Int64(free / sequences) * positions / Int64(stride)
    var left = free - blocks(inSteps: steps)
    var index = Int((Int64(start) + steps * Int64(stride)) % positions)
    while steps < limit {
      left -= stride == 1 ? Int(ring[index]) : blocks(inStepFrom: index)
      if left < 0 { break }
      steps += 1
      index += stride
      if index >= ring.count { index %= ring.count }
    }
    return min(steps, limit)
  }

  private func blocks(inStepFrom index: Int) -> Int {
    let (rounds, rest) = stride.quotientAndRemainder(dividingBy: ring.count)
    return rounds * sequences + count(from: index, positions: rest)
  }

  /// Sequences at a number of positions, fewer than the ring has.
  @inline(__always)
  private func count(from index: Int, positions: Int) -> Int {
    var sum = 0
    let end = index + positions
    for position in index..<min(end, ring.count) { sum += Int(ring[position]) }
    if end > ring.count { for position in 0..<(end - ring.count) { sum += Int(ring[position]) } }
    return sum
  }

  @inline(__always)
  private func position(_ cachedUnits: Int64) -> Int {
    let filled = Int(cachedUnits % Int64(ring.count))
    let ahead = start + (filled == 0 ? 0 : ring.count - filled)
    return ahead >= ring.count ? ahead - ring.count : ahead
  }
}
