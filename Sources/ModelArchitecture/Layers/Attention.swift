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
  /// Not always that of queries and keys: MiMo-V2 has 192 and 128.
  package var valueDimension: Int
  /// Keys and values are those of an earlier layer, so the layer has neither their matrices nor a
  /// cache of its own (the last layers of Gemma 3n and 4).
  package var readsEarlierCache = false
  /// Keys are values too, so there is one matrix for both (the wide layers of Gemma 4).
  package var keysAreValues = false
  /// A light scorer picks blocks of the context, which attention then reads (MiniMax-M3).
  package var selection: SparseIndexer?
  /// Matrices beside the four, such as a gate of one number a head.
  package var extraProjections: [Projection] = []
  /// Parameters that are no matrices, beside biases, norms and sinks.
  package var extraVectors = 0
  /// Every token sees those after it too, so a text is read as a whole and nothing of it is kept
  /// (BERT).
  package var isBidirectional = false

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
    valueDimension = headDimension
  }

  package var hasQKNorm: Bool { queryKeyNorm != nil }

  /// This attention where it sees only a part of the context; all of it for nil.
  func seeing(_ window: AttentionWindow?) -> Attention {
    var copy = self
    copy.window = window
    return copy
  }

  package var queryWidth: Int { heads * headDimension }
  package var keyWidth: Int { readsEarlierCache ? 0 : keyValueHeads * headDimension }
  package var valueWidth: Int {
    readsEarlierCache || keysAreValues ? 0 : keyValueHeads * valueDimension
  }
  package var outputWidth: Int { heads * valueDimension }
  /// The gate is as wide as what it gates.
  private var gatedQueryWidth: Int { queryWidth + (hasOutputGate ? outputWidth : 0) }

  /// Numbers that the layer keeps of a token.
  package var cachedElements: Int {
    readsEarlierCache || isBidirectional ? 0 : keyValueHeads * (headDimension + valueDimension)
  }

  /// The selection's matrices are listed by `SparseIndexer.projections`.
  package func projections(hiddenSize: Int) -> [Projection] {
    let usual = [
      Projection("query", hiddenSize, gatedQueryWidth),
      Projection("key", hiddenSize, keyWidth),
      Projection("value", hiddenSize, valueWidth),
      Projection("output", outputWidth, hiddenSize, cut: .rows),
    ]
    return usual.filter { $0.outputs > 0 } + extraProjections
  }

  /// Biases, norm weights and sinks: everything that is not a matrix.
  func vectorParameters(hiddenSize: Int) -> Int {
    var count = extraVectors
    if hasQKVBias { count += gatedQueryWidth + keyWidth + valueWidth }
    if hasOutputBias { count += hiddenSize }
    if hasSinks { count += heads }
    switch queryKeyNorm {
    case .perHead: count += (readsEarlierCache ? 1 : 2) * headDimension
    case .perLayer: count += queryWidth + keyWidth
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
package enum QueryKeyNorm: String, CaseIterable, Sendable {
  /// One weight vector as long as a head, shared by the heads (Qwen3, Gemma 3, GLM-4.5).
  case perHead = "head"
  /// One weight vector over all heads together (MiniMax-M2).
  case perLayer = "layer"
  /// Without weights (Llama 4).
  case weightless
}
