internal import Hardware

/// What ranks that share the tokens of a sequence tell each other in an attention layer.
///
///     decode:   all-gather of B v c q' bytes, reduce-scatter of B v c (o + 4 h) bytes
///     prefill:  all-gather of the chunk's earlier tokens, prior · b bytes
///
/// - B, v: sequences, tokens of each      - c: ranks that share, each with h heads of its own
/// - q', o [B]: query and output of one token on one rank      - b [B]: cached bytes of a token
///
/// Tensor ranks that would hold copies of the same keys and values keep a c-th of the tokens each.
/// To decode, every rank needs the queries of all of them, and sums the partial outputs with their
/// log-sum-exp (4 B a head). A prompt chunk gathers what is cached and goes on as without.
/// Source: vLLM, decode context parallelism (`--decode-context-parallel-size`); Yang et al.,
/// "Context parallelism for scalable million-token inference", arXiv:2411.01783.
/// Check: B = 64, c = 8, MLA with 16 heads on a rank, q' = 18,432 B: 9.4 MB gathered in a layer
/// (`ContextSplitTests.workedExample`).
///
/// A class, because it is looked at with every prompt chunk.
final class ContextSplit: Sendable {
  let ranks: Int
  private let gather: AllGather
  private let scatter: AllGather

  init(_ design: ReplicaDesign) {
    let (link, network) = (design.hardware.scaleUp, design.hardware.scaleOut)
    ranks = design.layout.context
    gather = AllGather(ranks: ranks, over: link, across: network)
    scatter = AllGather(.reduceScatter, ranks: ranks, over: link, across: network)
  }

  /// - Parameter tokens: that decode, of all sequences.
  func decodeCosts(of kernel: AttentionKernel, tokens: Double) -> [OperatorCost] {
    guard kernel.contextRanks > 1, kernel.name != .indexer else { return [] }
    let all = tokens * Double(ranks)
    return [
      gather.cost("gather_queries", bytes: all * (kernel.bytesPerQuery - kernel.bytesPerOutput)),
      scatter.cost(
        "scatter_outputs",
        bytes: all * (kernel.bytesPerOutput + 4 * Double(kernel.headsOnRank))),
    ]
  }

  /// - Parameter prior: cached tokens that a chunk attends to.
  func prefillCost(of kernel: AttentionKernel, prior: Int) -> OperatorCost? {
    guard kernel.contextRanks > 1, prior > 0 else { return nil }
    return gather.cost("gather_context", bytes: Double(prior) * kernel.decodeBytesPerContextToken)
  }
}
