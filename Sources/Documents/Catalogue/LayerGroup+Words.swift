internal import ModelArchitecture
internal import Rendering
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
      case .sliding(let tokens) where isBidirectional:
        ", \(NumberText.grouped(tokens)) tokens around"
      case .sliding(let tokens): ", the last \(NumberText.grouped(tokens)) tokens"
      case .chunked(let tokens): ", chunks of \(NumberText.grouped(tokens)) tokens"
      case nil: isBidirectional ? ", the whole text" : ""
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
    let bytes = Words.bytes(Double(layer.stateBytesPerSequence))
    return "\(kind) with a state of \(bytes) per sequence"
  }
}

extension MixtureOfExperts {
  fileprivate var words: String {
    "\(topK) of \(experts) experts of \(NumberText.grouped(inner))"
      + (sharedInner > 0 ? ", shared expert of \(NumberText.grouped(sharedInner))" : "")
  }
}

extension Architecture {
  /// `594 GB: int4 by 32 98.9 %, bf16 1.14 % of the weights`; nil where the formats are not known.
  var storedWeightsWords: String? {
    if case .unspecified = checkpointWeights { return nil }
    let bytes = Words.bytes(storedBytes)
    let formats = weightsByFormat
    guard formats.count > 1 else { return bytes }
    let total = Double(parameterCount.total)
    return bytes + ": "
      + formats.map { entry in
        let share = NumberText.significant(100 * Double(entry.parameters) / total, 3)
        return "\(entry.format.words) \(share) %"
      }.joined(separator: ", ") + " of the weights"
  }
}

extension StoredFormat {
  var words: String {
    let name: String =
      switch numbers {
      case .bfloat16: "bf16"
      case .float8: "fp8"
      case .float8Blocks(let rows, let columns): "fp8 by \(rows) x \(columns)"
      case .mxFloat8: "mxfp8"
      case .mxFloat4: "mxfp4"
      case .nvFloat4: "nvfp4"
      case .normalFloat4: "nf4"
      case .integer(let bits): "int\(bits)" + (group.map { " by \($0)" } ?? "")
      }
    return name + (activations == .wide ? " (weights only)" : "")
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
    case .mxfp8: "mxfp8"
    case .mxfp4Experts: "mxfp4 experts, the rest bf16"
    case .mxfp4: "mxfp4"
    case .nvfp4: "nvfp4"
    case .normalFloat4: "nf4"
    case .integer(let bits, let groupSize, let expertsOnly):
      "int\(bits)" + (groupSize.map { " in groups of \($0)" } ?? "")
        + (expertsOnly ? ", experts only" : "")
    case .unspecified(let method, let reason): "\(method): \(reason)"
    }
  }
}
