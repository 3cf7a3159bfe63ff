/// The names that the matrices of a layer have in checkpoints.
///
/// Each module of a part comes with its aliases: writers and engines name one matrix by what it
/// is joined with (`qkv_proj`), and families by what their blocks are called. A pattern that names
/// one of them names the module. The number of the layer is left out.
enum ModuleNames {
  /// The modules of a part, each with its aliases.
  ///
  /// - Parameters:
  ///   - isGated: whether a feed-forward has a gate beside the way up.
  ///   - besideDense: whether the experts stand beside a dense feed-forward of their layer, whose
  ///     block is then the `mlp` alone (Gemma 4).
  static func modules(
    of part: LayerPart, isGated: Bool = true, besideDense: Bool = false
  ) -> [[String]] {
    let upward = isGated ? gatedUpward : Array(gatedUpward.dropFirst())
    return switch part {
    case .queryKeyValue:
      ["q_proj", "k_proj", "v_proj"].map { name in
        [
          "self_attn.\(name)", "self_attn.qkv_proj", "mixer.\(name)", "attention.\(name)",
          "self_attn.qkvg_proj",
        ]
      }
    case .latentDown:
      [
        [
          "self_attn.q_a_proj", "self_attn.q_proj", "self_attn.fused_qkv_a_proj", "self_attn.wq_a",
          "attn.wq_a",
        ],
        [
          "self_attn.kv_a_proj_with_mqa", "self_attn.fused_qkv_a_proj", "self_attn.kv_a_proj",
          "self_attn.wkv", "attn.wkv",
        ],
      ]
    case .queryUp: [["self_attn.q_b_proj", "self_attn.q_proj", "self_attn.wq_b", "attn.wq_b"]]
    case .keyValueUp: [["self_attn.kv_b_proj"]]
    case .attentionOutput:
      [["self_attn.o_proj", "mixer.o_proj", "attention.o_proj", "self_attn.wo_b", "attn.wo_b"]]
    case .indexer: [["self_attn.indexer.wq_b", "attn.indexer.wq_b"]]
    case .recurrentInput:
      [
        [
          "linear_attn.in_proj_qkvz", "linear_attn.in_proj_qkv", "linear_attn.in_proj",
          "mixer.in_proj", "mamba.in_proj", "self_attn.q_proj", "self_attn.qkv_proj",
        ]
      ]
    case .recurrentOutput:
      [["linear_attn.out_proj", "mixer.out_proj", "mamba.out_proj", "self_attn.o_proj"]]
    case .denseUp: feedForward(["mlp", "feed_forward", "mixer"], upward)
    case .denseDown: feedForward(["mlp", "feed_forward", "mixer"], downward)
    case .sharedUp: feedForward(sharedBlocks, upward)
    case .sharedDown: feedForward(sharedBlocks, downward)
    case .expertUp: feedForward(besideDense ? apartBlocks : expertBlocks, upward)
    case .expertDown: feedForward(besideDense ? apartBlocks : expertBlocks, downward)
    case .expertOuter:
      [["mixer.fc1_latent_proj", "mlp.fc1_latent_proj", "block_sparse_moe.latent_down_proj"]]
    }
  }

  /// Classes that some writers name instead of modules.
  static func isClass(_ target: String, of part: LayerPart) -> Bool {
    switch part {
    case .expertUp, .expertDown: ["Linear", "FusedMoE", "RoutedExperts"].contains(target)
    default: target == "Linear"
    }
  }

  private static let gatedUpward = [
    ["gate_proj", "gate_up_proj", "w1"], ["up_proj", "gate_up_proj", "w3"],
  ]
  private static let downward = [["down_proj", "w2"]]
  private static let sharedBlocks = [
    "mlp.shared_experts", "mlp.shared_expert", "mixer.shared_experts", "feed_forward.shared_expert",
    "block_sparse_moe.shared_experts", "shared_mlp", "ffn.shared_experts",
  ]
  private static let expertBlocks = [
    "mlp.experts.0", "mlp.experts", "mixer.experts.0", "block_sparse_moe.experts.0",
    "feed_forward.experts", "ffn.experts.0", "experts.0",
  ]
  private static let apartBlocks = ["experts.0", "moe.experts.0"]

  private static func feedForward(_ blocks: [String], _ modules: [[String]]) -> [[String]] {
    modules.map { names in blocks.flatMap { block in names.map { "\(block).\($0)" } } }
  }

  /// What may stand before `layers`.
  static let prefixes = [
    "model.language_model.", "language_model.model.", "language_model.", "model.", "backbone.",
    "transformer.", "",
  ]
}
