internal import Diagnostics

/// Nemotron-H, where each layer is a mixer or a feed-forward but not both, and pure Mamba-2 models.
///
/// Modules: `NemotronHBlock` of the model's repository, `Mamba2Block`. Feed-forwards have two
/// matrices, since a squared ReLU has no gate.
extension ModelFields {
  func mamba2Shape() -> FamilyShape {
    if flag("use_bias") { refuse("use_bias", "biases on the projections of Mamba-2") }
    let mamba = Mamba2(
      heads: count("num_heads", .heads), headDimension: count("head_dim", .heads),
      stateDimension: count("state_size", .heads), headGroups: count("n_groups", .heads),
      convolutionWidth: count("conv_kernel", .heads),
      hasConvolutionBias: flag("use_conv_bias", default: true),
      stateBytesPerElement: stateBytes("mamba_ssm_cache_dtype"))
    let layer = Layer(mixer: .recurrent(.mamba2(mamba)), feedForward: nil)
    return FamilyShape(layers: Array(repeating: layer, count: layerCount))
  }

  func nemotronShape() -> FamilyShape {
    for key in ["use_bias", "mamba_proj_bias"] where flag(key) {
      refuse(key, "biases on the projections of Mamba-2")
    }
    if optionalCount("moe_latent_size", .hidden) != nil {
      refuse("moe_latent_size", "experts in a latent space")
    }
    let pattern = Array(text.required("hybrid_override_pattern")?.string() ?? "")
    if !pattern.isEmpty { checkLayerCount(pattern.count, of: "hybrid_override_pattern") }
    // Only the kinds that occur are read, so a dense model needs no key of the experts.
    let attention = pattern.contains("*") ? nemotronAttention() : nil
    let mamba = pattern.contains("M") ? nemotronMamba() : nil
    let dense = pattern.contains("-") ? nemotronDense() : nil
    let experts = pattern.contains("E") ? nemotronExperts() : nil
    if let letter = pattern.first(where: { !"M*-E".contains($0) }) {
      refuse("hybrid_override_pattern", "`\(letter)` is not one of `M`, `*`, `-`, `E`")
    }
    return FamilyShape(
      layers: pattern.map { letter in
        switch letter {
        case "*": Layer(mixer: attention.map { .attention($0) } ?? .none, feedForward: nil)
        case "M": Layer(mixer: mamba.map { .recurrent(.mamba2($0)) } ?? .none, feedForward: nil)
        case "E": Layer(mixer: .none, feedForward: experts.map { .experts($0) })
        default: Layer(mixer: .none, feedForward: dense.map { .dense($0) })
        }
      })
  }

  private func nemotronAttention() -> Attention {
    let isNewer = optional("head_dim") != nil
    var attention = attention(headDimensionKey: isNewer ? "head_dim" : "attention_head_dim")
    attention.hasQKVBias = flag("attention_bias")
    attention.hasOutputBias = attention.hasQKVBias
    return attention
  }

  private func nemotronMamba() -> Mamba2 {
    Mamba2(
      heads: count("mamba_num_heads", .heads), headDimension: count("mamba_head_dim", .heads),
      stateDimension: count("ssm_state_size", .heads), headGroups: count("n_groups", .heads),
      convolutionWidth: count("conv_kernel", .heads),
      hasConvolutionBias: flag("use_conv_bias", default: true),
      stateBytesPerElement: stateBytes("mamba_ssm_cache_dtype"))
  }

  private func nemotronDense() -> DenseFeedForward {
    DenseFeedForward(
      inner: count("intermediate_size", .inner), isGated: false, hasBias: flag("mlp_bias"))
  }

  private func nemotronExperts() -> MixtureOfExperts {
    let experts = count("n_routed_experts", .experts)
    let shared = countOrNone("n_shared_experts", .experts)
    let sharedInner = shared == 0 ? 0 : count("moe_shared_expert_intermediate_size", .inner)
    return MixtureOfExperts(
      experts: experts, topK: expertsPerToken("num_experts_per_tok", of: experts),
      inner: count("moe_intermediate_size", .inner), isGated: false, sharedExperts: shared,
      sharedInner: shared * sharedInner, hasRouterBias: true)
  }
}
