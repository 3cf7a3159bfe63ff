internal import Diagnostics

// Files that say what each group of modules is in: compressed-tensors, modelopt and Quark.
extension CheckpointQuantization {
  mutating func readCompressed(_ config: ConfigMapping) {
    if let node = config.optional("sparsity_config"), node.isMapping,
      let format = node.mapping().optional("format")?.string(), format != "dense"
    {
      unread = "weights that are left out (`sparsity_config`: `\(format)`)"
      return
    }
    add(config.optional("ignore"), as: .bfloat16)
    hasFP8Cache = Self.isFP8(config.optional("kv_cache_scheme"))
    readGroups(config)
  }

  private mutating func readGroups(_ config: ConfigMapping) {
    guard let groups = config.optional("config_groups"), groups.isMapping else {
      unread = "`config_groups` is missing"
      return
    }
    let whole = config.optional("format")?.string()
    for (name, node) in groups.mapping().entries() where node.isMapping {
      let group = node.mapping()
      let form = group.optional("format")?.string() ?? whole
      guard let format = Self.format(of: group, form) else {
        unread = "`config_groups.\(name)` \(Self.shown(group))is not understood"
        return
      }
      if let targets = group.optional("targets") {
        add(targets, as: format)
      } else {
        add(["Linear"], as: format, node)
      }
    }
  }

  /// `(int of 2 bits) `, as far as it is stated.
  private static func shown(_ group: ConfigMapping) -> String {
    guard let node = group.optional("weights"), node.isMapping else { return "" }
    let weights = node.mapping()
    guard let type = weights.optional("type")?.string(),
      let bits = weights.optional("num_bits")?.scalarText
    else { return "" }
    return "(\(type) of \(bits) bits) "
  }

  /// Nil for what is not understood.
  private static func format(of group: ConfigMapping, _ form: String?) -> StoredFormat? {
    guard let node = group.optional("weights"), node.isMapping,
      let bits = node.mapping().optional("num_bits")?.integer(in: 1...16)
    else { return nil }
    let weights = node.mapping()
    let size = weights.optional("group_size").flatMap(groupSize)
    let activations = activations(group.optional("input_activations"), weights: bits)
    switch (weights.optional("type")?.string() ?? "int", bits) {
    case ("float", 8):
      if form?.hasPrefix("mxfp8") == true || size == 32 {
        return StoredFormat(.mxFloat8, activations: activations)
      }
      let block = float8(weights.optional("block_structure"))
      return StoredFormat(block, activations: activations)
    case ("float", 4):
      let isMX = form?.hasPrefix("mxfp4") == true || size == 32
      return StoredFormat(isMX ? .mxFloat4 : .nvFloat4, activations: activations)
    case ("int", 4), ("int", 8):
      let isSymmetric = weights.optional("symmetric")?.scalarText?.lowercased() != "false"
      return StoredFormat(
        .integer(bits: bits), group: size, hasZeroPoints: !isSymmetric, activations: activations)
    default: return nil
    }
  }

  private static func activations(
    _ node: ConfigNode?, weights bits: Int
  ) -> StoredFormat.Activations {
    guard let node, node.isMapping,
      let own = node.mapping().optional("num_bits")?.integer(in: 1...16), own < 16
    else { return .wide }
    return own == bits ? .likeWeights : .eightBits
  }

  /// `FP8`, or a scheme of 8-bit floats.
  static func isFP8(_ node: ConfigNode?) -> Bool {
    guard let node, !node.isNull else { return false }
    guard node.isMapping else { return node.string().uppercased() == "FP8" }
    let scheme = node.mapping()
    return scheme.optional("num_bits")?.integer(in: 1...16) == 8
      && scheme.optional("type")?.string() == "float"
  }

  /// What NVIDIA's tool writes into `config.json` and, nested, into `hf_quant_config.json`.
  static func modelopt(_ config: ConfigMapping) -> CheckpointQuantization {
    var quantization = CheckpointQuantization(method: "modelopt")
    quantization.hasFP8Cache =
      isFP8(config.optional("kv_cache_scheme")) || isFP8(config.optional("kv_cache_quant_algo"))
    quantization.add(config.optional("ignore"), as: .bfloat16)
    quantization.add(config.optional("exclude_modules"), as: .bfloat16)
    quantization.add(config.optional("modules_to_not_convert"), as: .bfloat16)
    let algorithm = config.optional("quant_algo")?.string().uppercased() ?? ""
    if algorithm == "MIXED_PRECISION" {
      quantization.readQuantizedLayers(config)
      return quantization
    }
    let group = config.optional("group_size").flatMap(groupSize)
    if let format = format(ofAlgorithm: algorithm, group) {
      quantization.fallback = format
    } else {
      let name = algorithm.isEmpty ? "" : " \(algorithm)"
      quantization.unread = "`quant_algo`\(name) is \(name.isEmpty ? "missing" : "not understood")"
    }
    return quantization
  }

  static func format(ofAlgorithm name: String, _ group: Int?) -> StoredFormat? {
    switch name {
    case "FP8", "FP8_PER_CHANNEL_PER_TOKEN": StoredFormat(.float8)
    case "FP8_PB_WO", "FP8_PB_REAL": StoredFormat(.float8Blocks(rows: 128, columns: 128))
    case "MXFP8": StoredFormat(.mxFloat8)
    case "NVFP4", "NVFP4_AWQ", "NVFP4_SVD": StoredFormat(.nvFloat4)
    case "W4A16_NVFP4", "NVFP4_W4A16": StoredFormat(.nvFloat4, activations: .wide)
    case "W4A8_NVFP4_FP8": StoredFormat(.nvFloat4, activations: .eightBits)
    case "MXFP4": StoredFormat(.mxFloat4)
    case "W4A8_MXFP4_FP8": StoredFormat(.mxFloat4, activations: .eightBits)
    case "W4A16", "W4A16_AWQ", "INT4_AWQ":
      StoredFormat(.integer(bits: 4), group: group ?? 128, activations: .wide)
    case "W4A8_AWQ":
      StoredFormat(.integer(bits: 4), group: group ?? 128, activations: .eightBits)
    case "W8A16": StoredFormat(.integer(bits: 8), activations: .wide)
    case "W8A8_SQ_PER_CHANNEL", "INT8_SQ", "INT8": StoredFormat(.integer(bits: 8))
    case "UNQUANTIZED", "NO_QUANT", "NONE", "BF16": .bfloat16
    default: nil
    }
  }

  /// Every quantized module by its name; what is not there is in 16 bits.
  private mutating func readQuantizedLayers(_ config: ConfigMapping) {
    guard let node = config.optional("quantized_layers"), node.isMapping else {
      if config.optional("config_groups") != nil { return readGroups(config) }
      unread = "`quantized_layers` is missing"
      return
    }
    var names: [StoredFormat: [String]] = [:]
    var order: [StoredFormat] = []
    for (name, entry) in node.mapping().entries() where entry.isMapping {
      let own = entry.mapping()
      let algorithm = own.optional("quant_algo")?.string().uppercased() ?? ""
      let group = own.optional("group_size").flatMap(Self.groupSize)
      guard let format = Self.format(ofAlgorithm: algorithm, group) else {
        unread = "`\(name)` in \(algorithm) is not understood"
        return
      }
      if names[format] == nil { order.append(format) }
      names[format, default: []].append(name)
    }
    for format in order { add(names[format] ?? [], as: format, node) }
  }

  mutating func readQuark(_ config: ConfigMapping) {
    add(config.optional("exclude"), as: .bfloat16)
    add(config.optional("exclude_layers"), as: .bfloat16)
    for (name, node) in config.optional("layer_quant_config")?.mapping().entries() ?? [] {
      guard let format = Self.quark(node) else {
        unread = "`layer_quant_config.\(name)` is not understood"
        return
      }
      add([name], as: format, node)
    }
    let whole = config.optional("global_quant_config")
    // Nothing for the whole: what no layer's entry names stays as it is.
    if whole?.isMapping == true, whole?.mapping().optional("weight") == nil, !rules.isEmpty {
      return
    }
    guard let format = Self.quark(whole) else {
      unread = "`global_quant_config` is not understood"
      return
    }
    fallback = format
  }

  private static func quark(_ node: ConfigNode?) -> StoredFormat? {
    guard let node, node.isMapping else { return nil }
    let entry = node.mapping()
    guard let stated = entry.optional("weight") else { return nil }
    if stated.isNull { return .bfloat16 }
    // Of several stages the last is what is stored.
    guard let weight = stated.isSequence ? stated.sequence().last : stated, weight.isMapping
    else { return nil }
    let map = weight.mapping()
    let inputs = entry.optional("input_tensors").flatMap { $0.isMapping ? $0.mapping() : nil }
    let own = map.optional("dtype")?.string() ?? ""
    let activations: StoredFormat.Activations =
      switch inputs?.optional("dtype")?.string() {
      case nil: .wide
      case own: .likeWeights
      default: .eightBits
      }
    let group = map.optional("group_size").flatMap(groupSize)
    switch own {
    case "fp4", "fp4_e2m1", "mxfp4": return StoredFormat(.mxFloat4, activations: activations)
    case "fp8_e4m3": return StoredFormat(.float8, activations: activations)
    case "int4", "uint4":
      return StoredFormat(
        .integer(bits: 4), group: group, hasZeroPoints: own == "uint4", activations: activations)
    case "int8": return StoredFormat(.integer(bits: 8), group: group, activations: activations)
    default: return nil
    }
  }
}
