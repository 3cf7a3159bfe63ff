/// A model of one layer or a few that guesses from the hidden vectors of another.
package enum DraftHead: String, CaseIterable, Sendable {
  /// EAGLE-1 and 2: a token's embedding and the vector before it, brought to one width in every
  /// pass. Embedding and head are the other model's.
  case eagle
  /// EAGLE-3: vectors of several depths of the other model, brought to one width once; the first
  /// layer reads embedding and vector side by side. Its head is its own and narrower.
  case eagle3

  /// The matrix that brings the other model's vectors to the head's width.
  package static let features = "features"
  /// Depths of the other model that EAGLE-3 takes a vector of, where its config does not say.
  fileprivate static let depths = 3
  /// Words that an EAGLE-3 head can guess where it has no config: what the authors' heads for
  /// models of 128,256 and of 151,936 words have, and SpecForge's configs.
  fileprivate static let vocabulary = 32_000
}

extension Architecture {
  /// What its config makes of a head for another model.
  ///
  ///     eagle:    + 2 d · d                                tables: none of its own
  ///     eagle3:   + w · d + d · (query, key and value widths) + d       tables: V_d · d
  ///
  /// - d: hidden width     - V_d: words that it can guess
  /// - w: width of the other model's vectors side by side
  ///
  /// The last d is a norm of the vector that comes in.
  /// Source: Li et al., "EAGLE", arXiv:2401.15077, and "EAGLE-3", arXiv:2503.01840; vLLM's
  /// `llama_eagle.py` and `llama_eagle3.py`.
  /// Check: for Llama-3.1-8B, d = 4,096, w = 3 d, 6,144 wide, V_d = 32,000: 50.3 M + 25.2 M more
  /// than a layer of 218.1 M, and 131.1 M of head (`DraftHeadTests.countsOfThePublishedHead`).
  package func asHead(_ kind: DraftHead) -> Architecture {
    guard draftHead == nil, !groups.isEmpty else { return self }
    var head = self
    head.draftHead = kind
    head.multiTokenPredictionLayers = 0
    let width: Int
    switch kind {
    case .eagle: width = 2 * hiddenSize
    case .eagle3:
      width = draftFeatureWidth ?? DraftHead.depths * hiddenSize
      head.tiesEmbeddings = true
      head.vocabularySize = draftVocabularySize ?? vocabularySize
      head.groups[0].count -= 1
      let first = groups[0].readingTwice(hiddenSize: hiddenSize)
      head.groups = [first] + head.groups.filter { $0.count > 0 }
    }
    head.surroundings.projections.append(
      Projection(DraftHead.features, width, hiddenSize, cut: .whole))
    return head
  }

  /// A head of one layer like this model's own; nil where that layer is not dense: what a head for
  /// it has is then only in the head's own config.
  package func headOfItsKind(_ kind: DraftHead) -> Architecture? {
    guard var layer = groups.last, case .attention(var attention) = layer.mixer,
      case .dense = layer.feedForward, writes
    else { return nil }
    attention.window = nil
    layer.mixer = .attention(attention)
    layer.count = 1
    var model = self
    model.groups = [layer]
    model.layerCount = 1
    model.surroundings = Surroundings(hiddenSize: hiddenSize)
    (model.checkpointWeights, model.checkpointFormat) = (nil, nil)
    model.groups[0].frame.formats = nil
    model.draftVocabularySize = min(vocabularySize, DraftHead.vocabulary)
    model.draftFeatureWidth = nil
    model.name = "\(name)/\(kind.rawValue)"
    return model.asHead(kind)
  }
}

extension LayerGroup {
  /// One such layer whose queries, keys and values come from two hidden vectors.
  fileprivate func readingTwice(hiddenSize: Int) -> LayerGroup {
    var layer = self
    layer.count = 1
    layer.frame.vectors += hiddenSize
    let name = "features_qkv"
    switch mixer {
    case .attention(var attention):
      let width =
        attention.heads * attention.headDimension + attention.keyWidth + attention.valueWidth
      attention.extraProjections.append(Projection(name, hiddenSize, width))
      layer.mixer = .attention(attention)
    case .latentAttention(var attention):
      let queries =
        attention.queryRank
        ?? attention.heads * (attention.nopeDimension + attention.ropeDimension)
      let width = queries + attention.keyValueRank + attention.ropeDimension
      attention.extraProjections.append(Projection(name, hiddenSize, width, cut: .whole))
      layer.mixer = .latentAttention(attention)
    case .compressedAttention, .recurrent, .none: break
    }
    return layer
  }
}
