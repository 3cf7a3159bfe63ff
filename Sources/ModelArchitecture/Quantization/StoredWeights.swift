extension LayerPart {
  /// The part that a matrix of a mixer belongs to, by its name in `projections(hiddenSize:)`.
  package init(of projection: String, in mixer: TokenMixer) {
    switch mixer {
    case .attention:
      self = projection == "output" ? .attentionOutput : .queryKeyValue
    case .latentAttention, .compressedAttention:
      switch projection {
      case "query_up", "query_second": self = .queryUp
      case "key_value_up": self = .keyValueUp
      case "output", "output_down": self = .attentionOutput
      default: self = projection.hasPrefix("index_") ? .indexer : .latentDown
      }
    case .recurrent, .none:
      self = projection == "output" ? .recurrentOutput : .recurrentInput
    }
  }
}

extension LayerGroup {
  /// Weights of each part that checkpoints may quantize; router, convolutions and what frames the
  /// layer are in 16 bits everywhere.
  package func quantizableParameters(hiddenSize: Int) -> [LayerPart: Int] {
    var counts: [LayerPart: Int] = [:]
    func add(_ projections: [Projection]) {
      for projection in projections {
        counts[LayerPart(of: projection.name, in: mixer), default: 0] += projection.parameters
      }
    }
    func addIndexer(_ indexer: SparseIndexer?, _ queryRank: Int?) {
      let matrices = indexer?.projections(hiddenSize: hiddenSize, queryRank: queryRank) ?? []
      guard !matrices.isEmpty else { return }
      counts[.indexer, default: 0] += matrices.reduce(0) { $0 + $1.parameters }
    }
    switch mixer {
    case .attention(let attention):
      add(attention.projections(hiddenSize: hiddenSize))
      addIndexer(attention.selection, nil)
    case .latentAttention(let attention):
      add(attention.projections(hiddenSize: hiddenSize))
      addIndexer(attention.indexer, attention.queryRank)
    case .compressedAttention(let attention): add(attention.projections(hiddenSize: hiddenSize))
    case .recurrent(let recurrent): add(recurrent.layer.projections(hiddenSize: hiddenSize))
    case .none: break
    }
    addFeedForward(to: &counts, hiddenSize)
    return counts
  }

  private func addFeedForward(to counts: inout [LayerPart: Int], _ hiddenSize: Int) {
    func add(_ dense: DenseFeedForward, _ width: Int, _ times: Int, _ parts: [LayerPart]) {
      let one = times * width * dense.inner
      counts[parts[0], default: 0] += dense.isGated ? 2 * one : one
      counts[parts[1], default: 0] += one
    }
    switch feedForward {
    case .dense(let dense): add(dense, hiddenSize, 1, [.denseUp, .denseDown])
    case .experts(let mixture):
      add(
        mixture.expert, mixture.expertWidth(hiddenSize: hiddenSize), mixture.experts,
        [.expertUp, .expertDown])
      if let shared = mixture.shared { add(shared, hiddenSize, 1, [.sharedUp, .sharedDown]) }
      let outer = mixture.outerProjections(hiddenSize: hiddenSize)
      if !outer.isEmpty { counts[.expertOuter] = outer.reduce(0) { $0 + $1.parameters } }
    case nil: break
    }
  }
}

extension Architecture {
  /// Weights by the format that the checkpoint has them in, the most first.
  package var weightsByFormat: [(format: StoredFormat, parameters: Int)] {
    var counts: [StoredFormat: Int] = [:]
    for group in groups {
      let formats = group.frame.formats ?? LayerFormats()
      for (part, parameters) in group.quantizableParameters(hiddenSize: hiddenSize) {
        counts[formats[part], default: 0] += group.count * parameters
      }
    }
    if surroundings.headFormat != .bfloat16 {
      counts[surroundings.headFormat, default: 0] += headParameters
    }
    let plain = parameterCount.total - counts.values.reduce(0, +)
    counts[.bfloat16, default: 0] += plain
    return counts.filter { $0.value > 0 }
      .sorted { ($0.value, $0.key.bytesPerWeight) > ($1.value, $1.key.bytesPerWeight) }
      .map { ($0.key, $0.value) }
  }

  /// Bytes of the checkpoint's weights, without draft layers and towers.
  ///
  /// Check: Kimi-K2.5, experts in integers of 4 bits in groups of 32 -> 594.2 GB
  /// (`CheckpointQuantizationTests.publishedSizes`).
  package var storedBytes: Double {
    if checkpointWeights == .float32 { return 4 * Double(parameterCount.total) }
    return weightsByFormat.reduce(0) { $0 + $1.format.bytesPerWeight * Double($1.parameters) }
  }
}
