/// What a layer's attention keeps of every token it has seen.
///
///     MHA, GQA:  elements = 2 * g * a        MLA:  elements = c + r
///
/// - g: key-value heads, a: head dimension, c: key-value rank, r: rotary dimension
///
/// Source: DeepSeek-V2 report, arXiv:2405.04434, table 1.
/// Check: DeepSeek-V3 -> 512 + 64 = 576 a layer; times 61 layers and 2 B = 70,272 B a token
/// (`KeyValueCacheTests.latentAttention`).
package struct KeyValueCache: Equatable, Sendable {
  /// Numbers a token a layer, without the indexer's key.
  package var elementsPerToken: Int
  /// Bytes of the sparse indexer's key a token a layer: it is FP8 whatever the rest is.
  package var indexBytesPerToken: Int
  /// Nil when the cache grows with the whole context.
  package var window: AttentionWindow?

  /// Tokens kept of a context of `context` tokens.
  ///
  /// A chunked window is taken as full, which is its largest; it empties at every chunk boundary.
  package func tokensKept(ofContext context: Int) -> Int {
    window.map { min(context, $0.tokens) } ?? context
  }
}

extension SparseIndexer {
  /// FP8 key and one 4-byte scale for 128 of its numbers, as DeepSeek-V3.2 and vLLM 0.11 cache it.
  ///
  /// Check: head dimension 128 -> 128 + 4 = 132 B (`KeyValueCacheTests.indexKeys`).
  package var keyBytesPerToken: Int { headDimension + (headDimension + 127) / 128 * 4 }
}

extension LayerGroup {
  /// Nil for layers that keep nothing a token: recurrent layers and lone feed-forwards.
  package var keyValueCache: KeyValueCache? {
    switch mixer {
    case .attention(let attention):
      KeyValueCache(
        elementsPerToken: 2 * attention.keyValueWidth, indexBytesPerToken: 0,
        window: attention.window)
    case .latentAttention(let attention):
      KeyValueCache(
        elementsPerToken: attention.keyValueRank + attention.ropeDimension,
        indexBytesPerToken: attention.indexer?.keyBytesPerToken ?? 0, window: nil)
    case .recurrent, .none:
      nil
    }
  }
}

extension Architecture {
  /// Layers that keep something a token.
  package var keyValueLayers: Int {
    groups.reduce(0) { $0 + ($1.keyValueCache == nil ? 0 : $1.count) }
  }

  /// Bytes the next token adds while the context is shorter than every window, without index keys.
  ///
  ///     bytes = sum over groups of count * elements * bytes per element
  package func keyValueBytesPerToken(bytesPerElement: Double) -> Double {
    sumOverCaches { Double($0.elementsPerToken) * bytesPerElement }
  }

  /// Bytes the next token adds once the context is longer than every window, without index keys.
  package func growingKeyValueBytesPerToken(bytesPerElement: Double) -> Double {
    sumOverCaches { $0.window == nil ? Double($0.elementsPerToken) * bytesPerElement : 0 }
  }

  /// Bytes the sparse indexer's keys add a token, in all layers.
  package var indexBytesPerToken: Int { Int(sumOverCaches { Double($0.indexBytesPerToken) }) }

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
      let bytes = Double(cache.elementsPerToken) * bytesPerElement
      return Double(cache.tokensKept(ofContext: context))
        * (bytes + Double(cache.indexBytesPerToken))
    }
  }

  /// Bytes of recurrent and convolution state one sequence holds, whatever its length.
  package var stateBytesPerSequence: Int {
    groups.reduce(0) { sum, group in
      guard case .recurrent(let mixer) = group.mixer else { return sum }
      return sum + group.count * mixer.layer.stateBytesPerSequence
    }
  }

  private func sumOverCaches(_ value: (KeyValueCache) -> Double) -> Double {
    groups.reduce(0) { sum, group in
      sum + (group.keyValueCache.map { Double(group.count) * value($0) } ?? 0)
    }
  }
}
