internal import OperatorCosts

/// InferenceMAX and InferenceX: `benchmark_serving.py` with ten requests for each client, lengths
/// drawn between 0.8 and 1.0 of the nominal, prefix caches off.
///
/// Source: SemiAnalysisAI/InferenceX, `benchmarks/*.sh`, `runners/` and the recipes of srt-slurm
/// that its disaggregated rows name, as stored in 2026-08.
enum InferenceX {
  static func apply(to settings: inout RunSettings, of point: MeasuredPoint) {
    let isAMD = point.hardware.hasPrefix("mi")
    let clients = point.concurrency ?? 1
    switch point.engine {
    case "vllm" where point.mode == .aggregated: applyVLLM(to: &settings, of: point)
    case "vllm":
      settings.plansAhead = true
      settings.tokenBudget = 8_192
      settings.usableFraction = 0.9
    case "sglang":
      if point.mode == .aggregated {
        applySGLang(to: &settings, of: point)
      } else {
        settings.tokenBudget = isAMD ? 196_608 : point.weights == "nvfp4" ? 16_384 : 32_768
        settings.usableFraction = isAMD ? 0.8 : 0.82
      }
      // What is set is shared by the attention ranks.
      settings.tokenBudget = settings.tokenBudget.map {
        $0 / max(1, point.workers[0].layout.attentionData)
      }
      if !point.speculative.isEmpty {
        // But for the second version of speculation, which AMD's later recipes ask for, nothing is
        // planned ahead.
        settings.maximumSequences = speculativeSequences(of: point)
        if !isAMD || point.mode == .disaggregated { settings.plansAhead = false }
      }
    case "tensorrt-llm":
      settings.policy = "whole-prompts"
      settings.tokenBudget = tokenBudget(of: point, clients: clients)
      if !point.speculative.isEmpty { settings.maximumSequences = max(1, clients) }
      settings.usableFraction = point.model.hasPrefix("deepseek") ? 0.8 : 0.9
      settings.gathering = gathering(point, clients: clients)
    case "atom":
      settings.policy = "prefill-first"
      settings.tokenBudget = 16_384
      settings.maximumSequences = 512
    default: break
    }
    if point.mode == .disaggregated {
      settings.decodeSequences = decodeSequences(of: point, clients: clients)
    }
  }

  /// Whether keys and values of 8 bits were asked for, where the weights are small too.
  static func setsSmallCache(_ point: MeasuredPoint) -> Bool {
    // SGLang on AMD kept the latent in 16 bits until early 2026.
    if point.engine == "sglang", point.hardware.hasPrefix("mi"),
      !point.model.hasPrefix("gpt-oss"), point.day < "2026-01-20"
    {
      return false
    }
    guard point.mode == .aggregated, ["vllm", "sglang"].contains(point.engine) else { return true }
    return scriptSetsSmallCache(point)
  }

  /// Prompts are never cut: the budget has room for one and all decoding sequences.
  private static func tokenBudget(of point: MeasuredPoint, clients: Int) -> Int {
    if point.model.hasPrefix("gpt-oss") { return 20_000 }
    guard point.model.hasPrefix("deepseek") else { return 16_384 }
    let verified = point.speculative.isEmpty ? 1 : guesses(of: point) + 1
    let needed = (clients * verified + point.inputTokens + 64 + 63) / 64 * 64
    return point.speculative.isEmpty ? max(8_192, needed) : needed
  }

  /// Prompts wait for those of the other attention ranks. On one rank they were gathered where
  /// prompts and answers are of one length: for Llama below eight ranks, for DeepSeek with many
  /// clients.
  private static func gathering(
    _ point: MeasuredPoint, clients: Int
  ) -> (tokens: Int, steps: Int)? {
    guard point.mode == .aggregated else { return nil }
    // `attention_dp_config`: balanced, for 60 iterations at most.
    if point.workers[0].layout.attentionData > 1 { return (1, 60) }
    guard point.inputTokens == point.outputTokens else { return nil }
    if point.model.hasPrefix("llama"), point.workers[0].layout.tensor < 8 { return (14_745, 20) }
    if point.model.hasPrefix("deepseek"), point.weights == "fp8", (64..<256).contains(clients) {
      return (tokenBudget(of: point, clients: clients) * 4 / 5, 40)
    }
    return nil
  }

  /// Tokens guessed ahead.
  static func guesses(of point: MeasuredPoint) -> Int {
    let decode = point.workers[point.workers.count - 1]
    switch point.engine {
    case "tensorrt-llm": return decode.layout.attentionData > 1 ? 1 : 3
    case "sglang":
      return point.hardware.hasPrefix("mi") || point.model.hasPrefix("qwen") ? 3 : 2
    case "atom": return 3
    default: return 1
    }
  }

  /// Sequences of a server of SGLang that guesses: what its script says, else SGLang's default of
  /// 48 (`ServerArgs._handle_speculative_decoding`). Disaggregated pools have their own.
  private static func speculativeSequences(of point: MeasuredPoint) -> Int? {
    guard point.mode == .aggregated else { return nil }
    if point.model.hasPrefix("qwen") { return point.weights == "bf16" ? 48 : 128 }
    return point.hardware.hasPrefix("mi") ? 48 : 512
  }

  private static func decodeSequences(of point: MeasuredPoint, clients: Int) -> Int? {
    let decode = point.workers[point.workers.count - 1].layout
    switch point.engine {
    case "tensorrt-llm": return capturedSequences(of: point, clients: clients)
    case "sglang" where point.hardware.hasPrefix("mi") && decode.attentionData == 1:
      // `benchmarks/multi_node/amd_utils/models.yaml`; with attention on every rank, all clients.
      return decode.expert > 1 ? 256 : 128
    case "sglang" where !point.hardware.hasPrefix("mi") && !point.speculative.isEmpty:
      return speculativeDecodeSequences(of: point, decode)
    default: return nil
    }
  }

  /// Most sequences of a rank of SGLang's decode workers that guess: 512 are shared by the
  /// attention ranks, 128 where prompts are computed without expert ranks; the recipes for the H200
  /// have room for 128,000 tokens (`max-total-tokens`), which are as many sequences with half of
  /// their answers.
  private static func speculativeDecodeSequences(
    of point: MeasuredPoint, _ decode: ParallelLayout
  ) -> Int {
    if point.hardware.hasPrefix("h200") {
      let tokens = 0.9 * (Double(point.inputTokens) + Double(point.outputTokens) / 2)
      return max(1, Int(128_000 / tokens) / decode.attentionData)
    }
    let prompts = point.workers[0].layout
    let shared = prompts.attentionData > 1 && prompts.expert == 1 ? 128 : 512
    return max(1, shared / decode.attentionData)
  }

  /// The recipes of TensorRT-LLM's decode workers set the largest captured batch that the clients
  /// can fill, and run a few more clients than there is room for; where two come for each of some
  /// workers without attention ranks, they have room for one (`gen4_tep8_batch1_eplb0_mtp3_8`).
  private static func capturedSequences(of point: MeasuredPoint, clients: Int) -> Int? {
    let decode = point.workers[point.workers.count - 1]
    let each = clients / (decode.count * decode.layout.attentionData)
    let captured = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 768, 1_024, 2_048]
    let filled = captured.last { $0 <= max(1, each) } ?? 1
    guard decode.layout.attentionData == 1, decode.count > 1 else { return filled }
    let least = leastSequences(of: point)
    return each == 2 && least == 1 ? 1 : max(least, filled)
  }

  /// One recipe of DeepSeek-R1 in FP4 on GB200 serves several loads:
  /// `gen4_tep8_batch32_eplb0_mtp0`, 16 with long prompts, 8 with guesses.
  private static func leastSequences(of point: MeasuredPoint) -> Int {
    guard point.hardware.hasPrefix("gb200"), point.weights == "nvfp4",
      point.model.hasPrefix("deepseek"), point.outputTokens <= 1_024
    else { return 1 }
    return !point.speculative.isEmpty ? 8 : point.inputTokens > 1_024 ? 16 : 32
  }
}
