/// GLM-4.5 and its successors of the same type: grouped-query attention, leading dense layers.
///
/// Module: `Glm4MoeDecoderLayer`. Its `attention_bias` is on query, key and value only.
extension ModelFields {
  func glm4ExpertsShape() -> FamilyShape {
    var attention = attention()
    attention.hasQKVBias = flag("attention_bias")
    attention.queryKeyNorm = flag("use_qk_norm") ? .perHead : nil
    let inner = count("moe_intermediate_size", .inner)
    let experts = count("n_routed_experts", .experts)
    let shared = countOrNone("n_shared_experts", .experts)
    let mixture = MixtureOfExperts(
      experts: experts, topK: expertsPerToken("num_experts_per_tok", of: experts), inner: inner,
      sharedExperts: shared, sharedInner: shared * inner, hasRouterBias: true)
    let dense = denseFeedForward()
    let firstExperts = countOrNone("first_k_dense_replace", .layers)
    return FamilyShape(
      layers: (0..<layerCount).map { index in
        Layer(
          mixer: .attention(attention),
          feedForward: index < firstExperts ? .dense(dense) : .experts(mixture))
      },
      multiTokenPredictionLayers: countOrNone("num_nextn_predict_layers", .layers))
  }
}
