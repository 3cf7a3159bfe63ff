package import OperatorCosts

/// The cache blocks of one replica, counted as paged engines count them.
///
/// A sequence holds one block for every `blockTokens` of its context, begun blocks included, and a
/// fixed number for what does not grow (windows, recurrent states). Which block is which does not
/// matter to any cost, so only counts are kept.
package struct BlockPool: Equatable, Sendable {
  package let total: Int
  package let blockTokens: Int
  package private(set) var used = 0
  /// Blocks promised to admitted requests for answers not yet written.
  package private(set) var reserved = 0

  package init(total: Int, blockTokens: Int) {
    self.total = total
    self.blockTokens = blockTokens
  }

  package var free: Int { total - used }

  /// Blocks of a context, without the fixed ones.
  @inline(__always)
  package func blocks(forContext tokens: Int) -> Int { (tokens + blockTokens - 1) / blockTokens }

  /// - Precondition: there are as many free.
  @inline(__always)
  package mutating func take(_ count: Int) {
    used += count
    precondition(used <= total, "law L4 (KV blocks conserved) broken: \(used) of \(total) in use")
  }

  @inline(__always)
  package mutating func release(_ count: Int) {
    used -= count
    precondition(used >= 0, "law L4 (KV blocks conserved) broken: \(used) in use")
  }

  @inline(__always)
  package mutating func reserve(_ count: Int) { reserved += count }
}

/// What the cache of a replica can hold.
package struct CacheCapacity: Equatable, Sendable {
  package var totalBlocks: Int
  package var blockTokens: Int
  private var plan: MemoryPlan?

  package init(_ plan: MemoryPlan) {
    totalBlocks = plan.blocks
    blockTokens = plan.blockTokens
    // Without windows and states every sequence takes zero fixed blocks; skip the arithmetic.
    self.plan = plan.windows.isEmpty && plan.stateBytesPerSequence == 0 ? nil : plan
  }

  package init(totalBlocks: Int, blockTokens: Int) {
    self.totalBlocks = totalBlocks
    self.blockTokens = blockTokens
    plan = nil
  }

  @inline(__always)
  package func fixedBlocks(finalContext: Int) -> Int {
    plan?.fixedBlocks(finalContext: finalContext) ?? 0
  }
}
