/// NVIDIA's aiconfigurator: fixed lengths, ten requests for each client after a warm-up, engines set
/// up by its generator.
///
/// Source: ai-dynamo/aiconfigurator at 095f58a, `generator` templates and rules and `eval`; which of
/// their versions a row ran under is not published.
enum AIConfigurator {
  static func apply(to settings: inout RunSettings, of point: MeasuredPoint) {
    let clients = point.concurrency ?? 1
    switch point.engine {
    case "tensorrt-llm":
      settings.policy = "whole-prompts"
      settings.tokenBudget = clients + point.inputTokens + 1_500
      settings.usableFraction = 0.8
    case "vllm":
      settings.plansAhead = false
    case "sglang":
      // Mixed chunks are on.
      settings.policy = "chunked-prefill"
      settings.tokenBudget = max(clients, point.inputTokens + 1_500)
    default: break
    }
    settings.maximumSequences = settings.maximumSequences ?? max(clients, 1)
  }
}
