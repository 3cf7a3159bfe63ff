internal import Diagnostics

extension ModelFields {
  /// Grouped-query attention over the whole context, by the keys that all families share.
  ///
  /// `defaultHeads`, `defaultKeyValueHeads` and `defaultHeadDimension` are those of the family's
  /// class; without them heads are needed, and the usual rules of transformers hold: as many
  /// key-value heads as heads, and a head dimension of hidden size over heads.
  func attention(
    headDimensionKey: String = "head_dim", defaultHeads: Int? = nil,
    defaultKeyValueHeads: Int? = nil, defaultHeadDimension: Int? = nil
  ) -> Attention {
    let heads =
      defaultHeads.map { count("num_attention_heads", .heads, default: $0) }
      ?? count("num_attention_heads", .heads)
    let keyValueHeads = count(
      "num_key_value_heads", .heads, default: defaultKeyValueHeads ?? heads)
    checkDivisible("num_attention_heads", heads, by: "num_key_value_heads", keyValueHeads)
    let stated = optionalCount(headDimensionKey, .heads) ?? defaultHeadDimension
    if stated == nil { checkDivisible("hidden_size", hiddenSize, by: "num_attention_heads", heads) }
    return Attention(
      heads: heads, keyValueHeads: keyValueHeads,
      headDimension: stated ?? max(1, hiddenSize / heads))
  }

  private func checkDivisible(_ key: String, _ value: Int, by divisorKey: String, _ divisor: Int) {
    // Below the divisor the value may be the stand-in for one that was reported already.
    guard value % divisor != 0, value > divisor || !source.hasProblems else { return }
    let node = text.optional(key) ?? text.optional(divisorKey)
    node?.report(
      "not-divisible", "`\(key)` must be a multiple of `\(divisorKey)`: \(value) over \(divisor)")
  }

  /// Multi-head latent attention by the keys of DeepSeek-V2.
  func latentAttention(hasIndexer: Bool) -> LatentAttention {
    LatentAttention(
      heads: count("num_attention_heads", .heads),
      queryRank: optionalCount("q_lora_rank", .hidden),
      keyValueRank: count("kv_lora_rank", .hidden),
      ropeDimension: count("qk_rope_head_dim", .heads),
      nopeDimension: count("qk_nope_head_dim", .heads),
      valueDimension: count("v_head_dim", .heads),
      indexer: hasIndexer
        ? SparseIndexer(
          heads: count("index_n_heads", .heads), headDimension: count("index_head_dim", .heads),
          topK: count("index_topk", .tokens))
        : nil)
  }

  /// The sliding window of a file that has one, over the layers that have it.
  func slidingWindow() -> AttentionWindow {
    .sliding(tokens: count("sliding_window", .tokens))
  }

  /// `layer_types`, which newer transformers write for every family with several kinds of layers.
  func layerTypes(among known: [LayerType]) -> [LayerType]? {
    let types = perLayer("layer_types") { $0.choice(LayerType.self, default: known[0]) }
    if let strange = types?.first(where: { !known.contains($0) }) {
      refuse("layer_types", "`\(strange.rawValue)` in this family")
    }
    return types
  }

  /// A needed count of experts a token goes to, no more than there are.
  func expertsPerToken(_ key: String, of experts: Int) -> Int {
    let topK = count(key, .experts)
    if topK > experts, !source.hasProblems {
      text.optional(key)?.report(
        "too-many-experts", "`\(key)` must not exceed the number of experts: \(topK) of \(experts)")
    }
    return topK
  }

  /// Says that a value asks for something no reader here describes.
  func refuse(_ key: String, _ why: String) {
    text.optional(key)?.report("unsupported-value", "`\(key)` is not supported here: \(why)")
  }
}

enum LayerType: String, CaseIterable {
  case full = "full_attention"
  case sliding = "sliding_attention"
  case chunked = "chunked_attention"
  case linear = "linear_attention"
}
