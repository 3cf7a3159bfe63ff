internal import Diagnostics

/// Qwen 2, 2.5 and 3, dense and with experts.
///
/// Modules: `Qwen2DecoderLayer` (biases on query, key and value, which no key says),
/// `Qwen3DecoderLayer` (a norm on queries and keys instead), `Qwen3MoeDecoderLayer`.
extension ModelFields {
  func qwen2Shape() -> FamilyShape {
    var attention = attention()
    attention.hasQKVBias = true
    return qwenShape(attention) { _ in nil }
  }

  func qwen3Shape() -> FamilyShape { qwenShape(qwen3Attention()) { _ in nil } }

  /// A layer has experts when its number from 1 is a multiple of `decoder_sparse_step` and it is
  /// not listed in `mlp_only_layers`.
  func qwen3ExpertsShape() -> FamilyShape {
    let experts = count("num_experts", .experts)
    let mixture = MixtureOfExperts(
      experts: experts, topK: expertsPerToken("num_experts_per_tok", of: experts),
      inner: count("moe_intermediate_size", .inner))
    let step = count("decoder_sparse_step", .layers, default: 1)
    let denseLayers = Set(
      optional("mlp_only_layers")?.sequence().map { $0.integer(in: 0...Limit.layers.rawValue) }
        ?? [])
    return qwenShape(qwen3Attention()) { index in
      (index + 1) % step == 0 && !denseLayers.contains(index) ? .experts(mixture) : nil
    }
  }

  private func qwen3Attention() -> Attention {
    var attention = attention()
    attention.hasQKVBias = flag("attention_bias")
    attention.hasOutputBias = attention.hasQKVBias
    attention.queryKeyNorm = .perHead
    return attention
  }

  /// Files state a `sliding_window` that is in force only with `use_sliding_window`, and then from
  /// layer `max_window_layers` on. `intermediate_size` is needed only where a layer is dense.
  private func qwenShape(
    _ attention: Attention, _ experts: (Int) -> FeedForward?
  ) -> FamilyShape {
    let windowed = flag("use_sliding_window") ? attention.seeing(slidingWindow()) : nil
    let firstWindowed = windowed == nil ? 0 : position("max_window_layers")
    let isDense = (0..<layerCount).contains { experts($0) == nil }
    let dense = isDense ? FeedForward.dense(denseFeedForward()) : nil
    return FamilyShape(
      layers: (0..<layerCount).map { index in
        let isWindowed = windowed != nil && index >= firstWindowed
        return Layer(
          mixer: .attention(isWindowed ? windowed! : attention),
          feedForward: experts(index) ?? dense)
      })
  }
}
