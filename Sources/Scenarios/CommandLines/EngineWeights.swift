/// What a server is told of the format of its weights.
///
/// Some words bring plain weights into a format as they are loaded; the others name what a
/// checkpoint is in already. Neither changes a checkpoint that is quantized.
///
/// Source: vLLM 0.33, vllm/config/model.py, `_verify_quantization`.
struct EngineWeights {
  let typed: String
  let word: String
  /// By the words of the server; empty where a word leaves the format to the checkpoint.
  let formats: [String: String]

  /// - Parameter checkpoint: nil when nothing is known of it.
  func read(
    _ checkpoint: EngineCommand.Checkpoint?
  ) -> (settings: [EngineCommand.Setting], remarks: [EngineCommand.Remark]) {
    guard let format = formats[word] else {
      return refused(EngineOptions.unknown("quantization.weights", formats))
    }
    if word.lowercased() == "none" { return ([], []) }
    if let method = checkpoint?.quantizedBy {
      return isSame(as: method)
        ? ([], []) : refused("the checkpoint is quantized by `\(method)`, and stays so")
    }
    guard format.isEmpty else {
      return ([.init(option: typed, key: "quantization.weights", value: format)], [])
    }
    return refused(
      checkpoint == nil
        ? EngineFlag.formats : "it needs a checkpoint in that format; weights stay bf16")
  }

  private func refused(
    _ reason: String
  ) -> (settings: [EngineCommand.Setting], remarks: [EngineCommand.Remark]) {
    ([], [.init(option: typed, reason: reason)])
  }

  /// What is quantized alike, by the words of servers and of checkpoints.
  private static let alike: [Set<String>] = [
    ["awq", "awq_marlin", "auto_awq", "moe_wna16"],
    ["gptq", "gptq_marlin", "auto_gptq", "moe_wna16"],
    ["auto_round", "intel/auto_round", "inc"],
    ["fp8", "fp8_per_tensor", "fp8_per_channel", "fp8_per_block", "deepseek_v4_fp8"],
    ["mxfp4", "gpt_oss_mxfp4"],
    ["quark", "quark_mxfp4"],
  ]

  private func isSame(as method: String) -> Bool {
    let names = [word, method].map { $0.lowercased().replacing("-", with: "_") }
    return names[0] == names[1] || names.allSatisfy { $0.hasPrefix("modelopt") }
      || names[0] == "humming" || Self.alike.contains { $0.isSuperset(of: names) }
  }
}
