internal import Hardware
internal import ModelArchitecture

extension AttentionKernel {
  /// All that a layer's mixer does with its context; nothing for a recurrence.
  static func kernels(
    of mixer: TokenMixer, ranks: Int, cache: KeyValueFormat, contextRanks: Int = 1
  ) -> [AttentionKernel] {
    func scorer(_ indexer: SparseIndexer?, tokensPerKey: Int = 1) -> [AttentionKernel] {
      guard let indexer, !indexer.readsEarlierChoice else { return [] }
      return [
        AttentionKernel(
          indexer.onRank(of: ranks), contextRanks: contextRanks, tokensPerKey: tokensPerKey)
      ]
    }
    switch mixer {
    case .attention(let attention):
      let kernel = AttentionKernel(
        attention, ranks: ranks, cache: cache, contextRanks: contextRanks)
      return [kernel] + scorer(attention.selection)
    case .latentAttention(let attention):
      let kernel = AttentionKernel(
        attention, ranks: ranks, cache: cache, contextRanks: contextRanks)
      return [kernel] + scorer(attention.indexer)
    case .compressedAttention(let attention):
      let window = AttentionKernel(windowOf: attention, ranks: ranks, cache: cache)
      guard let ratio = attention.ratio else { return [window] }
      let entries = AttentionKernel(
        entriesOf: attention, ratio: ratio, ranks: ranks, cache: cache, contextRanks: contextRanks)
      return [window, entries] + scorer(attention.indexer, tokensPerKey: ratio)
    case .recurrent, .none: return []
    }
  }

  /// The last tokens, as they are.
  private init(windowOf attention: CompressedAttention, ranks: Int, cache: KeyValueFormat) {
    self.init(
      attention, name: .windowed, visibility: .sliding(tokens: attention.window), tokensPerEntry: 1,
      ranks: ranks, cache: cache, contextRanks: 1)
  }

  /// One entry for `ratio` tokens, counted a token: a query that picks k entries reads k · ratio
  /// tokens of which each is the part of an entry.
  ///
  /// Check: 64 heads of 512, 1,048,576 tokens in bf16: entries of 128 tokens, 1.07 GFLOP and 8.4 MB
  /// a layer; the best 512 entries of 4 tokens, 67 MFLOP and 0.5 MB, and the scorer of 64 heads of
  /// 128 4.3 GFLOP and 33.6 MB (`CompressedAttentionTests.decodeAtAMillionTokens`).
  private init(
    entriesOf attention: CompressedAttention, ratio: Int, ranks: Int, cache: KeyValueFormat,
    contextRanks: Int
  ) {
    self.init(
      attention, name: .compressed,
      visibility: attention.indexer.map { .sliding(tokens: $0.topK * ratio) } ?? .full,
      tokensPerEntry: ratio, ranks: ranks, cache: cache, contextRanks: contextRanks)
  }

  private init(
    _ attention: CompressedAttention, name: Name, visibility: ContextVisibility,
    tokensPerEntry: Int, ranks: Int, cache: KeyValueFormat, contextRanks: Int
  ) {
    let heads = Double(attention.heads) / Double(ranks)
    let width = Double(attention.headDimension)
    self.name = name
    self.visibility = visibility
    (decodeClass, prefillClass) = (.mlaDecode, .mlaPrefill)
    kernel = cache.arithmetic
    decodeFLOPsPerContextToken = 2 * heads * 2 * width / Double(tokensPerEntry)
    decodeBytesPerContextToken = width * cache.bytesPerElement / Double(tokensPerEntry)
    prefillFLOPsPerPair = decodeFLOPsPerContextToken
    // The engines' kernel takes window and entries together: the query is read once.
    bytesPerQuery = name == .windowed ? 2 * heads * width * 2 : 0
    bytesPerPromptQuery = bytesPerQuery
    bytesPerOutput = name == .windowed ? heads * width * 2 : 0
    headsOnRank = max(1, attention.heads / ranks)
    self.contextRanks = contextRanks
    elementsPerPromptToken = name == .windowed ? 2 * heads * width : 0
    expansionFLOPsPerPriorToken = 0
  }
}
