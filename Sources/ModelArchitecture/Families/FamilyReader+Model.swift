internal import Diagnostics

private enum FeedForwardWord: String, CaseIterable {
  case dense, experts, none
}

extension FamilyReader {
  /// The whole model; what is wrong with the file stands in its source.
  func architecture(name: String) -> Architecture {
    checkRefusals()
    let hidden = count("model.hidden", .hidden)
    let layerCount = count("model.layers", .layers)
    checkShape()
    checkLengths(layers: layerCount)
    let layers = layers(layerCount, hidden)
    var surroundings = Surroundings(hiddenSize: hidden)
    surroundings.embeddingWidth = optionalCount("model.embedding_width", .hidden) ?? hidden
    surroundings.tableParameters = countOrNone("model.tables", .parameters)
    surroundings.residualStreams = optionalCount("model.residual_streams", .heads) ?? 1
    surroundings.projections = matrices("model")
    surroundings.vectors = ["final_norm", "head_bias", "vectors"].reduce(0) {
      $0 + countOrNone("model.\($1)", .parameters)
    }
    var architecture = Architecture(
      name: name, family: table.type, hiddenSize: hidden,
      vocabularySize: count("model.vocabulary", .vocabulary),
      tiesEmbeddings: flag("model.tied"),
      maximumContext: optionalCount("model.context", .tokens), surroundings: surroundings,
      layers: layers, multiTokenPredictionLayers: countOrNone("model.next_token_layers", .layers))
    architecture.layerCount = layerCount
    architecture.isEncoder = flag("model.encoder")
    architecture.draftVocabularySize = optionalCount("model.draft_vocabulary", .vocabulary)
    architecture.draftFeatureWidth = optionalCount("model.draft_features", .inner)
    architecture.diffusionBlock = optionalCount("model.block", .tokens)
    architecture.towerParameters = countOrNone("model.tower", .parameters)
    architecture.rotaryPositions = countOrNone("model.rotary_positions", .tokens)
    return architecture
  }

  private func checkRefusals() {
    for refusal in table.refusals where value(refusal.condition).isTrue {
      refuse(refusal.key, refusal.reason)
    }
  }

  /// A file that says neither how wide nor how deep it is has its shape elsewhere, where nobody
  /// looked: it is not the class's example model. A nested one may leave out what equals its class.
  private func checkShape() {
    guard !keys.isNested else { return }
    let shape = ["model.hidden", "model.layers"].flatMap { field in
      table.fields[field]?.names ?? []
    }
    for key in shape where table.definitions[key] == nil && keys.stated(key) == nil {
      source.report("missing-key", "missing key `\(key)`", at: keys.text.location)
    }
  }

  private func layers(_ layerCount: Int, _ hidden: Int) -> [Layer] {
    var layers: [Layer] = []
    for index in 0..<layerCount {
      layer = index
      part = 0
      checkType()
      for number in 0..<max(1, countOrNone("layer.parts", .heads)) {
        part = number
        layers.append(currentLayer(hidden))
      }
      // One that is wrong says enough.
      if source.hasProblems { break }
    }
    layer = nil
    part = 0
    return layers
  }

  private func checkType() {
    guard !table.layerTypes.isEmpty, table.definitions["type"] != nil else { return }
    let type = value(.name("type"))
    guard let word = type.text, !table.layerTypes.contains(word) else { return }
    refuse("layer_types", "`\(word)` in this family")
  }

  private func currentLayer(_ hidden: Int) -> Layer {
    var frame = LayerFrame()
    frame.mixerNorms = countOrNone("layer.mixer_norms", .heads)
    frame.feedForwardNorms = countOrNone("layer.feed_forward_norms", .heads)
    let width = countOrNone("layer.norm_width", .inner)
    frame.normParameters = width == hidden ? nil : width
    frame.projections = matrices("layer")
    frame.vectors = countOrNone("layer.vectors", .parameters)
    frame.idleParameters = countOrNone("layer.idle", .parameters)
    var built = Layer(
      mixer: mixer(hiddenSize: hidden), feedForward: feedForward(hidden), frame: frame)
    built.frame.formats = formats(built, at: layer ?? 0)
    return built
  }

  private func feedForward(_ hidden: Int) -> FeedForward? {
    switch word("layer.feed_forward", FeedForwardWord.self) {
    case .dense:
      var dense = DenseFeedForward(
        inner: count("dense.inner", .inner), isGated: flag("dense.gated"),
        hasBias: flag("dense.bias"))
      dense.extraVectors = countOrNone("dense.vectors", .parameters)
      return .dense(dense)
    case .experts: return .experts(experts())
    case .some(.none), nil: return nil
    }
  }

  private func experts() -> MixtureOfExperts {
    let experts = count("experts.count", .experts)
    let topK = count("experts.per_token", .experts)
    if topK > experts, !source.hasProblems {
      let key = keys.node(of: "num_experts_per_tok")
      key?.report(
        "too-many-experts",
        "`\(key?.path ?? "")` must not exceed the number of experts: \(topK) of \(experts)")
    }
    var mixture = MixtureOfExperts(
      experts: experts, topK: topK, inner: count("experts.inner", .inner),
      isGated: flag("experts.gated"), sharedExperts: countOrNone("experts.shared_count", .experts),
      sharedInner: countOrNone("experts.shared_inner", .innerTogether),
      hasSharedGate: flag("experts.shared_gate"), hasBias: flag("experts.bias"),
      hasRouterBias: flag("experts.router_bias"))
    mixture.sharedIsGated = flag("experts.shared_gated")
    mixture.sharedHasBias = flag("experts.shared_bias")
    mixture.latentWidth = optionalCount("experts.latent", .hidden)
    mixture.routerOutputs = optionalCount("experts.router_outputs", .experts) ?? experts
    mixture.extraProjections = matrices("experts")
    mixture.extraVectors = countOrNone("experts.vectors", .parameters)
    if mixture.sharedInner == 0 { mixture.sharedExperts = 0 }
    return mixture
  }

  /// What a group has beside its usual matrices, without those of no size.
  func matrices(_ group: String) -> [Projection] {
    (table.matrices[group] ?? []).compactMap { matrix in
      let inputs = side(matrix.inputs, of: "\(group).\(matrix.name)")
      let outputs = side(matrix.outputs, of: "\(group).\(matrix.name)")
      guard inputs > 0, outputs > 0 else { return nil }
      return Projection(matrix.name, inputs, outputs, cut: matrix.cut)
    }
  }
}
