import ModelArchitecture
import Testing

/// Files as they lie on Hugging Face, where they differ from the flat ones that are shipped.
struct HuggingFaceConfigTests {
  private func read(_ text: String) throws -> Architecture {
    try HuggingFaceConfig.read(text, file: "config.json", name: "test")
  }

  @Test("a multimodal file is read by its text_config, and its head by the whole file")
  func nestedQwen35() throws {
    let model = try read(
      """
      {
        "architectures": ["Qwen3_5ForConditionalGeneration"],
        "model_type": "qwen3_5",
        "text_config": {
          "model_type": "qwen3_5_text", "dtype": "bfloat16", "hidden_size": 1024,
          "intermediate_size": 3584, "num_hidden_layers": 24, "num_attention_heads": 8,
          "num_key_value_heads": 2, "head_dim": 256, "full_attention_interval": 4,
          "linear_conv_kernel_dim": 4, "linear_key_head_dim": 128, "linear_num_key_heads": 16,
          "linear_num_value_heads": 16, "linear_value_head_dim": 128,
          "mamba_ssm_dtype": "float32", "mtp_num_hidden_layers": 1, "vocab_size": 248320
        },
        "tie_word_embeddings": true,
        "vision_config": {"hidden_size": 768, "num_hidden_layers": 12}
      }
      """)
    #expect(model.tiesEmbeddings)
    #expect(model.hiddenSize == 1024)
    #expect(model.groups.map(\.count) == [18, 6])
    #expect(model.multiTokenPredictionLayers == 1)
    #expect(model.checkpointWeights == .bfloat16)
    // What the class has, as the file does not say it.
    #expect(model.maximumContext == 32_768)
  }

  @Test("a Gemma 3 file leaves out what its class says")
  func nestedGemma3() throws {
    let model = try read(
      """
      {"model_type": "gemma3", "torch_dtype": "bfloat16",
       "text_config": {"model_type": "gemma3_text", "hidden_size": 2560,
         "intermediate_size": 10240, "num_hidden_layers": 34, "sliding_window": 1024}}
      """)
    #expect(model.tiesEmbeddings)
    #expect(model.vocabularySize == 262_208)
    #expect(model.maximumContext == 131_072)
    let full = Attention(
      heads: 8, keyValueHeads: 4, headDimension: 256, queryKeyNorm: .perHead)
    var sliding = full
    sliding.window = .sliding(tokens: 1024)
    #expect(model.groups.map(\.mixer) == [.attention(sliding), .attention(full)])
    #expect(model.groups.map(\.count) == [29, 5])
  }

  @Test("Qwen2 windows begin at max_window_layers, when they are in use")
  func qwen2Windows() throws {
    let text = """
      {"model_type": "qwen2", "hidden_size": 1024, "intermediate_size": 2816, "vocab_size": 100,
       "num_hidden_layers": 10, "num_attention_heads": 16, "num_key_value_heads": 16,
       "sliding_window": 512, "max_window_layers": 7, "use_sliding_window": USED}
      """
    let used = try read(text.replacing("USED", with: "true"))
    #expect(used.groups.map(\.count) == [7, 3])
    #expect(used.groups.map(\.caches.first?.window) == [nil, .sliding(tokens: 512)])
    #expect(try read(text.replacing("USED", with: "false")).groups.count == 1)
  }

  @Test("Qwen3 experts skip the layers that the config keeps dense")
  func qwen3DenseLayers() throws {
    let model = try read(
      """
      {"model_type": "qwen3_moe", "hidden_size": 64, "intermediate_size": 128, "vocab_size": 100,
       "num_hidden_layers": 8, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16,
       "num_experts": 8, "num_experts_per_tok": 2, "moe_intermediate_size": 32,
       "decoder_sparse_step": 2, "mlp_only_layers": [1]}
      """)
    #expect(model.groups.map(\.count) == [5, 3])
    #expect(model.groups[0].feedForward == .dense(DenseFeedForward(inner: 128)))
  }

  @Test("a query without a rank is one matrix")
  func queryWithoutRank() throws {
    let model = try read(
      """
      {"model_type": "deepseek_v2", "hidden_size": 2048, "intermediate_size": 10944,
       "vocab_size": 102400, "num_hidden_layers": 27, "num_attention_heads": 16,
       "q_lora_rank": null, "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64,
       "v_head_dim": 128, "n_routed_experts": 64, "n_shared_experts": 2,
       "num_experts_per_tok": 6, "moe_intermediate_size": 1408, "first_k_dense_replace": 1}
      """)
    guard case .latentAttention(let attention) = model.groups[0].mixer else {
      Issue.record("not latent attention")
      return
    }
    #expect(
      attention.projections(hiddenSize: 2048) == [
        Projection("query", 2048, 3072), Projection("key_value_down", 2048, 576, cut: .whole),
        Projection("key_value_up", 512, 4096), Projection("output", 2048, 2048, cut: .rows),
      ])
    // DeepSeek-V2-Lite: 15.7B in its report, arXiv:2405.04434, appendix B.
    #expect((Double(model.parameterCount.total) / 15.7e9 - 1).magnitude < 0.005)
  }

  @Test("a file without a model_type is known by its class")
  func familyByClass() throws {
    let model = try read(
      """
      {"architectures": ["MistralForCausalLM"], "hidden_size": 4096, "intermediate_size": 14336,
       "vocab_size": 32000, "num_hidden_layers": 32, "num_attention_heads": 32,
       "num_key_value_heads": 8, "sliding_window": 4096}
      """)
    #expect(model.family == "mistral")
    #expect(model.groups[0].caches.first?.window == .sliding(tokens: 4096))
  }

  @Test("the checkpoint's weights are read, not assumed", arguments: Self.storedWeights)
  func weights(config: String, expected: CheckpointWeights?) throws {
    let model = try read(
      """
      {"model_type": "llama", "hidden_size": 64, "intermediate_size": 128, "vocab_size": 100,
       "num_hidden_layers": 2, "num_attention_heads": 4, \(config) "num_key_value_heads": 2}
      """)
    #expect(model.checkpointWeights == expected)
  }

  static let storedWeights: [(String, CheckpointWeights?)] = [
    ("", nil),
    (#""torch_dtype": "float16","#, .float16),
    (#""dtype": "bfloat16","#, .bfloat16),
    (#""quantization_config": {"quant_method": "fp8"},"#, .fp8PerTensor),
    (
      #""quantization_config": {"quant_method": "fp8", "weight_block_size": [128, 64]},"#,
      .fp8Block(rows: 128, columns: 64)
    ),
    // Engines quantize nothing but experts by it.
    (#""quantization_config": {"quant_method": "mxfp4"},"#, .bfloat16),
    (#""quantization_config": {"quant_method": "modelopt", "quant_algo": "NVFP4"},"#, .nvfp4),
    (
      #""quantization_config": {"quant_method": "awq", "bits": 4, "group_size": 128},"#,
      .integer(bits: 4, groupSize: 128, expertsOnly: false)
    ),
    (
      #""quantization_config": {"quant_method": "compressed-tensors", "config_groups": {"#
        + #""group_0": {"weights": {"num_bits": 4, "type": "int", "group_size": 32}}}, "#
        + #""ignore": ["lm_head", "re:.*self_attn.*"]},"#,
      .integer(bits: 4, groupSize: 32, expertsOnly: false)
    ),
    (
      #""quantization_config": {"quant_method": "compressed-tensors"},"#,
      .unspecified(method: "compressed-tensors", reason: "`config_groups` is missing")
    ),
  ]
}
