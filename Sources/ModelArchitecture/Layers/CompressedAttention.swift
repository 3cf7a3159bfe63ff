/// Attention of DeepSeek-V4: the last tokens as they are, all earlier ones in compressed entries.
///
/// One key-value head serves all heads, and its keys are its values. Besides the `window` last
/// tokens every query sees one entry for each `ratio` tokens: all of them where the ratio is large
/// (HCA), or the best `indexer.topK` where it is small (CSA). An entry is a gated sum of its tokens
/// alone in HCA, and of those before too in CSA. The output is projected in groups of heads first.
/// Source: `DeepseekV4Attention`, `DeepseekV4CSACompressor` and `DeepseekV4HCACompressor` in
/// transformers 5.24.
package struct CompressedAttention: Equatable, Sendable {
  package var heads: Int
  package var headDimension: Int
  package var queryRank: Int
  package var outputGroups: Int
  package var outputRank: Int
  /// Tokens seen as they are.
  package var window: Int
  /// Tokens of one entry; nil where the layer sees its window alone.
  package var ratio: Int?
  /// Picks entries, by keys that are compressed as the entries are; nil when all are seen.
  package var indexer: SparseIndexer?

  package init(
    heads: Int, headDimension: Int, queryRank: Int, outputGroups: Int, outputRank: Int,
    window: Int, ratio: Int?, indexer: SparseIndexer?
  ) {
    self.heads = heads
    self.headDimension = headDimension
    self.queryRank = queryRank
    self.outputGroups = outputGroups
    self.outputRank = outputRank
    self.window = window
    self.ratio = ratio
    self.indexer = indexer
  }

  /// A layer that picks its entries makes each of two runs of tokens, with weights of their own.
  private var series: Int { indexer == nil ? 1 : 2 }

  package func projections(hiddenSize: Int) -> [Projection] {
    let width = heads * headDimension
    var list = [
      Projection("query_down", hiddenSize, queryRank, cut: .whole),
      Projection("query_up", queryRank, width),
      Projection("key_value", hiddenSize, headDimension, cut: .whole),
      // Each group of heads has a matrix of its own, so this is a block diagonal.
      Projection("output_down", width / outputGroups, outputGroups * outputRank),
      Projection("output", outputGroups * outputRank, hiddenSize, cut: .rows),
    ]
    if ratio != nil {
      list.append(
        Projection("compressor", hiddenSize, 2 * series * headDimension, cut: .whole))
    }
    if let indexer {
      list += [
        Projection(
          "index_compressor", hiddenSize, 2 * series * indexer.headDimension, cut: .whole),
        Projection("index_query", queryRank, indexer.heads * indexer.headDimension, cut: .whole),
        Projection("index_weight", hiddenSize, indexer.heads, cut: .whole),
      ]
    }
    return list
  }

  /// Sinks, the norms on compressed vectors, and a bias for each place in an entry.
  var vectorParameters: Int {
    var count = heads + queryRank + headDimension
    guard let ratio else { return count }
    count += headDimension * (1 + series * ratio)
    if let indexer { count += indexer.headDimension * (1 + series * ratio) }
    return count
  }

  /// What a sequence holds of tokens whose entry is not closed, and of the run before, 16-bit:
  ///
  ///     elements = 2 * m * s * (d + x) + 2 * m * (s - 1) * (d + x)
  ///
  /// - m: tokens of an entry, s: runs of tokens, d and x: width of a key and of an index key
  /// - 2: a token's numbers and its gate
  ///
  /// Check: m = 128, s = 1, d = 512 -> 131,072; m = 4, s = 2, d = 512, x = 128 -> 15,360
  /// (`CompressedAttentionTests.openEntries`).
  package var openElements: Int {
    guard let ratio else { return 0 }
    let width = headDimension + (indexer?.headDimension ?? 0)
    return 2 * ratio * (2 * series - 1) * width
  }
}
