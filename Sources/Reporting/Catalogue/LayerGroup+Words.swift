internal import ModelArchitecture
internal import Units

extension LayerGroup {
  /// `32 x attention of 32 heads over 8 of keys and values, 128 wide; feed-forward of 14,336`
  var words: String {
    var parts: [String] = []
    switch mixer {
    case .attention(let attention): parts.append(attention.words)
    case .latentAttention(let attention): parts.append(attention.words)
    case .compressedAttention(let attention): parts.append(attention.words)
    case .recurrent(let recurrent): parts.append(recurrent.words)
    case .none: break
    }
    switch feedForward {
    case .dense(let dense): parts.append("feed-forward of \(NumberText.grouped(dense.inner))")
    case .experts(let experts): parts.append(experts.words)
    case nil: break
    }
    return "\(count) x " + parts.joined(separator: "; ")
  }
}

extension Attention {
  fileprivate var words: String {
    let seen: String =
      switch window {
      case .sliding(let tokens): ", the last \(NumberText.grouped(tokens)) tokens"
      case .chunked(let tokens): ", chunks of \(NumberText.grouped(tokens)) tokens"
      case nil: ""
      }
    return "attention of \(heads) heads, \(keyValueHeads) of keys and values, \(headDimension) wide"
      + seen + (selection.map { ", the best \(NumberText.grouped($0.topK)) tokens" } ?? "")
  }
}

extension LatentAttention {
  fileprivate var words: String {
    "latent attention of \(heads) heads, \(keyValueRank) + \(ropeDimension) numbers kept per token"
      + (indexer.map { ", the best \(NumberText.grouped($0.topK)) tokens" } ?? "")
  }
}

extension CompressedAttention {
  fileprivate var words: String {
    let seen = "the last \(NumberText.grouped(window)) tokens"
    guard let ratio else { return "attention of \(heads) heads, \(seen)" }
    let entries =
      indexer.map { "the best \(NumberText.grouped($0.topK)) entries" } ?? "an entry"
    return "compressed attention of \(heads) heads, \(seen) and \(entries) of every "
      + "\(ratio) tokens"
  }
}

extension RecurrentMixer {
  fileprivate var words: String {
    let kind =
      switch self {
      case .gatedDelta: "gated delta net"
      case .kimiDelta: "Kimi delta attention"
      case .lightning: "lightning attention"
      case .mamba1: "Mamba"
      case .mamba2: "Mamba-2"
      case .described(let layer): layer.name
      }
    let bytes = ReportWords.bytes(Double(layer.stateBytesPerSequence))
    return "\(kind) with a state of \(bytes) per sequence"
  }
}

extension MixtureOfExperts {
  fileprivate var words: String {
    "\(topK) of \(experts) experts of \(NumberText.grouped(inner))"
      + (sharedInner > 0 ? ", shared expert of \(NumberText.grouped(sharedInner))" : "")
  }
}

extension CheckpointWeights {
  var words: String {
    switch self {
    case .float32: "32-bit floats"
    case .float16: "fp16"
    case .bfloat16: "bf16"
    case .fp8PerTensor: "fp8 with a scale per tensor"
    case .fp8Block(let rows, let columns): "fp8 with a scale per block of \(rows) x \(columns)"
    case .mxfp4Experts: "mxfp4 experts, the rest bf16"
    case .nvfp4: "nvfp4"
    case .integer(let bits, let groupSize, let expertsOnly):
      "int\(bits)" + (groupSize.map { " in groups of \($0)" } ?? "")
        + (expertsOnly ? ", experts only" : "")
    case .unspecified(let method): "\(method), of unknown width"
    }
  }
}
