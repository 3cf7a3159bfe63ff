/// gpt-oss: sliding and full attention in turn, with sinks; every layer has experts.
///
/// Module: `GptOssDecoderLayer`. Experts and router have biases, which no key says.
extension ModelFields {
  func gptOssShape() -> FamilyShape {
    var full = attention()
    full.hasQKVBias = flag("attention_bias", default: true)
    full.hasOutputBias = full.hasQKVBias
    full.hasSinks = true
    let sliding = full.seeing(slidingWindow())
    let experts = count("num_local_experts", .experts)
    let mixture = MixtureOfExperts(
      experts: experts, topK: expertsPerToken("num_experts_per_tok", of: experts),
      inner: count("intermediate_size", .inner), hasBias: true, hasRouterBias: true)
    let types =
      layerTypes(among: [.full, .sliding])
      ?? (0..<layerCount).map { $0 % 2 == 0 ? .sliding : .full }
    return FamilyShape(
      layers: types.map { type in
        Layer(
          mixer: .attention(type == .full ? full : sliding), feedForward: .experts(mixture))
      })
  }
}
