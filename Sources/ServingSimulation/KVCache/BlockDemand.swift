/// How many cache blocks decoding sequences will take at each step ahead, without visiting them.
///
/// A sequence takes a block at the step for which its cached tokens fill their blocks exactly, and
/// then again every `blockTokens` steps. So it is enough to count sequences by the steps left to
/// their next block, in a ring whose start moves on as steps pass.
struct BlockDemand: Sendable {
  private var ring: [Int32]
  /// Where the sequences stand that take a block at the next step.
  private var start = 0
  private var sequences = 0
  /// False when one block holds any context: no step ever takes another.
  private let isActive: Bool

  init(blockTokens: Int) {
    isActive = blockTokens <= 1 << 16
    ring = [Int32](repeating: 0, count: isActive ? blockTokens : 1)
  }

  mutating func add(cachedTokens: Int) {
    guard isActive else { return }
    ring[position(cachedTokens)] += 1
    sequences += 1
  }

  mutating func remove(cachedTokens: Int) {
    guard isActive else { return }
    ring[position(cachedTokens)] -= 1
    sequences -= 1
  }

  mutating func advance(steps: Int64) {
    guard isActive else { return }
    start = Int((Int64(start) + steps) % Int64(ring.count))
  }

  /// Blocks that the next step takes.
  var next: Int { isActive ? Int(ring[start]) : 0 }

  /// Blocks that the next `steps` steps take.
  mutating func blocks(inSteps steps: Int64) -> Int {
    guard isActive else { return 0 }
    let (rounds, rest) = steps.quotientAndRemainder(dividingBy: Int64(ring.count))
    var sum = Int(rounds) * sequences
    let end = start + Int(rest)
    for index in start..<min(end, ring.count) { sum += Int(ring[index]) }
    if end > ring.count { for index in 0..<(end - ring.count) { sum += Int(ring[index]) } }
    return sum
  }

  /// How many steps a number of free blocks lasts, up to a limit.
  mutating func steps(within free: Int, limit: Int64) -> Int64 {
    guard isActive, sequences > 0 else { return limit }
    let size = Int64(ring.count)
    if Int(min(limit, 1 << 40) / size + 1) * sequences <= free { return limit }
    var steps = Int64(free / sequences) * size
    var left = free % sequences
    var index = start
    while steps < limit {
      left -= Int(ring[index])
      if left < 0 { break }
      steps += 1
      index = index + 1 == ring.count ? 0 : index + 1
    }
    return min(steps, limit)
  }

  private func position(_ cachedTokens: Int) -> Int {
    let filled = cachedTokens % ring.count
    let ahead = start + (filled == 0 ? 0 : ring.count - filled)
    return ahead >= ring.count ? ahead - ring.count : ahead
  }
}
