internal import Diagnostics

extension CheckpointQuantization {
  /// Nil where the checkpoint is not quantized.
  ///
  /// - Parameter beside: the whole of `hf_quant_config.json`, which counts where `config.json` says
  ///   nothing, as in vLLM and TensorRT-LLM.
  static func read(
    _ fields: ModelFields, beside: ConfigMapping? = nil
  ) -> CheckpointQuantization? {
    for key in ["quantization_config", "compression_config"] {
      guard let node = fields.optionalAnywhere(key), node.isMapping else { continue }
      return read(node.mapping(), experts: fields.optionalAnywhere("expert_dtype"))
    }
    guard let beside, let node = beside.optional("quantization"), node.isMapping else { return nil }
    return modelopt(node.mapping())
  }

  private static func read(
    _ config: ConfigMapping, experts: ConfigNode?
  ) -> CheckpointQuantization? {
    let method = config.optional("quant_method")?.string().lowercased() ?? unnamed(config)
    var quantization = CheckpointQuantization(method: method ?? "")
    switch method {
    case nil:
      _ = config.required("quant_method")
      return nil
    case "fp8", "fbgemm_fp8":
      quantization.readFloat8(config)
      quantization.readExperts(config, stated: experts)
    case "mxfp4":
      quantization.fallback = StoredFormat(.mxFloat4, activations: .eightBits)
      quantization.expertsAlone = true
      quantization.add(config.optional("modules_to_not_convert"), as: .bfloat16)
    case "awq", "gptq", "auto-round", "intel/auto-round", "auto_round", "awq_marlin", "gptq_marlin":
      quantization.readIntegers(config)
    case "compressed-tensors": quantization.readCompressed(config)
    case "bitsandbytes": quantization.readBitsAndBytes(config)
    case "quark": quantization.readQuark(config)
    case "torchao": quantization.readTorchAO(config)
    case let method? where method.hasPrefix("modelopt"): return modelopt(config)
    default: quantization.unread = "`\(method ?? "")` is a method that is not understood"
    }
    return quantization
  }

  /// Older files of modelopt leave the method out.
  private static func unnamed(_ config: ConfigMapping) -> String? {
    if config.optional("quant_algo") != nil { return "modelopt" }
    return config.optional("config_groups") != nil ? "compressed-tensors" : nil
  }

  private mutating func readFloat8(_ config: ConfigMapping) {
    fallback = StoredFormat(Self.float8(config.optional("weight_block_size")))
    add(config.optional("modules_to_not_convert"), as: .bfloat16)
    add(config.optional("ignored_layers"), as: .bfloat16)
  }

  /// Routed experts in a format of their own: `expert_dtype` of DeepSeek-V4, which stands beside
  /// the map or in it, and `moe_quant_algo` of NVIDIA's files, which replaces it.
  ///
  /// FP4 experts are MXFP4: two numbers a byte and a scale for 32 (`FP8Experts` in transformers
  /// 5.24). Their activations are in 8 bits.
  private mutating func readExperts(_ config: ConfigMapping, stated: ConfigNode?) {
    if let node = config.optional("moe_quant_algo"), !node.isNull {
      let group = config.optional("group_size").flatMap(Self.groupSize)
      if let format = Self.format(ofAlgorithm: node.string().uppercased(), group) {
        add([Self.expertClass], as: format, node)
      } else {
        unread = "`moe_quant_algo` \(node.string()) is not understood"
      }
      return
    }
    guard let node = config.optional("expert_dtype") ?? stated, !node.isNull else { return }
    switch node.string().lowercased() {
    case "fp8": break
    case "fp4":
      add([Self.expertClass], as: StoredFormat(.mxFloat4, activations: .eightBits), node)
    default: unread = "`expert_dtype` \(node.string()) is not understood"
    }
  }

  private static let expertClass = "RoutedExperts"

  /// A list of two sides, or the same as text: `128x128`.
  static func float8(_ node: ConfigNode?) -> StoredFormat.Numbers {
    guard let node, !node.isNull else { return .float8 }
    if !node.isSequence {
      let sides = node.string().split(separator: "x").compactMap { Int($0) }
      guard sides.count == 2, sides.allSatisfy({ $0 > 0 && $0 <= Limit.hidden.rawValue }) else {
        node.report("wrong-type", "`\(node.path)` must be a list of two numbers")
        return .float8
      }
      return .float8Blocks(rows: sides[0], columns: sides[1])
    }
    let sides = node.sequence().map { $0.integer(in: 1...Limit.hidden.rawValue) }
    guard sides.count == 2 else {
      node.report("wrong-type", "`\(node.path)` must be a list of two numbers")
      return .float8
    }
    return .float8Blocks(rows: sides[0], columns: sides[1])
  }

  /// AWQ, GPTQ and AutoRound: integers with a scale and a zero point a group.
  private mutating func readIntegers(_ config: ConfigMapping) {
    guard let bits = config.optional("bits") ?? config.optional("w_bit") else {
      unread = "`bits` is missing"
      return
    }
    if let type = config.optional("data_type")?.string(), type != "int" {
      unread = "`data_type` `\(type)` is not understood"
      return
    }
    let group = config.optional("group_size") ?? config.optional("q_group_size")
    fallback = Self.integers(bits.integer(in: 1...16), group)
    readDynamic(config.optional("dynamic"), group)
    readDynamic(config.optional("extra_config"), group)
    add(config.optional("modules_to_not_convert"), as: .bfloat16)
    quantizesHead = config.optional("lm_head")?.scalarText?.lowercased() == "true"
  }

  /// The layouts of AWQ and GPTQ keep a zero point a group whether it is used or not.
  private static func integers(_ bits: Int, _ group: ConfigNode?) -> StoredFormat {
    if bits == 16 { return .bfloat16 }
    return StoredFormat(
      .integer(bits: bits), group: group.flatMap(groupSize), hasZeroPoints: true, activations: .wide
    )
  }

  /// -1 stands for one scale a channel.
  static func groupSize(_ node: ConfigNode) -> Int? {
    if node.isNull { return nil }
    let size = node.integer(in: -1...Limit.inner.rawValue)
    return size > 0 ? size : nil
  }

  /// `-:` before an expression leaves modules as they are; `+:` or nothing gives them other bits.
  private mutating func readDynamic(_ node: ConfigNode?, _ usual: ConfigNode?) {
    guard let node, node.isMapping else { return }
    for (key, entry) in node.mapping().entries() {
      let isOut = key.hasPrefix("-:")
      let text = isOut || key.hasPrefix("+:") ? String(key.dropFirst(2)) : key
      var format = isOut ? StoredFormat.bfloat16 : fallback
      if !isOut, entry.isMapping {
        let own = entry.mapping()
        let bits = own.optional("bits").map { $0.integer(in: 1...16) }
        if case .integer(let other) = fallback.numbers {
          format = Self.integers(bits ?? other, own.optional("group_size") ?? usual)
        }
      }
      var patterns = ModulePatterns()
      let isName = !text.contains { "*+?()[]|\\^$".contains($0) }
      let isRead = isName ? patterns.add(text) : patterns.add(regularExpression: text)
      if !isRead {
        entry.report(
          "unsupported-value", "`\(node.path)` has a pattern that is not understood: \(key)")
      }
      rules.append(Rule(patterns: patterns, format: format))
    }
  }

  private mutating func readBitsAndBytes(_ config: ConfigMapping) {
    if config.optional("load_in_4bit")?.scalarText?.lowercased() == "true" {
      fallback = StoredFormat(.normalFloat4, activations: .wide)
    } else {
      fallback = StoredFormat(.integer(bits: 8), activations: .likeWeights)
    }
    add(config.optional("llm_int8_skip_modules"), as: .bfloat16)
  }

  private mutating func readTorchAO(_ config: ConfigMapping) {
    let type = config.optional("quant_type").flatMap { $0.isMapping ? $0.mapping() : nil }
    let entry = type?.optional("default").flatMap { $0.isMapping ? $0.mapping() : nil }
    let name = entry?.optional("_type")?.string() ?? config.optional("quant_type")?.string() ?? ""
    let data = entry?.optional("_data").flatMap { $0.isMapping ? $0.mapping() : nil }
    let group = data?.optional("group_size").flatMap(Self.groupSize)
    switch name {
    case "Float8DynamicActivationFloat8WeightConfig": fallback = StoredFormat(.float8)
    case "Float8WeightOnlyConfig": fallback = StoredFormat(.float8, activations: .wide)
    case "Int8DynamicActivationInt8WeightConfig": fallback = StoredFormat(.integer(bits: 8))
    case "Int8WeightOnlyConfig", "int8_weight_only":
      fallback = StoredFormat(.integer(bits: 8), activations: .wide)
    case "Int4WeightOnlyConfig", "int4_weight_only":
      fallback = StoredFormat(
        .integer(bits: 4), group: group ?? 128, hasZeroPoints: true, activations: .wide)
    default: unread = "`quant_type` \(name) is not understood"
    }
    add(config.optional("modules_to_not_convert"), as: .bfloat16)
  }
}
