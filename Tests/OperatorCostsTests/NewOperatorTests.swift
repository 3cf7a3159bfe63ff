import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

/// What newer families have and older ones have not, as `explain` lists it, against the formulas of
/// their reports and of the library's modules: one sequence decodes one token.
struct NewOperatorTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var operation: String
    var config: String
    var context = 4096
    var layers: Int
    var flops: Double
    /// Nil where the bytes are a matrix's.
    var bytes: Double?

    var testDescription: String { "\(operation), \(config.prefix(40))" }
  }

  private static let glm5 = #""glm_moe_dsa", "hidden_size": 6144, "num_hidden_layers": 2"#
  private static let deepSeekV4 =
    #""deepseek_v4", "hidden_size": 4096, "num_hidden_layers": 3, "compress_ratios": [0, 4, 128]"#
  private static let miniMaxM3 =
    #""minimax_m3_vl_text", "hidden_size": 6144, "num_hidden_layers": 2, "#
    + #""sparse_attention_config": {"sparse_attention_freq": [0, 1]}"#
  private static let gemma4 =
    #""gemma4_text", "hidden_size": 2304, "num_hidden_layers": 2, "head_dim": 256, "#
    + #""layer_types": ["sliding_attention", "full_attention"], "num_attention_heads": 8, "#
    + #""num_key_value_heads": 4, "global_head_dim": 512, "sliding_window": 512"#
  private static let miMoV2 =
    #""mimo_v2_flash", "hidden_size": 4096, "num_hidden_layers": 2, "#
    + #""hybrid_layer_pattern": [0, 1]"#

  private static let sparse: [Case] = [
    // 32 heads of 128 score one FP8 key a token, and attention reads the best 2,048.
    Case(
      operation: "decode_sparse_indexer", config: glm5, layers: 2,
      flops: 2 * 2 * 4096 * 32 * 128, bytes: 2 * (4096 * 128 + 32 * 128)),
    Case(
      operation: "decode_latent_attention", config: glm5, layers: 2,
      flops: 2 * 2 * 64 * (512 + 64 + 512) * 2048,
      bytes: 2 * (2048 * (512 + 64) * 2 + 64 * (512 + 64 + 512) * 2)),
    // A window of 128, the best 512 entries of 4 tokens, and every entry of 128.
    Case(
      operation: "decode_attention_windowed", config: deepSeekV4, context: 131_072, layers: 3,
      flops: 3 * 2 * 64 * 1024 * 128, bytes: 3 * (128 * 512 * 2 + 2 * 64 * 512 * 2)),
    Case(
      operation: "decode_compressed_attention", config: deepSeekV4, context: 131_072, layers: 2,
      flops: 2 * 64 * 1024 * (512 + 1024), bytes: (512 + 1024) * 512 * 2),
    Case(
      operation: "decode_sparse_indexer", config: deepSeekV4, context: 131_072, layers: 1,
      flops: 2 * 64 * 128 * 32_768, bytes: 32_768 * 128 + 64 * 128),
    // Four streams of the hidden vector are mixed by (2 + 4) x 4 numbers.
    Case(
      operation: "mix_attention", config: deepSeekV4, layers: 3, flops: 3 * 2 * (4 * 4096) * 24),
    // 16 blocks of 128, and 4 heads of 128 that score one 16-bit key a token.
    Case(
      operation: "decode_attention", config: miniMaxM3, context: 131_072, layers: 2,
      flops: 2 * 64 * 256 * (131_072 + 16 * 128),
      bytes: 4 * 256 * 2 * (131_072 + 16 * 128) + 2 * 64 * 256 * 2),
    Case(
      operation: "decode_sparse_indexer", config: miniMaxM3, context: 131_072, layers: 1,
      flops: 2 * 4 * 128 * 131_072, bytes: 131_072 * 128 * 2 + 4 * 128 * 2),
  ]

  private static let recurrent: [Case] = [
    // The delta rule: decay, prediction, correction and readout of a matrix a head.
    Case(
      operation: "decode_recurrence",
      config: #""kimi_linear", "hidden_size": 2304, "num_hidden_layers": 4"#, layers: 4,
      flops: 4 * (7 * 32 * 128 * 128 + 2 * 4 * 3 * 4096),
      bytes: 4 * 2 * (32 * 128 * 128 * 4 + 3 * 3 * 4096 * 2)),
    Case(
      operation: "decode_recurrence",
      config: #""qwen3_5_moe_text", "hidden_size": 2048, "num_hidden_layers": 4, "#
        + #""mamba_ssm_dtype": "float32""#,
      layers: 3,
      flops: 3 * (7 * 32 * 128 * 128 + 2 * 4 * 8192),
      bytes: 3 * 2 * (32 * 128 * 128 * 4 + 3 * 8192 * 2)),
    // Mamba-2: decay, input and readout of 24 heads of 64 x 256.
    Case(
      operation: "decode_recurrence",
      config: #""falcon_h1", "hidden_size": 2048, "num_hidden_layers": 1, "mamba_d_ssm": 1536, "#
        + #""mamba_n_heads": 24, "mamba_d_state": 256, "mamba_n_groups": 1, "mamba_d_conv": 4"#,
      layers: 1, flops: 5 * 24 * 64 * 256 + 2 * 4 * 2048,
      bytes: 2 * (24 * 64 * 256 * 4 + 3 * 2048 * 2)),
    // Lightning attention, its state in the model's 16 bits.
    Case(
      operation: "decode_recurrence",
      config: #""minimax", "hidden_size": 4096, "num_hidden_layers": 2, "#
        + #""layer_types": ["linear_attention", "full_attention"]"#,
      layers: 1, flops: 5 * 32 * 128 * 128, bytes: 2 * 32 * 128 * 128 * 2),
    // A short convolution over three tokens between two gates.
    Case(
      operation: "decode_recurrence",
      config: #""lfm2", "hidden_size": 2560, "num_hidden_layers": 2, "full_attn_idxs": [1]"#,
      layers: 1, flops: 8 * 2560, bytes: 2 * 2 * 2560 * 2),
    // A matrix memory of 8 heads of 256 x 512 (mLSTM).
    Case(
      operation: "decode_recurrence",
      config: #""xlstm", "hidden_size": 4096, "num_hidden_layers": 1"#, layers: 1,
      flops: 5 * 8 * 256 * 512),
  ]

  private static let others: [Case] = [
    // Full layers have heads of 512, sliding ones of 256.
    Case(
      operation: "decode_attention", config: gemma4, layers: 1, flops: 2 * 8 * 1024 * 4096,
      bytes: 4 * 1024 * 2 * 4096 + 8 * 1024 * 2),
    Case(
      operation: "decode_attention_windowed", config: gemma4, layers: 1,
      flops: 2 * 8 * 512 * 512, bytes: 4 * 512 * 2 * 512 + 8 * 512 * 2),
    // Embeddings of every layer, and no keys and values where an earlier layer's are read.
    Case(
      operation: "layer_embedding_gate",
      config: #""gemma3n_text", "hidden_size": 2048, "num_hidden_layers": 4, "#
        + #""num_kv_shared_layers": 2"#,
      layers: 4, flops: 4 * 2 * 2048 * 256),
    Case(
      operation: "qkv",
      config: #""gemma3n_text", "hidden_size": 2048, "num_hidden_layers": 4, "#
        + #""num_kv_shared_layers": 2"#,
      layers: 4, flops: 2 * 2048 * (4 * 8 * 256 + 2 * 2 * 2 * 256)),
    // Values narrower than keys.
    Case(
      operation: "decode_attention", config: miMoV2, layers: 1,
      flops: 2 * 64 * (192 + 128) * 4096,
      bytes: 4 * (192 + 128) * 2 * 4096 + 64 * (192 + 128) * 2),
    // Experts in a space of their own width.
    Case(
      operation: "latent_down",
      config: #""nemotron_h", "hidden_size": 4096, "num_hidden_layers": 3, "#
        + #""hybrid_override_pattern": "M*E", "moe_latent_size": 1024"#,
      layers: 1, flops: 2 * 4096 * 1024),
  ]

  private static let all: [Case] = [sparse, recurrent, others].flatMap { $0 }

  @Test("operators of newer families do their reports' work", arguments: all)
  func work(expected: Case) throws {
    let model = try HuggingFaceConfig.read(
      #"{"model_type": \#(expected.config)}"#, file: "config.json", name: "under test")
    let breakdown = StepBreakdown(
      ReplicaDesign(
        architecture: model, hardware: SampleMachine.profile,
        precision: Precision(weights: .bf16, keyValueCache: .bf16),
        layout: ParallelLayout(tensor: 1), host: .none),
      shape: StepShape(decodingSequences: 1, contextPerSequence: expected.context))
    let found = try #require(breakdown.operators.first { $0.name == expected.operation })
    #expect(found.layers == expected.layers)
    #expect(abs(found.flops / expected.flops - 1) < 1e-9)
    if let bytes = expected.bytes { #expect(abs(found.bytes / bytes - 1) < 1e-9) }
  }

  @Test("heads that choose blocks go with their key-value heads")
  func blockSelectionOnRanks() throws {
    let model = try HuggingFaceConfig.read(
      #"{"model_type": \#(Self.miniMaxM3)}"#, file: "config.json", name: "under test")
    let selection = model.groups.compactMap { group -> SparseIndexer? in
      if case .attention(let attention) = group.mixer { attention.selection } else { nil }
    }
    let indexer = try #require(selection.first)
    #expect(indexer.topK == 2048)
    #expect([1, 2, 4, 8].map { indexer.onRank(of: $0).heads } == [4, 2, 1, 1])
    #expect(indexer.keyBytesPerToken == 256)
  }
}
