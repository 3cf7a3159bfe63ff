/// Llama 1 to 3 and Mistral: grouped-query attention and a gated feed-forward in every layer.
///
/// Modules: `LlamaDecoderLayer`, `MistralDecoderLayer`.
extension ModelFields {
  func llamaShape() -> FamilyShape {
    var attention = attention()
    attention.hasQKVBias = flag("attention_bias")
    attention.hasOutputBias = attention.hasQKVBias
    return uniformShape(attention, .dense(denseFeedForward()))
  }

  func mistralShape() -> FamilyShape {
    uniformShape(mistralAttention(), .dense(denseFeedForward()))
  }

  /// Mixtral: every feed-forward a mixture of experts, as wide as `intermediate_size` each.
  func mixtralShape() -> FamilyShape {
    let experts = count("num_local_experts", .experts)
    let mixture = MixtureOfExperts(
      experts: experts, topK: expertsPerToken("num_experts_per_tok", of: experts),
      inner: count("intermediate_size", .inner))
    return uniformShape(mistralAttention(), .experts(mixture))
  }

  /// `sliding_window` is null in all but the first Mistral 7B.
  private func mistralAttention() -> Attention {
    var attention = attention()
    if optional("sliding_window") != nil { attention.window = slidingWindow() }
    return attention
  }

  func denseFeedForward() -> DenseFeedForward {
    DenseFeedForward(inner: count("intermediate_size", .inner), hasBias: flag("mlp_bias"))
  }

  func uniformShape(_ attention: Attention, _ feedForward: FeedForward) -> FamilyShape {
    let layer = Layer(mixer: .attention(attention), feedForward: feedForward)
    return FamilyShape(layers: Array(repeating: layer, count: layerCount))
  }
}
