/// Multi-head latent attention (MLA): keys and values are rebuilt from one small vector a token.
///
/// The cache holds that vector and one rotary key, whatever the count of heads, so it cannot be
/// divided among tensor-parallel ranks. Source: DeepSeek-V2 report, arXiv:2405.04434, section 2.1.
package struct LatentAttention: Equatable, Sendable {
  package var heads: Int
  /// Nil when the query is projected in one matrix (DeepSeek-V2-Lite).
  package var queryRank: Int?
  package var keyValueRank: Int
  /// Width of the part of a query and key that carries the position.
  package var ropeDimension: Int
  /// Width of the part of a query and key, in each head, that does not.
  package var nopeDimension: Int
  package var valueDimension: Int
  package var indexer: SparseIndexer?

  package init(
    heads: Int, queryRank: Int?, keyValueRank: Int, ropeDimension: Int, nopeDimension: Int,
    valueDimension: Int, indexer: SparseIndexer? = nil
  ) {
    self.heads = heads
    self.queryRank = queryRank
    self.keyValueRank = keyValueRank
    self.ropeDimension = ropeDimension
    self.nopeDimension = nopeDimension
    self.valueDimension = valueDimension
    self.indexer = indexer
  }

  /// The indexer's matrices are listed by `SparseIndexer.projections`.
  package func projections(hiddenSize: Int) -> [Projection] {
    let queryWidth = heads * (nopeDimension + ropeDimension)
    let query =
      queryRank.map { rank in
        [Projection("query_down", hiddenSize, rank), Projection("query_up", rank, queryWidth)]
      } ?? [Projection("query", hiddenSize, queryWidth)]
    return query + [
      Projection("key_value_down", hiddenSize, keyValueRank + ropeDimension),
      Projection("key_value_up", keyValueRank, heads * (nopeDimension + valueDimension)),
      Projection("output", heads * valueDimension, hiddenSize),
    ]
  }

  /// The norms on the two compressed vectors.
  var vectorParameters: Int { (queryRank ?? 0) + keyValueRank }
}

/// DeepSeek sparse attention: a light scorer picks the tokens that attention then reads.
///
/// Source: DeepSeek-V3.2 report, arXiv:2512.02556.
package struct SparseIndexer: Equatable, Sendable {
  package var heads: Int
  package var headDimension: Int
  /// Tokens that attention reads, however long the context is.
  package var topK: Int

  package init(heads: Int, headDimension: Int, topK: Int) {
    self.heads = heads
    self.headDimension = headDimension
    self.topK = topK
  }

  /// Queries come from the compressed query where the layer has one; all heads share one key.
  package func projections(hiddenSize: Int, queryRank: Int?) -> [Projection] {
    [
      Projection("index_query", queryRank ?? hiddenSize, heads * headDimension),
      Projection("index_key", hiddenSize, headDimension),
      Projection("index_weight", hiddenSize, heads),
    ]
  }

  /// Weight and bias of the layer norm on the key.
  var vectorParameters: Int { 2 * headDimension }
}
