internal import Diagnostics

/// Qwen3-Next and Qwen3.5: three layers of Gated DeltaNet to one of gated attention.
///
/// Modules: `Qwen3NextDecoderLayer`, `Qwen3_5DecoderLayer`, `Qwen3_5MoeDecoderLayer`. The attention
/// layers gate their output and normalise queries and keys, which no key of Qwen3-Next says.
extension ModelFields {
  func qwenHybridShape(hasExperts: Bool) -> FamilyShape {
    var attention = attention()
    attention.hasOutputGate = flag("attn_output_gate", default: true)
    attention.queryKeyNorm = .perHead
    attention.hasQKVBias = flag("attention_bias")
    attention.hasOutputBias = attention.hasQKVBias
    let deltaNet = GatedDeltaNet(
      keyHeads: count("linear_num_key_heads", .heads),
      valueHeads: count("linear_num_value_heads", .heads),
      keyDimension: count("linear_key_head_dim", .heads),
      valueDimension: count("linear_value_head_dim", .heads),
      convolutionWidth: count("linear_conv_kernel_dim", .heads),
      stateBytesPerElement: stateBytes("mamba_ssm_dtype"))
    let feedForward =
      hasExperts ? FeedForward.experts(qwenHybridExperts()) : .dense(denseFeedForward())
    return FamilyShape(
      layers: qwenHybridTypes().map { type in
        Layer(
          mixer: type == .full ? .attention(attention) : .recurrent(.gatedDelta(deltaNet)),
          feedForward: feedForward)
      },
      multiTokenPredictionLayers: countOrNone("mtp_num_hidden_layers", .layers))
  }

  private func qwenHybridTypes() -> [LayerType] {
    if let types = layerTypes(among: [.full, .linear]) { return types }
    let interval = count("full_attention_interval", .layers, default: 4)
    return (1...layerCount).map { $0 % interval == 0 ? .full : .linear }
  }

  private func qwenHybridExperts() -> MixtureOfExperts {
    let experts = count("num_experts", .experts)
    let sharedInner = count("shared_expert_intermediate_size", .inner)
    return MixtureOfExperts(
      experts: experts, topK: expertsPerToken("num_experts_per_tok", of: experts),
      inner: count("moe_intermediate_size", .inner), sharedExperts: 1, sharedInner: sharedInner,
      hasSharedGate: true)
  }

  /// Bytes of a number in a recurrent state; vLLM keeps it in the model's 16 bits unless the
  /// config asks for more.
  func stateBytes(_ key: String) -> Int { optional(key)?.string() == "float32" ? 4 : 2 }
}
