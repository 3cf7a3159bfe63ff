/// DeepSeek V2 to V3.2 and R1, and Kimi K2 and K2.5: latent attention, leading dense layers, then
/// experts with shared ones.
///
/// Modules: `DeepseekV2DecoderLayer`, `DeepseekV3DecoderLayer`; the indexer as in DeepSeek-V3.2's
/// `inference/model.py`.
extension ModelFields {
  /// `hasScoreBias`: the router balances load with one bias an expert (`noaux_tc`).
  func deepseekShape(hasScoreBias: Bool, hasIndexer: Bool) -> FamilyShape {
    let attention = TokenMixer.latentAttention(latentAttention(hasIndexer: hasIndexer))
    let inner = count("moe_intermediate_size", .inner)
    let experts = count("n_routed_experts", .experts)
    let shared = countOrNone("n_shared_experts", .experts)
    let mixture = FeedForward.experts(
      MixtureOfExperts(
        experts: experts, topK: expertsPerToken("num_experts_per_tok", of: experts), inner: inner,
        sharedExperts: shared, sharedInner: shared * inner, hasRouterBias: hasScoreBias))
    let dense = FeedForward.dense(denseFeedForward())
    let firstExperts = countOrNone("first_k_dense_replace", .layers)
    let every = count("moe_layer_freq", .layers, default: 1)
    return FamilyShape(
      layers: (0..<layerCount).map { index in
        let hasExperts = index >= firstExperts && index % every == 0
        return Layer(mixer: attention, feedForward: hasExperts ? mixture : dense)
      },
      multiTokenPredictionLayers: countOrNone("num_nextn_predict_layers", .layers))
  }
}
