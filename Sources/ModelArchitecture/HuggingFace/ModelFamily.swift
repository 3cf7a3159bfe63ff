internal import Diagnostics

/// The families that can be read; the raw value is the `model_type` of their configs.
enum ModelFamily: String, CaseIterable {
  case deepseekV2 = "deepseek_v2"
  case deepseekV3 = "deepseek_v3"
  case deepseekV32 = "deepseek_v32"
  case gemma3 = "gemma3"
  case gemma3Text = "gemma3_text"
  case glm4Experts = "glm4_moe"
  case gptOss = "gpt_oss"
  case jamba
  case kimiK2 = "kimi_k2"
  case kimiK25 = "kimi_k25"
  case llama
  case llama4
  case llama4Text = "llama4_text"
  case mamba2
  case minimaxM1 = "minimax_m1"
  case minimaxM2 = "minimax_m2"
  case mistral
  case mixtral
  case nemotronH = "nemotron_h"
  case qwen2
  case qwen3
  case qwen3Experts = "qwen3_moe"
  case qwen3Next = "qwen3_next"
  case qwen35 = "qwen3_5"
  case qwen35Experts = "qwen3_5_moe"
  case qwen35Text = "qwen3_5_text"
  case qwen35ExpertsText = "qwen3_5_moe_text"

  /// The family of a file by its `model_type`, or by `architectures` where there is no type.
  /// Reports and returns nil when neither names a supported one.
  static func of(_ root: ConfigMapping) -> ModelFamily? {
    guard let node = root.optional("model_type") else {
      let classes = root.optional("architectures").map { $0.isSequence ? $0.sequence() : [] }
      if let family = classes?.compactMap({ byClass[$0.string()] }).first { return family }
      _ = root.required("model_type")
      return nil
    }
    let type = node.string()
    if let family = ModelFamily(rawValue: type) { return family }
    node.report(
      "unsupported-family", "unsupported model family: `\(type)`",
      notes: notUnderstood[type].map { ["not understood: \($0)"] } ?? [],
      hint: "supported families: " + allCases.map(\.rawValue).joined(separator: ", "))
    return nil
  }

  /// Classes of causal language models, for configs stripped of their `model_type`.
  private static let byClass: [String: ModelFamily] = [
    "DeepseekV2ForCausalLM": .deepseekV2, "DeepseekV3ForCausalLM": .deepseekV3,
    "DeepseekV32ForCausalLM": .deepseekV32, "Gemma3ForCausalLM": .gemma3Text,
    "Gemma3ForConditionalGeneration": .gemma3, "Glm4MoeForCausalLM": .glm4Experts,
    "GptOssForCausalLM": .gptOss, "JambaForCausalLM": .jamba,
    "KimiK25ForConditionalGeneration": .kimiK25, "Llama4ForCausalLM": .llama4Text,
    "Llama4ForConditionalGeneration": .llama4, "LlamaForCausalLM": .llama,
    "Mamba2ForCausalLM": .mamba2, "MiniMaxM1ForCausalLM": .minimaxM1,
    "MiniMaxM2ForCausalLM": .minimaxM2, "MistralForCausalLM": .mistral,
    "MixtralForCausalLM": .mixtral, "NemotronHForCausalLM": .nemotronH,
    "Qwen2ForCausalLM": .qwen2, "Qwen3ForCausalLM": .qwen3, "Qwen3MoeForCausalLM": .qwen3Experts,
    "Qwen3NextForCausalLM": .qwen3Next, "Qwen3_5ForConditionalGeneration": .qwen35,
    "Qwen3_5MoeForConditionalGeneration": .qwen35Experts,
  ]

  /// What stands in the way of a family that people will ask for.
  private static let notUnderstood: [String: String] = [
    "deepseek_v4": "compressed attention (`compress_ratios`) and residual streams (`hc_mult`)",
    "gemma4": "experts beside a dense feed-forward, and head dimensions by layer type",
    "glm_moe_dsa": "its sparse indexer, which no published count confirms",
    "kimi_k3": "Kimi delta attention (`linear_attn_config`) and latent experts",
    "kimi_linear": "Kimi delta attention (`linear_attn_config`)",
    "minimax_m3": "block-sparse attention (`sparse_attention_config`)",
  ]

  func shape(_ fields: ModelFields) -> FamilyShape {
    switch self {
    case .llama: fields.llamaShape()
    case .mistral: fields.mistralShape()
    case .mixtral: fields.mixtralShape()
    case .qwen2: fields.qwen2Shape()
    case .qwen3: fields.qwen3Shape()
    case .qwen3Experts: fields.qwen3ExpertsShape()
    case .qwen3Next: fields.qwenHybridShape(hasExperts: true)
    case .qwen35, .qwen35Text: fields.qwenHybridShape(hasExperts: false)
    case .qwen35Experts, .qwen35ExpertsText: fields.qwenHybridShape(hasExperts: true)
    case .deepseekV2: fields.deepseekShape(hasScoreBias: false, hasIndexer: false)
    case .deepseekV3, .kimiK2, .kimiK25:
      fields.deepseekShape(hasScoreBias: true, hasIndexer: false)
    case .deepseekV32: fields.deepseekShape(hasScoreBias: true, hasIndexer: true)
    case .glm4Experts: fields.glm4ExpertsShape()
    case .gptOss: fields.gptOssShape()
    case .minimaxM1: fields.minimaxM1Shape()
    case .minimaxM2: fields.minimaxM2Shape()
    case .llama4, .llama4Text: fields.llama4Shape()
    case .jamba: fields.jambaShape()
    case .nemotronH: fields.nemotronShape()
    case .mamba2: fields.mamba2Shape()
    case .gemma3, .gemma3Text: fields.gemma3Shape()
    }
  }
}
