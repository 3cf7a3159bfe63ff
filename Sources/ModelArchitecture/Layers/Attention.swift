/// Softmax attention with its own keys and values: MHA, GQA or MQA by the count of key-value heads.
package struct Attention: Equatable, Sendable {
  package var heads: Int
  /// Equal to `heads` for multi-head attention, 1 for multi-query attention.
  package var keyValueHeads: Int
  /// Not always hidden size over heads: Qwen3 and gpt-oss state it.
  package var headDimension: Int
  /// Nil when every token sees the whole context.
  package var window: AttentionWindow?
  package var hasQKVBias: Bool
  package var hasOutputBias: Bool
  package var queryKeyNorm: QueryKeyNorm?
  /// A sigmoid gate on the output, projected together with the query (Qwen3-Next, Qwen3.5).
  package var hasOutputGate: Bool
  /// One learned logit a head that takes part in the softmax (gpt-oss).
  package var hasSinks: Bool

  package init(
    heads: Int, keyValueHeads: Int, headDimension: Int, window: AttentionWindow? = nil,
    hasQKVBias: Bool = false, hasOutputBias: Bool = false, queryKeyNorm: QueryKeyNorm? = nil,
    hasOutputGate: Bool = false, hasSinks: Bool = false
  ) {
    self.heads = heads
    self.keyValueHeads = keyValueHeads
    self.headDimension = headDimension
    self.window = window
    self.hasQKVBias = hasQKVBias
    self.hasOutputBias = hasOutputBias
    self.queryKeyNorm = queryKeyNorm
    self.hasOutputGate = hasOutputGate
    self.hasSinks = hasSinks
  }

  package var hasQKNorm: Bool { queryKeyNorm != nil }

  /// The same attention that sees only a part of the context.
  func seeing(_ window: AttentionWindow?) -> Attention {
    var copy = self
    copy.window = window
    return copy
  }

  var queryWidth: Int { heads * headDimension }
  var keyValueWidth: Int { keyValueHeads * headDimension }

  package func projections(hiddenSize: Int) -> [Projection] {
    [
      Projection("query", hiddenSize, hasOutputGate ? 2 * queryWidth : queryWidth),
      Projection("key", hiddenSize, keyValueWidth),
      Projection("value", hiddenSize, keyValueWidth),
      Projection("output", queryWidth, hiddenSize),
    ]
  }

  /// Biases, norm weights and sinks: everything that is not a matrix.
  func vectorParameters(hiddenSize: Int) -> Int {
    var count = 0
    if hasQKVBias { count += queryWidth + 2 * keyValueWidth }
    if hasOutputBias { count += hiddenSize }
    if hasSinks { count += heads }
    switch queryKeyNorm {
    case .perHead: count += 2 * headDimension
    case .perLayer: count += queryWidth + keyValueWidth
    case .weightless, nil: break
    }
    return count
  }
}

/// The part of the context a token sees when it does not see all of it.
package enum AttentionWindow: Equatable, Sendable {
  /// The last `tokens` tokens.
  case sliding(tokens: Int)
  /// The tokens since the last multiple of `tokens`.
  case chunked(tokens: Int)

  package var tokens: Int {
    switch self {
    case .sliding(let tokens), .chunked(let tokens): tokens
    }
  }
}

/// Normalisation of queries and keys before their product.
package enum QueryKeyNorm: Equatable, Sendable {
  /// One weight vector as long as a head, shared by the heads (Qwen3, Gemma 3, GLM-4.5).
  case perHead
  /// One weight vector over all heads together (MiniMax-M2).
  case perLayer
  /// Without weights (Llama 4).
  case weightless
}
