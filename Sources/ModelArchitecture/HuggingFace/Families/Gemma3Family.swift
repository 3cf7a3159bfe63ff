/// Gemma 3: five layers of sliding attention to one of full attention, norms before and after.
///
/// Module: `Gemma3DecoderLayer`. Published files leave out what equals the defaults of
/// `Gemma3TextConfig`, so those defaults are part of the format.
extension ModelFields {
  func gemma3Shape() -> FamilyShape {
    var full = attention(defaultHeads: 8, defaultKeyValueHeads: 4, defaultHeadDimension: 256)
    full.hasQKVBias = flag("attention_bias")
    full.hasOutputBias = full.hasQKVBias
    full.queryKeyNorm = .perHead
    let sliding = full.seeing(slidingWindow())
    let dense = FeedForward.dense(denseFeedForward())
    let period = count("sliding_window_pattern", .layers, default: 6)
    let types =
      layerTypes(among: [.full, .sliding])
      ?? (1...layerCount).map { $0 % period == 0 ? .full : .sliding }
    return FamilyShape(
      layers: types.map { type in
        Layer(mixer: .attention(type == .full ? full : sliding), feedForward: dense)
      },
      hasPostNorms: true, tiesEmbeddingsByDefault: true, defaultVocabularySize: 262_208,
      defaultMaximumContext: 131_072)
  }
}
