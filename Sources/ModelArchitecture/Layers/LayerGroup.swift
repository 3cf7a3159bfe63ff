/// One layer: what mixes tokens with each other, then what works on each token alone.
package struct Layer: Equatable, Sendable {
  package var mixer: TokenMixer
  /// Nil where a layer is a mixer alone (Mamba, Nemotron-H).
  package var feedForward: FeedForward?

  package init(mixer: TokenMixer, feedForward: FeedForward?) {
    self.mixer = mixer
    self.feedForward = feedForward
  }
}

/// Layers of one shape with how many there are.
///
/// Equal layers are one group even when others lie between them: a model that alternates two kinds
/// of attention has two groups, not as many as it has layers.
package struct LayerGroup: Equatable, Sendable {
  package var count: Int
  package var mixer: TokenMixer
  package var feedForward: FeedForward?

  package init(count: Int, mixer: TokenMixer, feedForward: FeedForward?) {
    self.count = count
    self.mixer = mixer
    self.feedForward = feedForward
  }

  static func collapsing(_ layers: [Layer]) -> [LayerGroup] {
    var groups: [LayerGroup] = []
    for layer in layers {
      let known = groups.firstIndex {
        $0.mixer == layer.mixer && $0.feedForward == layer.feedForward
      }
      if let known {
        groups[known].count += 1
      } else {
        groups.append(LayerGroup(count: 1, mixer: layer.mixer, feedForward: layer.feedForward))
      }
    }
    return groups
  }
}

/// How the tokens of a sequence see each other in a layer.
package enum TokenMixer: Equatable, Sendable {
  case attention(Attention)
  case latentAttention(LatentAttention)
  case recurrent(RecurrentMixer)
  /// They do not: the layer is a feed-forward alone (Nemotron-H).
  case none
}
