internal import Diagnostics

/// The words of a table for what mixes tokens.
private enum MixerWord: String, CaseIterable {
  case attention, latent, compressed, recurrent, none
}

private enum RecurrentWord: String, CaseIterable {
  case gatedDelta = "gated_delta"
  case kimiDelta = "kimi_delta"
  case lightning, mamba, mamba2, described
}

extension FamilyReader {
  func mixer(hiddenSize: Int) -> TokenMixer {
    switch word("layer.mixer", MixerWord.self) {
    case .attention: .attention(attention())
    case .latent: .latentAttention(latentAttention())
    case .compressed: .compressedAttention(compressedAttention())
    case .recurrent: recurrent()
    case .some(.none), nil: .none
    }
  }

  private func attention() -> Attention {
    let heads = count("attention.heads", .heads)
    let keyValueHeads = count("attention.kv_heads", .heads)
    checkKeyValueHeads(heads, keyValueHeads)
    var attention = Attention(
      heads: heads, keyValueHeads: keyValueHeads,
      headDimension: count("attention.head_dim", .heads), window: window("attention"),
      hasQKVBias: flag("attention.qkv_bias"), hasOutputBias: flag("attention.output_bias"),
      queryKeyNorm: word("attention.norm", QueryKeyNorm.self),
      hasOutputGate: flag("attention.gate"), hasSinks: flag("attention.sinks"))
    attention.valueDimension =
      optionalCount("attention.value_dim", .heads) ?? attention.headDimension
    attention.readsEarlierCache = flag("attention.shared_cache")
    attention.keysAreValues = flag("attention.shared_key_value")
    attention.extraProjections = matrices("attention")
    attention.extraVectors = countOrNone("attention.vectors", .parameters)
    attention.selection = indexer()
    attention.isBidirectional = flag("attention.bidirectional")
    return attention
  }

  private func checkKeyValueHeads(_ heads: Int, _ keyValueHeads: Int) {
    guard heads % keyValueHeads != 0, !source.hasProblems else { return }
    let node = keys.node(of: "num_attention_heads") ?? keys.node(of: "num_key_value_heads")
    node?.report(
      "not-divisible",
      "`num_attention_heads` must be a multiple of `num_key_value_heads`: "
        + "\(heads) over \(keyValueHeads)")
  }

  private func window(_ group: String) -> AttentionWindow? {
    if let tokens = optionalCount("\(group).window", .tokens) { return .sliding(tokens: tokens) }
    return optionalCount("\(group).chunk", .tokens).map { .chunked(tokens: $0) }
  }

  private func latentAttention() -> LatentAttention {
    var attention = LatentAttention(
      heads: count("latent.heads", .heads), queryRank: optionalCount("latent.query_rank", .hidden),
      keyValueRank: count("latent.rank", .hidden),
      ropeDimension: countOrNone("latent.rope", .heads),
      nopeDimension: count("latent.nope", .heads),
      valueDimension: count("latent.value_dim", .heads), indexer: indexer())
    attention.window = window("latent")
    attention.extraProjections = matrices("latent")
    attention.extraVectors = countOrNone("latent.vectors", .parameters)
    return attention
  }

  private func indexer() -> SparseIndexer? {
    guard flag("indexer.present") else { return nil }
    var indexer = SparseIndexer(
      heads: count("indexer.heads", .heads), headDimension: count("indexer.width", .heads),
      topK: count("indexer.top", .tokens))
    indexer.blockTokens = optionalCount("indexer.block", .tokens) ?? 1
    indexer.readsEarlierChoice = flag("indexer.shared")
    indexer.vectors = optionalCount("indexer.vectors", .parameters)
    return indexer
  }

  private func compressedAttention() -> CompressedAttention {
    CompressedAttention(
      heads: count("compressed.heads", .heads),
      headDimension: count("compressed.head_dim", .heads),
      queryRank: count("compressed.query_rank", .hidden),
      outputGroups: count("compressed.output_groups", .heads),
      outputRank: count("compressed.output_rank", .hidden),
      window: count("compressed.window", .tokens),
      ratio: optionalCount("compressed.ratio", .tokens), indexer: indexer())
  }

  // MARK: Recurrences

  private func recurrent() -> TokenMixer {
    guard let kind = word("recurrent.kind", RecurrentWord.self) else { return .none }
    let stateBytes = optionalCount("recurrent.state_bytes", .heads) ?? 2
    switch kind {
    case .gatedDelta:
      return .recurrent(
        .gatedDelta(
          GatedDeltaNet(
            keyHeads: count("recurrent.key_heads", .heads),
            valueHeads: count("recurrent.heads", .heads),
            keyDimension: count("recurrent.key_dim", .heads),
            valueDimension: count("recurrent.value_dim", .heads),
            convolutionWidth: count("recurrent.convolution", .heads),
            stateBytesPerElement: stateBytes)))
    case .kimiDelta:
      return .recurrent(
        .kimiDelta(
          KimiDeltaAttention(
            heads: count("recurrent.heads", .heads),
            headDimension: count("recurrent.value_dim", .heads),
            convolutionWidth: count("recurrent.convolution", .heads),
            decayRank: optionalCount("recurrent.rank", .hidden),
            gateRank: optionalCount("recurrent.groups", .hidden),
            stateBytesPerElement: stateBytes)))
    case .lightning:
      return .recurrent(
        .lightning(
          LightningAttention(
            heads: count("recurrent.heads", .heads),
            headDimension: count("recurrent.value_dim", .heads),
            stateBytesPerElement: stateBytes)))
    case .mamba: return .recurrent(.mamba1(mamba1(stateBytes)))
    case .mamba2: return .recurrent(.mamba2(mamba2(stateBytes)))
    case .described: return .recurrent(.described(described(stateBytes)))
    }
  }

  private func mamba1(_ stateBytes: Int) -> Mamba1 {
    var mamba = Mamba1(
      channels: count("recurrent.width", .inner), stateDimension: count("recurrent.state", .heads),
      timeStepRank: count("recurrent.rank", .hidden),
      convolutionWidth: count("recurrent.convolution", .heads),
      hasConvolutionBias: flag("recurrent.convolution_bias"), stateBytesPerElement: stateBytes)
    mamba.hasProjectionBias = flag("recurrent.bias")
    mamba.hasInnerNorms = flag("recurrent.inner")
    return mamba
  }

  private func mamba2(_ stateBytes: Int) -> Mamba2 {
    var mamba = Mamba2(
      heads: count("recurrent.heads", .heads),
      headDimension: count("recurrent.value_dim", .heads),
      stateDimension: count("recurrent.state", .heads),
      headGroups: count("recurrent.groups", .heads),
      convolutionWidth: count("recurrent.convolution", .heads),
      hasConvolutionBias: flag("recurrent.convolution_bias"), stateBytesPerElement: stateBytes)
    mamba.hasProjectionBias = flag("recurrent.bias")
    mamba.hasNorm = flag("recurrent.inner")
    return mamba
  }

  private func described(_ stateBytes: Int) -> DescribedRecurrence {
    DescribedRecurrence(
      name: value("recurrent.name").text ?? table.type, matrices: matrices("recurrent"),
      innerMatrixParameters: countOrNone("recurrent.inner", .parameters),
      vectorParameters: countOrNone("recurrent.vectors", .parameters),
      stateElements: countOrNone("recurrent.state_elements", .parameters),
      stateBytesPerElement: stateBytes,
      convolutionElements: countOrNone("recurrent.convolution_elements", .parameters),
      recurrenceFLOPsPerToken: countOrNone("recurrent.flops", .parameters),
      channels: count("recurrent.width", .inner))
  }
}
