internal import OperatorCosts
internal import Workloads

/// What a request must keep within to be served by a pool at all.
///
/// Its whole context must find room in an empty cache, because a sequence that stands alone gets
/// no more by being preempted, and prompt and answer together must keep within the engine's longest
/// context.
struct ContextLimit {
  /// The blocks of one attention rank, with nothing in them.
  private let pool: BlockPool
  private let capacity: CacheCapacity
  private let maximumContext: Int
  /// A replica that hands its requests over never holds their answers.
  private let holdsAnswers: Bool
  /// Tokens that the last step of an answer may cache beyond the final context, because with
  /// speculation a step emits several, and a block is written to its end.
  private let tokensBeyond: Int
  /// The fewest tokens of an answer of which any is cached.
  private let leastCached: Int

  init(_ configuration: PoolConfiguration) {
    let (capacity, model) = (configuration.capacity, configuration.model)
    self.capacity = capacity
    pool = BlockPool(total: capacity.totalBlocks, blockTokens: capacity.blockTokens)
    maximumContext = configuration.limits.maximumContext ?? .max
    holdsAnswers = configuration.role != .prefill
    leastCached = model.writesBlocks ? 1 : 2
    tokensBeyond =
      model.writesBlocks
      ? model.contextUnitsPerStep
      : holdsAnswers && model.contextUnitsPerToken > 1
        ? (model.contextUnitsPerStep + model.contextUnitsPerToken - 2) / model.contextUnitsPerToken
        : 0
  }

  /// Whether a request that can never fit is longer than the engine takes, whatever the cache
  /// holds.
  func isTooLong(_ request: Request) -> Bool { request.finalContext >= maximumContext }

  /// Blocks of a request that do not grow; nil when it can never fit.
  @inline(__always)
  func fixedBlocks(for request: Request) -> Int? {
    let context = holdsAnswers ? request.finalContext : Int(request.inputTokens)
    let most = Int(request.outputTokens) >= leastCached ? context + tokensBeyond : context
    let fixed = capacity.fixedBlocks(finalContext: context)
    guard pool.blocks(forContext: most) + fixed <= pool.total,
      request.finalContext < maximumContext
    else { return nil }
    return fixed
  }
}
