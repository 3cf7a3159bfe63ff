package import ModelArchitecture

/// Small architectures, one for every way in which layers see a context.
package enum SampleModels {
  package static func dense(
    layers: Int = 4, hidden: Int = 512, heads: Int = 8, keyValueHeads: Int = 4, inner: Int = 1024
  ) -> Architecture {
    architecture(
      "dense", hidden: hidden,
      Array(
        repeating: Layer(
          mixer: .attention(
            Attention(heads: heads, keyValueHeads: keyValueHeads, headDimension: hidden / heads)),
          feedForward: .dense(DenseFeedForward(inner: inner))), count: layers))
  }

  /// Full, sliding and chunked attention in one model.
  package static func windowed(sliding: Int = 24, chunk: Int = 32) -> Architecture {
    let windows: [AttentionWindow?] = [nil, .sliding(tokens: sliding), .chunked(tokens: chunk)]
    return architecture(
      "windowed", hidden: 512,
      windows.map { window in
        Layer(
          mixer: .attention(
            Attention(heads: 8, keyValueHeads: 4, headDimension: 64, window: window)),
          feedForward: .dense(DenseFeedForward(inner: 1024)))
      })
  }

  package static func mixture(experts: Int = 8, topK: Int = 2, inner: Int = 512) -> Architecture {
    architecture(
      "mixture", hidden: 512,
      [
        Layer(
          mixer: .attention(Attention(heads: 8, keyValueHeads: 4, headDimension: 64)),
          feedForward: .experts(MixtureOfExperts(experts: experts, topK: topK, inner: inner)))
      ])
  }

  package static func latent() -> Architecture {
    architecture(
      "latent", hidden: 1024,
      [
        Layer(
          mixer: .latentAttention(
            LatentAttention(
              heads: 16, queryRank: 256, keyValueRank: 128, ropeDimension: 32, nopeDimension: 64,
              valueDimension: 64)),
          feedForward: .dense(DenseFeedForward(inner: 2048)))
      ])
  }

  /// One layer of attention for every two recurrent ones.
  package static func hybrid() -> Architecture {
    let recurrent = Layer(
      mixer: .recurrent(
        .mamba2(
          Mamba2(
            heads: 8, headDimension: 64, stateDimension: 64, headGroups: 1, convolutionWidth: 4,
            stateBytesPerElement: 4))),
      feedForward: .dense(DenseFeedForward(inner: 1024)))
    return architecture("hybrid", hidden: 512, [recurrent, recurrent] + dense(layers: 1).layers)
  }

  package static var all: [Architecture] {
    [dense(), windowed(), mixture(), latent(), hybrid()]
  }

  private static func architecture(_ name: String, hidden: Int, _ layers: [Layer]) -> Architecture {
    Architecture(
      name: name, family: "sample", hiddenSize: hidden, vocabularySize: 4096,
      tiesEmbeddings: false, maximumContext: nil, layers: layers)
  }
}

extension Architecture {
  fileprivate var layers: [Layer] {
    groups.flatMap { group in
      Array(
        repeating: Layer(mixer: group.mixer, feedForward: group.feedForward), count: group.count)
    }
  }
}
