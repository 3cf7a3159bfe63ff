internal import Diagnostics

extension FamilyReader {
  /// What a part's format follows from where it is one in all layers.
  struct FormatKey: Hashable {
    var part: LayerPart
    var isGated: Bool
    var blocks: ModuleBlocks
  }

  /// What the checkpoint has the layer's matrices in; nil when all are in 16 bits.
  func formats(_ layer: Layer, at index: Int) -> LayerFormats? {
    guard let quantization, quantization.unread == nil else { return nil }
    var formats = LayerFormats()
    let blocks = blocks(of: layer)
    for part in parts(of: layer) {
      let isGated = layer.feedForward?.isGated(part) ?? true
      let key = FormatKey(part: part, isGated: isGated, blocks: blocks)
      let format =
        formatsOfEveryLayer[key]
        ?? quantization.format(
          of: part, isGated: isGated, in: blocks, layer: index
        ) { refuseMixture($0) }
      if !quantization.dependsOnLayer { formatsOfEveryLayer[key] = format }
      if format != .bfloat16 { formats[part] = format }
    }
    return formats.quantizedParts.isEmpty ? nil : formats
  }

  private func blocks(of layer: Layer) -> ModuleBlocks {
    var blocks = ModuleBlocks(
      mixer: value("layer.mixer_block").text, dense: value("dense.block").text,
      experts: value("experts.block").text, sharedExperts: value("experts.shared_block").text)
    guard case .recurrent(let recurrent) = layer.mixer else { return blocks }
    blocks.recurrences =
      switch recurrent {
      // In the place of attention, and under its name.
      case .kimiDelta, .lightning: ["self_attn"]
      case .gatedDelta: ["linear_attn"]
      case .mamba1, .mamba2: ["mamba"]
      case .described: ["linear_attn", "conv", "temporal_block", "attention"]
      }
    return blocks
  }

  private func parts(of layer: Layer) -> [LayerPart] {
    var parts: [LayerPart] = []
    switch layer.mixer {
    case .attention(let attention):
      parts = [.queryKeyValue, .attentionOutput] + (attention.selection == nil ? [] : [.indexer])
    case .latentAttention(let attention):
      parts = [.latentDown, .keyValueUp, .attentionOutput]
      if attention.queryRank != nil { parts.append(.queryUp) }
      if let indexer = attention.indexer, !indexer.readsEarlierChoice { parts.append(.indexer) }
    case .compressedAttention(let attention):
      parts = [.latentDown, .queryUp, .attentionOutput]
      if attention.indexer != nil { parts.append(.indexer) }
    case .recurrent: parts = [.recurrentInput, .recurrentOutput]
    case .none: break
    }
    switch layer.feedForward {
    case .dense: parts += [.denseUp, .denseDown]
    case .experts(let mixture):
      parts += [.expertUp, .expertDown]
      if mixture.shared != nil { parts += [.sharedUp, .sharedDown] }
      if mixture.latentWidth != nil { parts.append(.expertOuter) }
    case nil: break
    }
    return parts
  }

  /// Engines hold such modules as one matrix and refuse them too.
  private func refuseMixture(_ module: String) {
    guard !source.hasProblems else { return }
    let key = "quantization_config"
    let node = keys.root.optional(key) ?? keys.text.optional(key)
    let message =
      "modules that engines hold as one are in different formats, beginning with `\(module)`"
    if let node {
      node.report("mixed-formats", message)
    } else {
      source.report("mixed-formats", message, at: keys.root.location)
    }
  }
}

extension FeedForward {
  fileprivate func isGated(_ part: LayerPart) -> Bool {
    switch (self, part) {
    case (.dense(let dense), .denseUp): dense.isGated
    case (.experts(let mixture), .expertUp): mixture.isGated
    case (.experts(let mixture), .sharedUp): mixture.sharedIsGated
    default: true
    }
  }
}
