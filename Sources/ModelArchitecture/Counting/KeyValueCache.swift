/// What a layer's attention keeps of every token it has seen.
///
///     MHA, GQA:  elements = g * (a + v)        MLA:  elements = c + r
///
/// - g: key-value heads, a and v: dimension of keys and of values
/// - c: key-value rank, r: rotary dimension
///
/// Source: DeepSeek-V2 report, arXiv:2405.04434, table 1.
/// Check: DeepSeek-V3 -> 512 + 64 = 576 a layer; times 61 layers and 2 B = 70,272 B a token
/// (`KeyValueCacheTests.latentAttention`).
package struct KeyValueCache: Equatable, Sendable {
  /// Numbers a token a layer, without the indexer's key.
  package var elementsPerToken: Double
  /// Bytes of the sparse indexer's key a token a layer, whatever the rest is in.
  package var indexBytesPerToken: Double
  /// The part of the context that is kept; nil when the cache grows with all of it.
  package var window: AttentionWindow?

  /// Tokens kept of a context of `context` tokens.
  ///
  /// A chunked window is taken as full, which is its largest; it empties at every chunk boundary.
  package func tokensKept(ofContext context: Int) -> Int {
    window.map { min(context, $0.tokens) } ?? context
  }
}

extension SparseIndexer {
  /// FP8 key and one 4-byte scale for 128 of its numbers, as DeepSeek-V3.2 and vLLM 0.11 cache it;
  /// 16 bits where blocks are picked, as vLLM 0.21 caches MiniMax-M3's (`MiniMaxM3IndexerCache`).
  ///
  /// Check: head dimension 128 -> 128 + 4 = 132 B, and 256 B for blocks
  /// (`KeyValueCacheTests.indexKeys`, `NewOperatorTests.blockSelectionOnRanks`).
  /// Nothing where the layer reads an earlier one's choice.
  package var keyBytesPerToken: Double {
    if readsEarlierChoice { return 0 }
    if picksBlocks { return Double(2 * headDimension) }
    return Double(headDimension + (headDimension + 127) / 128 * 4)
  }
}

extension LayerGroup {
  /// What the layers keep of tokens; empty for recurrent layers, lone feed-forwards, and layers
  /// that read an earlier one's cache.
  package var caches: [KeyValueCache] {
    switch mixer {
    case .attention(let attention):
      guard attention.cachedElements > 0 else { return [] }
      return [
        KeyValueCache(
          elementsPerToken: Double(attention.cachedElements),
          indexBytesPerToken: attention.selection?.keyBytesPerToken ?? 0, window: attention.window)
      ]
    case .latentAttention(let attention):
      return [
        KeyValueCache(
          elementsPerToken: Double(attention.keyValueRank + attention.ropeDimension),
          indexBytesPerToken: attention.indexer?.keyBytesPerToken ?? 0, window: attention.window)
      ]
    case .compressedAttention(let attention): return attention.caches
    case .recurrent, .none: return []
    }
  }
}

extension CompressedAttention {
  /// The window as it is, and of all tokens one entry in `ratio`.
  ///
  /// Check: d = 512, x = 128: 128 elements and 33 B a token with m = 4, 4 elements with m = 128
  /// (`CompressedAttentionTests.cache`).
  fileprivate var caches: [KeyValueCache] {
    let last = KeyValueCache(
      elementsPerToken: Double(headDimension), indexBytesPerToken: 0,
      window: .sliding(tokens: window))
    guard let ratio else { return [last] }
    let entry = KeyValueCache(
      elementsPerToken: Double(headDimension) / Double(ratio),
      indexBytesPerToken: (indexer?.keyBytesPerToken ?? 0) / Double(ratio), window: nil)
    return [last, entry]
  }
}

extension Architecture {
  /// Layers that keep something a token.
  package var keyValueLayers: Int {
    groups.reduce(0) { $0 + ($1.caches.isEmpty ? 0 : $1.count) }
  }

  /// Bytes the next token adds while the context is shorter than every window, without index keys.
  ///
  ///     bytes = sum over groups of count * elements * bytes per element
  package func keyValueBytesPerToken(bytesPerElement: Double) -> Double {
    sumOverCaches { $0.elementsPerToken * bytesPerElement }
  }

  /// Bytes the next token adds once the context is longer than every window, without index keys.
  package func growingKeyValueBytesPerToken(bytesPerElement: Double) -> Double {
    sumOverCaches { $0.window == nil ? $0.elementsPerToken * bytesPerElement : 0 }
  }

  /// Bytes the sparse indexer's keys add a token, in all layers.
  package var indexBytesPerToken: Double { sumOverCaches { $0.indexBytesPerToken } }

  /// Bytes one sequence holds, windows and index keys included; add `stateBytesPerSequence`.
  ///
  ///     bytes = sum over groups of count * min(context, window) * (elements * b + index bytes)
  ///
  /// - b: bytes per element
  ///
  /// Check: gpt-oss-20b, 1,000 tokens, b = 2 -> 12 * 2,048 * (1,000 + 128) = 27,721,728 B
  /// (`KeyValueCacheTests.slidingWindow`).
  package func keyValueBytes(context: Int, bytesPerElement: Double) -> Double {
    sumOverCaches { cache in
      Double(cache.tokensKept(ofContext: context))
        * (cache.elementsPerToken * bytesPerElement + cache.indexBytesPerToken)
    }
  }

  /// Bytes of recurrent and convolution state one sequence holds, whatever its length, and of the
  /// tokens whose compressed entry is not closed.
  package var stateBytesPerSequence: Int {
    groups.reduce(0) { $0 + $1.count * $1.mixer.stateBytesPerSequence }
  }

  private func sumOverCaches(_ value: (KeyValueCache) -> Double) -> Double {
    groups.reduce(0) { sum, group in
      sum + Double(group.count) * group.caches.reduce(0) { $0 + value($1) }
    }
  }
}

extension TokenMixer {
  package var stateBytesPerSequence: Int {
    switch self {
    case .recurrent(let mixer): mixer.layer.stateBytesPerSequence
    case .compressedAttention(let attention): 2 * attention.openElements
    case .attention, .latentAttention, .none: 0
    }
  }
}
