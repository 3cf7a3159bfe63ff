/// Parameters of one layer of a group, part by part.
///
///     total  = mixer + indexer + norms + dense + router + shared + outer + E * expert
///     active = mixer + indexer + norms + dense + router + shared + outer + k * expert
///
/// - E: experts, k: experts a token is sent to; a layer has either `dense` or the expert terms
/// - outer: what a layer has besides, such as projections into the width of latent experts
///
/// The mixer of grouped-query attention, that of latent attention, a gated feed-forward, another
/// feed-forward and a router have these matrices:
///
///     d h a + 2 d g a + h a d
///     d q + q h (n + r) + d (c + r) + c h (n + v) + h v d
///     3 d f        2 d f        d E
///
/// - d: hidden size, h: heads, g: key-value heads, a: head dimension, f: inner width
/// - q and c: rank of query and of key and value, n, r, v: no-position, rotary, value dimension
///
/// Valid for inference weights: neither optimizer state nor quantization scales are counted.
/// Source: the modules of transformers 5.24 that each family table names.
/// Check: DeepSeek-V3, latent attention of one layer -> 187,105,280 matrix parameters
/// (`ParameterCountTests.latentAttentionOfDeepSeekV3`).
package struct LayerParameters: Equatable, Sendable {
  package var mixer = ParameterTally()
  /// Parameters of the sparse indexer; zero unless the layer has one.
  package var indexer = ParameterTally()
  package var norms = ParameterTally()
  package var dense = ParameterTally()
  package var router = ParameterTally()
  package var shared = ParameterTally()
  package var outer = ParameterTally()
  /// Parameters of one routed expert.
  package var expert = ParameterTally()
  package var experts = 0
  package var expertsPerToken = 0

  package var total: ParameterTally { outsideExperts + experts * expert }

  /// What one token passes through.
  package var active: ParameterTally { outsideExperts + expertsPerToken * expert }

  /// What every token passes through, whatever the router decides.
  package var outsideExperts: ParameterTally {
    mixer + indexer + norms + dense + router + shared + outer
  }

  init(of group: LayerGroup, hiddenSize: Int) {
    count(group.mixer, hiddenSize)
    if let feedForward = group.feedForward { count(feedForward, hiddenSize) }
    let frame = group.frame
    let count =
      (group.mixer == .none ? 0 : frame.mixerNorms)
      + (group.feedForward == nil ? 0 : frame.feedForwardNorms)
    norms.vectors = count * (frame.normParameters ?? hiddenSize)
    outer = outer + ParameterTally(frame.projections, vectors: frame.vectors)
    outer.matrices += frame.idleParameters
  }

  private mutating func count(_ mixer: TokenMixer, _ hiddenSize: Int) {
    switch mixer {
    case .attention(let attention):
      self.mixer = ParameterTally(
        attention.projections(hiddenSize: hiddenSize),
        vectors: attention.vectorParameters(hiddenSize: hiddenSize))
      if let selection = attention.selection { count(selection, hiddenSize, queryRank: nil) }
    case .latentAttention(let attention):
      self.mixer = ParameterTally(
        attention.projections(hiddenSize: hiddenSize), vectors: attention.vectorParameters)
      if let indexer = attention.indexer {
        count(indexer, hiddenSize, queryRank: attention.queryRank)
      }
    case .compressedAttention(let attention):
      self.mixer = ParameterTally(
        attention.projections(hiddenSize: hiddenSize), vectors: attention.vectorParameters)
    case .recurrent(let recurrent):
      let layer = recurrent.layer
      self.mixer = ParameterTally(
        layer.projections(hiddenSize: hiddenSize),
        vectors: layer.vectorParameters + layer.projectionBiases(hiddenSize: hiddenSize))
      self.mixer.matrices += layer.innerMatrixParameters
    case .none:
      break
    }
  }

  private mutating func count(_ indexer: SparseIndexer, _ hiddenSize: Int, queryRank: Int?) {
    self.indexer = ParameterTally(
      indexer.projections(hiddenSize: hiddenSize, queryRank: queryRank),
      vectors: indexer.vectorParameters)
  }

  private mutating func count(_ feedForward: FeedForward, _ hiddenSize: Int) {
    func tally(_ dense: DenseFeedForward, width: Int? = nil) -> ParameterTally {
      ParameterTally(
        dense.projections(hiddenSize: width ?? hiddenSize),
        vectors: dense.vectorParameters(hiddenSize: width ?? hiddenSize))
    }
    switch feedForward {
    case .dense(let dense):
      self.dense = tally(dense)
    case .experts(let mixture):
      router = ParameterTally(
        [mixture.router(hiddenSize: hiddenSize)],
        vectors: mixture.hasRouterBias ? mixture.routerOutputs : 0)
      shared = mixture.shared.map { tally($0) } ?? ParameterTally()
      if mixture.hasSharedGate { shared.vectors += hiddenSize }
      expert = tally(mixture.expert, width: mixture.expertWidth(hiddenSize: hiddenSize))
      outer = ParameterTally(
        mixture.outerProjections(hiddenSize: hiddenSize), vectors: mixture.extraVectors)
      experts = mixture.experts
      expertsPerToken = mixture.topK
    }
  }
}
