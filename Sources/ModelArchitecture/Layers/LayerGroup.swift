/// One layer: what mixes tokens with each other, then what works on each token alone.
package struct Layer: Equatable, Sendable {
  package var mixer: TokenMixer
  /// The feed-forward of a layer; nil where a layer is a mixer alone (Mamba, Nemotron-H).
  package var feedForward: FeedForward?
  package var frame: LayerFrame

  package init(mixer: TokenMixer, feedForward: FeedForward?, frame: LayerFrame = LayerFrame()) {
    self.mixer = mixer
    self.feedForward = feedForward
    self.frame = frame
  }
}

/// What stands around mixer and feed-forward.
package struct LayerFrame: Equatable, Sendable {
  /// Norms before and after a mixer, as many as it has.
  package var mixerNorms = 1
  package var feedForwardNorms = 1
  /// Parameters of one norm; nil for one weight a number of the hidden vector.
  package var normParameters: Int?
  /// Matrices that every token passes beside those of mixer and feed-forward.
  package var projections: [Projection] = []
  /// Parameters that are no matrices and no norms.
  package var vectors = 0
  /// Parameters that are held and not run on text: attention to pictures.
  package var idleParameters = 0
  /// The formats of the checkpoint's matrices in this layer, where they are not all alike.
  package var formats: LayerFormats?

  package init() {}
}

/// Layers of one shape with how many there are.
///
/// Equal layers are one group even when others lie between them: a model that alternates two kinds
/// of attention has two groups, not as many as it has layers.
package struct LayerGroup: Equatable, Sendable {
  package var count: Int
  package var mixer: TokenMixer
  package var feedForward: FeedForward?
  package var frame: LayerFrame

  package init(
    count: Int, mixer: TokenMixer, feedForward: FeedForward?, frame: LayerFrame = LayerFrame()
  ) {
    self.count = count
    self.mixer = mixer
    self.feedForward = feedForward
    self.frame = frame
  }

  static func collapsing(_ layers: [Layer]) -> [LayerGroup] {
    var groups: [LayerGroup] = []
    for layer in layers {
      let known = groups.firstIndex {
        $0.mixer == layer.mixer && $0.feedForward == layer.feedForward && $0.frame == layer.frame
      }
      if let known {
        groups[known].count += 1
      } else {
        groups.append(
          LayerGroup(
            count: 1, mixer: layer.mixer, feedForward: layer.feedForward, frame: layer.frame))
      }
    }
    return groups
  }
}

/// How the tokens of a sequence see each other in a layer.
package enum TokenMixer: Equatable, Sendable {
  case attention(Attention)
  case latentAttention(LatentAttention)
  case compressedAttention(CompressedAttention)
  case recurrent(RecurrentMixer)
  /// They do not: the layer is a feed-forward alone (Nemotron-H).
  case none
}
