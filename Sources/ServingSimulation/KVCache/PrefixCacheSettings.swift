internal import OperatorCosts
internal import Workloads

/// How the replicas of a pool keep what prompts have in common.
package struct PrefixCacheSettings: Equatable, Sendable {
  /// Tokens of the blocks in which prompts are compared; a trace with ids has its own.
  package var hashTokens: Int
  /// Blocks that a rank's part of the host's memory keeps; 0 for none.
  package var hostBlocks: Int
  /// Time to bring one block of the host's back to the device [s].
  package var loadSecondsPerBlock: Double
  /// Whether blocks are shared from when the step is planned that fills them, and not from its end:
  /// prompts of one step that begin alike are computed once.
  package var sharesPlanned: Bool

  package init(
    hashTokens: Int = 512, hostBlocks: Int = 0, loadSecondsPerBlock: Double = 0,
    sharesPlanned: Bool = false
  ) {
    self.hashTokens = hashTokens
    self.hostBlocks = hostBlocks
    self.loadSecondsPerBlock = loadSecondsPerBlock
    self.sharesPlanned = sharesPlanned
  }
}

extension PoolConfiguration {
  /// Hash blocks that fit into a replica's cache.
  var cachedHashBlocks: Int {
    guard let prefixCache else { return 0 }
    let sizes = PrefixBlockSizes(
      hashTokens: prefixCache.hashTokens, engineTokens: capacity.blockTokens)
    return capacity.totalBlocks * model.attentionRanks / sizes.engineBlocks
  }
}

extension SimulationConfiguration {
  /// Which texts prompts begin with; nil when nobody asks.
  ///
  /// - Parameter source: of the requests.
  func prefixes(_ source: RequestSource) -> PrefixSource? {
    guard let settings = pools.compactMap(\.prefixCache).first else { return nil }
    return PrefixSource(
      workload, seed: seed, blockTokens: settings.hashTokens, open: source.openTexts,
      calls: source.callTexts)
  }
}
