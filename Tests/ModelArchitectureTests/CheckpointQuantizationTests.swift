import Diagnostics
import Testing

@testable import ModelArchitecture

struct CheckpointQuantizationTests {
  /// Llama-3.1-8B and Qwen3-30B-A3B with what is under test.
  private func read(
    _ quantization: String, experts: Bool = false, key: String = "quantization_config",
    beside: String? = nil
  ) throws -> Architecture {
    let shape =
      experts
      ? #"""
      "model_type": "qwen3_moe", "hidden_size": 2048, "num_hidden_layers": 48, "head_dim": 128,
      "num_attention_heads": 32, "num_key_value_heads": 4, "num_experts": 128,
      "num_experts_per_tok": 8, "moe_intermediate_size": 768, "vocab_size": 151936
      """#
      : #"""
      "model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32,
      "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336,
      "vocab_size": 128256
      """#
    let own = quantization.isEmpty ? "" : #", "\#(key)": \#(quantization)"#
    return try HuggingFaceConfig.read(
      "{\(shape)\(own)}", file: "config.json", name: "under test",
      beside: beside.map { .init(text: $0, path: "hf_quant_config.json") })
  }

  private func expect(_ model: Architecture, _ gigabytes: Double) {
    let ratio = model.storedBytes / (gigabytes * 1e9)
    #expect(abs(ratio - 1) < 0.005)
  }

  private static let int4 = #""weights": {"num_bits": 4, "type": "int", "group_size": 128}"#

  /// Sums over the tensors of such checkpoints, GB.
  private static let sized: [(quantization: String, experts: Bool, gigabytes: Double)] = [
    // Attention and the way down stay in 16 bits.
    (
      #"{"quant_method": "compressed-tensors", "ignore": ["lm_head", "re:.*self_attn.*", "#
        + #""re:.*down_proj"], "config_groups": {"a": {"targets": ["Linear"], \#(Self.int4)}}}"#,
      false, 10.50
    ),
    (
      #"{"quant_method": "compressed-tensors", "ignore": ["re:.*self_attn.*", "#
        + #""re:.*down_proj"], "config_groups": {"a": {"targets": ["Linear"], \#(Self.int4)}}}"#,
      true, 32.45
    ),
    // Attention in FP8, feed-forwards in NVFP4.
    (
      #"{"quant_method": "compressed-tensors", "config_groups": {"a": {"targets": "#
        + #"["re:.*self_attn.*"], "weights": {"num_bits": 8, "type": "float"}}, "#
        + #""b": {"targets": ["re:.*mlp.*"], "weights": {"num_bits": 4, "#
        + #""type": "float", "group_size": 16}}}}"#,
      true, 18.48
    ),
    (
      #"{"quant_method": "gptq", "bits": 4, "group_size": 128, "dynamic": "#
        + #"{"-:.*self_attn.*": {}, "+:.*down.*": {"bits": 8}}}"#, false, 8.66
    ),
    (#"{"quant_method": "fp8", "weight_block_size": "128x128"}"#, false, 9.08),
    (#"{"quant_algo": "NVFP4", "ignore": ["lm_head"]}"#, false, 6.03),
    (#"{"quant_method": "mxfp4"}"#, false, 16.06),
    (
      #"{"quant_method": "quark", "global_quant_config": {"weight": {"dtype": "fp4", "#
        + #""group_size": 32}}}"#, false, 5.81
    ),
  ]

  @Test("weights are what the file says of each module", arguments: sized)
  func sizes(quantization: String, experts: Bool, gigabytes: Double) throws {
    let model = try read(quantization, experts: experts)
    expect(model, gigabytes)
  }

  @Test("published checkpoints have the size of their files")
  func publishedSizes() throws {
    let kimi = try ModelCatalogue.load(nameOrPath: "Kimi-K2.5")
    expect(kimi, 594.2)
    let deepSeek = try ModelCatalogue.load(nameOrPath: "DeepSeek-V3.2")
    expect(deepSeek, 674.0)
    let gptOss = try ModelCatalogue.load(nameOrPath: "gpt-oss-120b")
    expect(gptOss, 65.2)
  }

  @Test("each part of a layer has its own format")
  func parts() throws {
    let kimi = try ModelCatalogue.load(nameOrPath: "Kimi-K2.5")
    let formats = try #require(kimi.groups.last?.frame.formats)
    #expect(formats.quantizedParts == [.expertUp, .expertDown])
    #expect(formats[.expertUp] == StoredFormat(.integer(bits: 4), group: 32, activations: .wide))
    #expect(formats[.attentionOutput] == .bfloat16)
  }

  @Test("a file beside the config counts where the config says nothing")
  func besideTheConfig() throws {
    let beside = #"""
      {"quantization": {"quant_algo": "NVFP4", "kv_cache_quant_algo": "FP8",
       "exclude_modules": ["lm_head", "model.layers.0.self_attn*"]}}
      """#
    let model = try read("", beside: beside)
    #expect(model.checkpointWeights == .nvfp4)
    #expect(model.hasFP8Cache)
    #expect(model.groups.map(\.count) == [1, 31])
    let stated = try read(#"{"quant_method": "fp8"}"#, beside: beside)
    #expect(stated.checkpointWeights == .fp8PerTensor)
  }

  @Test("mixed precision names every module, and an older key is read as the newer one")
  func mixedPrecision() throws {
    let model = try read(
      #"""
      {"quant_algo": "MIXED_PRECISION", "quantized_layers": {
        "model.layers.0.mlp.gate_proj": {"quant_algo": "FP8"},
        "model.layers.0.mlp.up_proj": {"quant_algo": "FP8"},
        "model.layers.0.mlp.down_proj": {"quant_algo": "W4A16_NVFP4", "group_size": 16}}}
      """#, key: "compression_config")
    let formats = try #require(model.groups[0].frame.formats)
    #expect(formats.quantizedParts == [.denseUp, .denseDown])
    #expect(formats[.denseDown].activations == .wide)
    #expect(model.groups.map(\.count) == [1, 31])
  }

  @Test(
    "the cache is FP8 where the checkpoint brings its scales",
    arguments: [
      (#"{"quant_algo": "FP8", "kv_cache_scheme": "FP8"}"#, true),
      (#"{"quant_algo": "FP8", "kv_cache_scheme": {"num_bits": 8, "type": "float"}}"#, true),
      (#"{"quant_algo": "FP8", "kv_cache_quant_algo": null}"#, false),
      (
        #"{"quant_method": "compressed-tensors", "kv_cache_scheme": {"num_bits": 8, "type": "#
          + #""float"}, "config_groups": {}}"#, true
      ),
      (#"{"quant_method": "fp8"}"#, false),
    ])
  func cache(quantization: String, isFP8: Bool) throws {
    #expect(try read(quantization).hasFP8Cache == isFP8)
  }

  @Test(
    "what is not understood is named and never taken as bf16",
    arguments: [
      (#"{"quant_method": "exl3", "bits": 4.0}"#, "`exl3` is a method that is not understood"),
      (#"{"quant_algo": "FP3"}"#, "`quant_algo` FP3 is not understood"),
      (
        #"{"quant_method": "compressed-tensors", "config_groups": {"a": {"targets": ["Linear"], "#
          + #""weights": {"num_bits": 2, "type": "int"}}}}"#,
        "`config_groups.a` (int of 2 bits) is not understood"
      ),
      (
        #"{"quant_method": "compressed-tensors", "sparsity_config": {"format": "#
          + #""sparse-24-bitmask"}}"#,
        "weights that are left out (`sparsity_config`: `sparse-24-bitmask`)"
      ),
      (#"{"quant_method": "gptq"}"#, "`bits` is missing"),
      (#"{"quant_method": "fp8", "expert_dtype": "fp3"}"#, "`expert_dtype` fp3 is not understood"),
      (#"{"quant_method": "fp8", "moe_quant_algo": "X"}"#, "`moe_quant_algo` X is not understood"),
    ])
  func unread(quantization: String, reason: String) throws {
    guard case .unspecified(_, let said) = try read(quantization).checkpointWeights else {
      Issue.record("it is read")
      return
    }
    #expect(said == reason)
  }

  private static let deepSeekV4 =
    #""model_type": "deepseek_v4", "hidden_size": 4096, "num_hidden_layers": 43"#

  /// Made of the published files' own words; sums over the tensors, GB.
  private static let expertsApart: [(text: String, gigabytes: Double)] = [
    // DeepSeek-V4-Flash: 277.0 of 284.3 billion weights are experts, in MXFP4 or NVFP4.
    (
      #"{\#(deepSeekV4), "expert_dtype": "fp4", "quantization_config": {"quant_method": "fp8", "#
        + #""weight_block_size": [128, 128]}}"#, 155.6
    ),
    (
      #"{\#(deepSeekV4), "expert_dtype": "fp4", "quantization_config": {"quant_method": "fp8", "#
        + #""moe_quant_algo": "NVFP4", "weight_block_size": [128, 128]}}"#, 164.3
    ),
    (
      #"{\#(deepSeekV4), "quantization_config": {"quant_method": "fp8", "expert_dtype": "fp8", "#
        + #""weight_block_size": [128, 128]}}"#, 285.5
    ),
    // Gemma 4's experts are beside its `mlp`, which stays in 16 bits.
    (
      #"{"model_type": "gemma4_text", "hidden_size": 2816, "num_hidden_layers": 30, "#
        + #""intermediate_size": 2112, "num_experts": 128, "top_k_experts": 8, "#
        + #""moe_intermediate_size": 704, "enable_moe_block": true, "head_dim": 256, "#
        + #""hidden_size_per_layer_input": 0, "num_attention_heads": 16, "#
        + #""num_key_value_heads": 8, "quantization_config": {"quant_algo": "NVFP4", "#
        + #""ignore": ["lm_head", "model.language_model.layers.*.mlp*", "#
        + #""model.language_model.layers.*.self_attn*"]}}"#, 17.8
    ),
  ]

  @Test("routed experts have the format that their file gives them alone", arguments: expertsApart)
  func formatsOfExperts(text: String, gigabytes: Double) throws {
    let model = try HuggingFaceConfig.read(text, file: "config.json", name: "under test")
    expect(model, gigabytes)
  }

  /// Llama-3.1-8B's head has 525 million weights, 1.05 GB in 16 bits.
  @Test(
    "a head that the file names has its format",
    arguments: [
      (
        #"{"quant_algo": "MIXED_PRECISION", "quantized_layers": {"lm_head": {"quant_algo": "#
          + #""W4A16_NVFP4", "group_size": 16}}}"#, StoredFormat(.nvFloat4, activations: .wide)
      ),
      (
        #"{"quant_algo": "MIXED_PRECISION", "config_groups": {"a": {"targets": ["lm_head"], "#
          + #""weights": {"num_bits": 8, "type": "float"}}}}"#,
        StoredFormat(.float8, activations: .wide)
      ),
      (
        #"{"quant_method": "gptq", "bits": 4, "group_size": 128, "lm_head": true}"#,
        StoredFormat(.integer(bits: 4), group: 128, hasZeroPoints: true, activations: .wide)
      ),
      (#"{"quant_algo": "NVFP4", "ignore": ["lm_head"]}"#, .bfloat16),
      (#"{"quant_method": "fp8"}"#, .bfloat16),
    ])
  func heads(quantization: String, format: StoredFormat) throws {
    let model = try read(quantization)
    #expect(model.surroundings.headFormat == format)
    var plain = model
    plain.surroundings.headFormat = .bfloat16
    let saved = (2 - format.bytesPerWeight) * Double(128_256 * 4096)
    #expect(abs(plain.storedBytes - model.storedBytes - saved) < 1)
  }

  @Test(
    "one fact in the words of several writers",
    arguments: [
      // What NVIDIA's tool, transformers and AMD's tool call what stays in 16 bits.
      (
        #"{"quant_method": "modelopt", "quant_algo": "FP8", "modules_to_not_convert": "#
          + #"["model.layers.*.self_attn"]}"#,
        #"{"quant_method": "modelopt", "quant_algo": "FP8", "ignore": ["*self_attn*"]}"#
      ),
      (
        #"{"quant_algo": "MIXED_PRECISION", "quantized_layers": {"model.layers.0.mlp.up_proj": "#
          + #"{"quant_algo": "FP8"}, "model.layers.0.mlp.gate_proj": {"quant_algo": "FP8"}, "#
          + #""model.layers.0.self_attn.o_proj": {"quant_algo": "UNQUANTIZED"}}}"#,
        #"{"quant_algo": "MIXED_PRECISION", "config_groups": {"a": {"targets": "#
          + #"["model.layers.0.mlp.up_proj", "model.layers.0.mlp.gate_proj"], "#
          + #""input_activations": {"num_bits": 8}, "weights": {"num_bits": 8, "type": "float"}}}}"#
      ),
      // Stages of one quantization: the last is stored.
      (
        #"{"quant_method": "quark", "global_quant_config": {"weight": [{"dtype": "fp8_e4m3"}, "#
          + #"{"dtype": "int4"}], "input_tensors": {"dtype": "fp8_e4m3"}}}"#,
        #"{"quant_method": "quark", "global_quant_config": {"weight": {"dtype": "int4"}, "#
          + #""input_tensors": {"dtype": "fp8_e4m3"}}}"#
      ),
      // Nothing for the whole.
      (
        #"{"quant_method": "quark", "global_quant_config": {}, "layer_quant_config": "#
          + #"{"*mlp*": {"weight": {"dtype": "fp4"}}}}"#,
        #"{"quant_method": "quark", "global_quant_config": {"weight": {"dtype": "fp4"}}, "#
          + #""exclude_layers": ["*self_attn*"]}"#
      ),
      // Where a model of pictures keeps its words.
      (
        #"{"quant_method": "awq", "bits": 4, "group_size": 128, "modules_to_not_convert": "#
          + #"["llm.model.layers.3.mlp", "vpm"]}"#,
        #"{"quant_method": "awq", "bits": 4, "group_size": 128, "modules_to_not_convert": "#
          + #"["model.layers.3.mlp"]}"#
      ),
    ])
  func writers(one: String, other: String) throws {
    let (first, second) = (try read(one), try read(other))
    #expect(first.weightsByFormat.map(\.format) == second.weightsByFormat.map(\.format))
    #expect(first.weightsByFormat.map(\.parameters) == second.weightsByFormat.map(\.parameters))
    #expect(first.checkpointFormat != nil)
  }

  /// Shares of the weights that are quantized, counted over the library's modules of the class's
  /// defaults.
  private static let patterns: [(family: String, shape: String, pattern: String, share: Double)] = [
    // Mamba stays quantized where attention does not.
    ("granitemoehybrid", wide, "self_attn", 0.9931), ("bamba", wide, "self_attn", 0.8949),
    ("jamba", wide, "self_attn", 0.9862), ("falcon_h1", wide, "self_attn", 0.7192),
    ("granitemoehybrid", wide, "mamba", 0.9075), ("falcon_h1", wide, "mamba", 0.8197),
    ("bamba", wide, "linear_attn", 0.8949),
    // Kimi's recurrence has the name of attention.
    ("kimi_linear", #""hidden_size": 2304, "num_hidden_layers": 27"#, "self_attn", 0.9667),
    // No feed-forward of theirs is called `mlp` but the shared one.
    ("granitemoehybrid", wide, "mlp", 0.9827),
    ("llama4_text", #""hidden_size": 5120, "num_hidden_layers": 48"#, "mlp", 0.9808),
  ]
  private static let wide = #""hidden_size": 4096, "num_hidden_layers": 32"#

  @Test("a pattern names the blocks of its family and of no other", arguments: patterns)
  func blocks(family: String, shape: String, pattern: String, share: Double) throws {
    let quantization =
      #"{"quant_method": "compressed-tensors", "ignore": ["lm_head", "re:.*\#(pattern).*"], "#
      + #""config_groups": {"a": {"targets": ["Linear"], "weights": {"num_bits": 8, "#
      + #""type": "float"}}}}"#
    let model = try HuggingFaceConfig.read(
      #"{"model_type": "\#(family)", \#(shape), "quantization_config": \#(quantization)}"#,
      file: "config.json", name: family)
    let quantized = model.weightsByFormat.filter { $0.format != .bfloat16 }
    let found = Double(quantized.reduce(0) { $0 + $1.parameters })
    #expect(abs(found / Double(model.parameterCount.total) - share) < 0.01)
  }

  @Test("a feed-forward without a gate has one module upwards")
  func withoutGate() throws {
    let text = #"""
      {"model_type": "nemotron", "hidden_size": 64, "num_hidden_layers": 1,
       "num_attention_heads": 4, "intermediate_size": 128, "vocab_size": 100,
       "quantization_config": {"quant_algo": "MIXED_PRECISION", "quantized_layers":
         {"model.layers.0.mlp.up_proj": {"quant_algo": "FP8"}}}}
      """#
    let model = try HuggingFaceConfig.read(text, file: "config.json", name: "under test")
    #expect(model.groups[0].frame.formats?.quantizedParts == [.denseUp])
  }

  @Test("modules that engines hold as one are in one format")
  func fusedModules() {
    let error = #expect(throws: InvalidInput.self) {
      try read(#"{"quant_method": "fp8", "modules_to_not_convert": ["layers.7.self_attn.k_proj"]}"#)
    }
    #expect(
      error?.diagnostics.first?.message
        == "modules that engines hold as one are in different formats, beginning with "
        + "`layers.7.self_attn.k_proj`")
  }
}
