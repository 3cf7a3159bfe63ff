/// Multi-head latent attention (MLA): keys and values are rebuilt from one small vector a token.
///
/// The cache holds that vector and one rotary key, whatever the count of heads, so it cannot be
/// divided among tensor-parallel ranks. Source: DeepSeek-V2 report, arXiv:2405.04434, section 2.1.
package struct LatentAttention: Equatable, Sendable {
  package var heads: Int
  /// Width of the query's latent vector; nil when the query is projected in one matrix
  /// (DeepSeek-V2-Lite).
  package var queryRank: Int?
  package var keyValueRank: Int
  /// Width of the part of a query and key that carries the position.
  package var ropeDimension: Int
  /// Width of the part of a query and key, in each head, that does not.
  package var nopeDimension: Int
  package var valueDimension: Int
  package var indexer: SparseIndexer?
  /// The part of the context that a token sees; nil when every token sees all of it.
  package var window: AttentionWindow?
  /// Matrices beside the usual ones, such as a gate on the output.
  package var extraProjections: [Projection] = []
  /// Parameters that are no matrices, beside the two norms.
  package var extraVectors = 0

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
        [
          Projection("query_down", hiddenSize, rank, cut: .whole),
          Projection("query_up", rank, queryWidth),
        ]
      } ?? [Projection("query", hiddenSize, queryWidth)]
    return query + [
      Projection("key_value_down", hiddenSize, keyValueRank + ropeDimension, cut: .whole),
      Projection("key_value_up", keyValueRank, heads * (nopeDimension + valueDimension)),
      Projection("output", heads * valueDimension, hiddenSize, cut: .rows),
    ] + extraProjections
  }

  /// The norms on the two compressed vectors, and what else is no matrix.
  var vectorParameters: Int { (queryRank ?? 0) + keyValueRank + extraVectors }
}
