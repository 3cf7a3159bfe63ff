internal import Diagnostics

/// MiniMax-M1, with lightning attention in seven of eight layers, and MiniMax-M2, with none.
///
/// Modules: `modeling_minimax_m1.py` of the model's repository, `MiniMaxM2DecoderLayer`.
extension ModelFields {
  func minimaxM1Shape() -> FamilyShape {
    let attention = attention()
    // The recurrent state has no key of its own; vLLM keeps it in the model's 16 bits.
    let lightning = LightningAttention(
      heads: attention.heads, headDimension: attention.headDimension, stateBytesPerElement: 2)
    let mixture = minimaxExperts(hasScoreBias: false)
    let kinds = softmaxLayers()
    if kinds == nil { _ = text.required("attn_type_list") }
    return FamilyShape(
      layers: (kinds ?? []).map { isSoftmax in
        Layer(
          mixer: isSoftmax ? .attention(attention) : .recurrent(.lightning(lightning)),
          feedForward: .experts(mixture))
      })
  }

  func minimaxM2Shape() -> FamilyShape {
    var attention = attention()
    if flag("use_qk_norm", default: true) { attention.queryKeyNorm = queryKeyNormType() }
    if let kinds = softmaxLayers(), kinds.contains(false) {
      refuse("attn_type_list", "linear attention in a `minimax_m2` model")
    }
    var shape = uniformShape(attention, .experts(minimaxExperts(hasScoreBias: true)))
    shape.multiTokenPredictionLayers =
      countOrNone("num_mtp_modules", .layers) * count("mtp_transformer_layers", .layers, default: 1)
    return shape
  }

  /// `attn_type_list`: 1 is softmax attention, 0 linear.
  private func softmaxLayers() -> [Bool]? {
    perLayer("attn_type_list") { $0.integer(in: 0...1) == 1 }
  }

  private func queryKeyNormType() -> QueryKeyNorm {
    guard let node = optional("qk_norm_type") else { return .perLayer }
    switch node.choice(MiniMaxNormType.self, default: .perLayer) {
    case .perLayer: return .perLayer
    case .perHead: return .perHead
    }
  }

  private func minimaxExperts(hasScoreBias: Bool) -> MixtureOfExperts {
    if countOrNone("shared_intermediate_size", .inner) > 0 {
      refuse("shared_intermediate_size", "a shared expert in a MiniMax model")
    }
    let experts = count("num_local_experts", .experts)
    return MixtureOfExperts(
      experts: experts, topK: expertsPerToken("num_experts_per_tok", of: experts),
      inner: count("intermediate_size", .inner),
      hasRouterBias: hasScoreBias && flag("use_routing_bias", default: true))
  }
}

private enum MiniMaxNormType: String, CaseIterable {
  case perLayer = "per_layer"
  case perHead = "per_head"
}
