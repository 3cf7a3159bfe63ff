/// Sparse attention: a light scorer picks the tokens that attention then reads.
///
/// DeepSeek-V3.2 and GLM-5 pick single tokens with one key a token that all heads of the scorer
/// share. MiniMax-M3 picks whole blocks by their best token, for each key-value head alone, and the
/// token's own block is one of them.
/// Source: DeepSeek-V3.2 report, arXiv:2512.02556; MiniMax Sparse Attention, arXiv:2606.13392, and
/// `MiniMaxM3VLIndexer` in transformers 5.24.
package struct SparseIndexer: Equatable, Sendable {
  package var heads: Int
  package var headDimension: Int
  /// Tokens that attention reads, however long the context is.
  package var topK: Int
  /// Tokens that are picked together.
  package var blockTokens = 1
  /// The layer reads what an earlier layer picked, and has no scorer of its own (GLM-5.2).
  package var readsEarlierChoice = false
  /// Parameters that are no matrices; nil for weight and bias of a layer norm on the key.
  package var vectors: Int?

  package init(heads: Int, headDimension: Int, topK: Int) {
    self.heads = heads
    self.headDimension = headDimension
    self.topK = topK
  }

  /// Each key-value head has a head of the scorer, and a choice, of its own.
  package var picksBlocks: Bool { blockTokens > 1 }

  /// What one of the tensor ranks scores. A choice of tokens must be the same on every rank, which
  /// scores all heads; heads that choose blocks go with the key-value head that they choose for.
  package func onRank(of ranks: Int) -> SparseIndexer {
    guard picksBlocks else { return self }
    var part = self
    part.heads = max(1, heads / ranks)
    return part
  }

  /// Queries come from the compressed query where the layer has one; all heads share one key, and
  /// a weight a head sums their scores. A scorer of blocks keeps its heads apart.
  package func projections(hiddenSize: Int, queryRank: Int?) -> [Projection] {
    if readsEarlierChoice { return [] }
    let queryAndKey = [
      Projection("index_query", queryRank ?? hiddenSize, heads * headDimension, cut: .whole),
      Projection("index_key", hiddenSize, headDimension, cut: .whole),
    ]
    if picksBlocks { return queryAndKey }
    return queryAndKey + [Projection("index_weight", hiddenSize, heads, cut: .whole)]
  }

  var vectorParameters: Int { readsEarlierChoice ? 0 : vectors ?? 2 * headDimension }
}
