/// What the blocks of a layer are called where a family's table says it; nil where they have one of
/// the usual names.
struct ModuleBlocks: Hashable {
  /// The block of attention, or of a recurrence in its place.
  var mixer: String?
  var dense: String?
  var experts: String?
  var sharedExperts: String?
  /// Usual names of a recurrence of the layer's kind.
  var recurrences: [String] = []
}

/// The names that the matrices of a layer have in checkpoints.
///
/// Each module of a part comes with its aliases: writers and engines name one matrix by what it
/// is joined with (`qkv_proj`), and families by what their blocks are called. A pattern that names
/// one of them names the module. The number of the layer is left out.
enum ModuleNames {
  /// The modules of a part, each with its aliases.
  ///
  /// - Parameter isGated: whether a feed-forward has a gate beside the way up.
  static func modules(
    of part: LayerPart, isGated: Bool = true, in blocks: ModuleBlocks = ModuleBlocks()
  ) -> [[String]] {
    let upward = isGated ? gatedUpward : Array(gatedUpward.dropFirst())
    let attention = blocks.mixer.map { [$0] } ?? ["self_attn", "attention", "attn"]
    let recurrent = blocks.mixer.map { [$0] } ?? blocks.recurrences
    let dense = blocks.dense.map { [$0] } ?? ["mlp", "feed_forward", "ffn"]
    let shared = blocks.sharedExperts.map { [$0] } ?? sharedBlocks
    let experts = blocks.experts.map { [$0 + ".0", $0] } ?? expertBlocks
    return switch part {
    case .queryKeyValue:
      ["q_proj", "k_proj", "v_proj"].map { joined(attention, [$0, "qkv_proj", "qkvg_proj"]) }
    case .latentDown:
      [
        joined(attention, ["q_a_proj", "q_proj", "fused_qkv_a_proj", "wq_a"]),
        joined(attention, ["kv_a_proj_with_mqa", "fused_qkv_a_proj", "kv_a_proj", "wkv"]),
      ]
    case .queryUp: [joined(attention, ["q_b_proj", "q_proj", "wq_b"])]
    case .keyValueUp: [joined(attention, ["kv_b_proj"])]
    case .attentionOutput: [joined(attention, ["o_proj", "wo_b"])]
    case .indexer: [joined(attention, ["indexer.wq_b", "index_q_proj"])]
    case .recurrentInput:
      [joined(recurrent, ["in_proj_qkvz", "in_proj_qkv", "in_proj", "q_proj", "qkv_proj"])]
    case .recurrentOutput: [joined(recurrent, ["out_proj", "o_proj"])]
    case .denseUp: upward.map { joined(dense, $0) }
    case .denseDown: [joined(dense, downward)]
    case .sharedUp: upward.map { joined(shared, $0) }
    case .sharedDown: [joined(shared, downward)]
    case .expertUp: upward.map { joined(experts, $0) }
    case .expertDown: [joined(experts, downward)]
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
    ["gate_proj", "gate_up_proj", "w1", "input_linear"],
    ["up_proj", "gate_up_proj", "w3", "input_linear"],
  ]
  private static let downward = ["down_proj", "w2", "output_linear"]
  private static let sharedBlocks = [
    "mlp.shared_experts", "mlp.shared_expert", "feed_forward.shared_expert",
    "block_sparse_moe.shared_experts", "shared_mlp", "ffn.shared_experts",
  ]
  private static let expertBlocks = [
    "mlp.experts.0", "mlp.experts", "block_sparse_moe.experts.0", "feed_forward.experts",
    "ffn.experts.0", "experts.0",
  ]

  private static func joined(_ blocks: [String], _ names: [String]) -> [String] {
    blocks.flatMap { block in names.map { "\(block).\($0)" } }
  }

  /// What may stand before `layers`.
  static let prefixes = [
    "model.language_model.", "language_model.model.", "language_model.", "model.", "backbone.",
    "transformer.", "llm.model.", "llm.", "thinker.model.", "model.text_model.", "text_model.", "",
  ]
}
