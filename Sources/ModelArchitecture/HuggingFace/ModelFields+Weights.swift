internal import Diagnostics

extension ModelFields {
  /// What the file says of its weights: `quantization_config` first, else the data type.
  var checkpointWeights: CheckpointWeights? {
    if let node = optionalAnywhere("quantization_config") { return quantized(node.mapping()) }
    switch (optionalAnywhere("torch_dtype") ?? optionalAnywhere("dtype"))?.string() {
    case "bfloat16": return .bfloat16
    case "float16": return .float16
    case "float32": return .float32
    default: return nil
    }
  }

  private func quantized(_ config: ConfigMapping) -> CheckpointWeights {
    let method = config.required("quant_method")?.string() ?? ""
    switch method {
    case "fp8", "fbgemm_fp8":
      return block(config.optional("weight_block_size")) ?? .fp8PerTensor
    case "mxfp4":
      return .mxfp4Experts
    case "modelopt":
      switch config.optional("quant_algo")?.string() {
      case "FP8": return .fp8PerTensor
      case "NVFP4": return .nvfp4
      default: return .unspecified(method: method)
      }
    case "awq", "gptq":
      guard let bits = config.optional("bits")?.integer(in: 1...16) else { break }
      let group = config.optional("group_size").flatMap { groupSize($0) }
      return .integer(bits: bits, groupSize: group, expertsOnly: false)
    case "compressed-tensors":
      return compressed(config) ?? .unspecified(method: method)
    default:
      break
    }
    return .unspecified(method: method)
  }

  private func block(_ node: ConfigNode?) -> CheckpointWeights? {
    guard let node else { return nil }
    let sides = node.sequence().map { $0.integer(in: 1...Limit.hidden.rawValue) }
    guard sides.count == 2 else {
      node.report("wrong-type", "`\(node.path)` must be a list of two numbers")
      return nil
    }
    return .fp8Block(rows: sides[0], columns: sides[1])
  }

  /// The first of the `config_groups`; the files seen so far have only one.
  private func compressed(_ config: ConfigMapping) -> CheckpointWeights? {
    guard let groups = config.optional("config_groups"), groups.isMapping,
      let group = groups.mapping().entries().first?.value, group.isMapping,
      let weights = group.mapping().optional("weights")?.mapping(),
      let bits = weights.optional("num_bits")?.integer(in: 1...16)
    else { return nil }
    let size = weights.optional("group_size").flatMap { groupSize($0) }
    switch (weights.optional("type")?.string(), bits) {
    case ("float", 8): return block(weights.optional("block_structure")) ?? .fp8PerTensor
    case ("float", 4): return .nvfp4
    case ("int", _):
      let ignored = config.optional("ignore").map { $0.sequence().map { $0.string() } } ?? []
      return .integer(
        bits: bits, groupSize: size, expertsOnly: ignored.contains { $0.contains("self_attn") })
    default: return nil
    }
  }

  /// -1 stands for one scale a channel.
  private func groupSize(_ node: ConfigNode) -> Int? {
    let size = node.integer(in: -1...Limit.inner.rawValue)
    return size > 0 ? size : nil
  }
}
