internal import Diagnostics

/// Jamba: one layer of attention to seven of Mamba, and experts in every second layer.
///
/// Modules: `JambaAttentionDecoderLayer`, `JambaMambaDecoderLayer`. Attention has no bias and no
/// position encoding.
extension ModelFields {
  func jambaShape() -> FamilyShape {
    let attention = attention()
    let mamba = jambaMamba()
    let dense = denseFeedForward()
    let experts = count("num_experts", .experts)
    let mixture = MixtureOfExperts(
      experts: experts, topK: expertsPerToken("num_experts_per_tok", of: experts),
      inner: dense.inner)
    let attentionPeriod = count("attn_layer_period", .layers)
    let attentionOffset = position("attn_layer_offset")
    let expertPeriod = count("expert_layer_period", .layers)
    let expertOffset = position("expert_layer_offset")
    return FamilyShape(
      layers: (0..<layerCount).map { index in
        let isAttention = index % attentionPeriod == attentionOffset
        let hasExperts = experts > 1 && index % expertPeriod == expertOffset
        return Layer(
          mixer: isAttention ? .attention(attention) : .recurrent(.mamba1(mamba)),
          feedForward: hasExperts ? .experts(mixture) : .dense(dense))
      })
  }

  private func jambaMamba() -> Mamba1 {
    if flag("mamba_proj_bias") { refuse("mamba_proj_bias", "biases on the projections of Mamba") }
    let rank = optional("mamba_dt_rank")
    let isAutomatic = rank == nil || rank?.string() == "auto"
    return Mamba1(
      channels: count("mamba_expand", .layers) * hiddenSize,
      stateDimension: count("mamba_d_state", .heads),
      timeStepRank: isAutomatic ? (hiddenSize + 15) / 16 : count("mamba_dt_rank", .hidden),
      convolutionWidth: count("mamba_d_conv", .heads),
      hasConvolutionBias: flag("mamba_conv_bias", default: true),
      stateBytesPerElement: stateBytes("mamba_ssm_dtype"))
  }
}
