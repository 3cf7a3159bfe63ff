internal import Diagnostics

/// Llama 4: three layers of chunked attention to one of full attention, experts in some or all.
///
/// Module: `Llama4TextDecoderLayer`. `intermediate_size` is the width of an expert, of which there
/// is one shared in every such layer though no key says so; `intermediate_size_mlp` is the width of
/// a dense layer. The norm on queries and keys has no weights.
extension ModelFields {
  func llama4Shape() -> FamilyShape {
    var full = attention()
    full.hasQKVBias = flag("attention_bias")
    full.hasOutputBias = full.hasQKVBias
    full.queryKeyNorm = flag("use_qk_norm", default: true) ? .weightless : nil
    let chunked = optionalCount("attention_chunk_size", .tokens).map {
      full.seeing(.chunked(tokens: $0))
    }
    let inner = count("intermediate_size", .inner)
    let experts = count("num_local_experts", .experts)
    let mixture = MixtureOfExperts(
      experts: experts, topK: expertsPerToken("num_experts_per_tok", of: experts), inner: inner,
      sharedExperts: 1, sharedInner: inner)
    let expertLayers = llama4ExpertLayers()
    let dense =
      expertLayers.count < layerCount
      ? DenseFeedForward(inner: count("intermediate_size_mlp", .inner)) : nil
    let isChunked = llama4ChunkedLayers()
    return FamilyShape(
      layers: (0..<layerCount).map { index in
        Layer(
          mixer: .attention(isChunked[index] ? chunked ?? full : full),
          feedForward: expertLayers.contains(index)
            ? .experts(mixture) : dense.map { .dense($0) })
      })
  }

  /// `moe_layers` lists them; else it is the last of every `interleave_moe_layer_step` layers.
  private func llama4ExpertLayers() -> Set<Int> {
    let listed = optional("moe_layers")?.sequence().map { $0.integer(in: 0...layerCount - 1) }
    if let listed, !listed.isEmpty { return Set(listed) }
    let step = count("interleave_moe_layer_step", .layers, default: 1)
    return Set((0..<layerCount).filter { ($0 + 1) % step == 0 })
  }

  /// Layers with rotary positions attend within chunks. `layer_types` or `no_rope_layers` (1: with
  /// rotary positions) name them; else all but the last of every `no_rope_layer_interval`, or 4.
  private func llama4ChunkedLayers() -> [Bool] {
    if let types = layerTypes(among: [.full, .chunked]) { return types.map { $0 == .chunked } }
    if let rotary = perLayer("no_rope_layers", { $0.integer(in: 0...1) == 1 }) { return rotary }
    let interval = count("no_rope_layer_interval", .layers, default: 4)
    return (1...layerCount).map { $0 % interval != 0 }
  }
}
