/// NVIDIA's aiconfigurator: fixed lengths, ten requests for each client after a warm-up, engines
/// set up by its generator. The newer runs have a hundred different prompts, which vLLM finds again
/// in its prefix cache - some answer faster than the prompts could be computed at the chip's peak;
/// the generator turns SGLang's and TensorRT-LLM's off.
///
/// Source: ai-dynamo/aiconfigurator at 095f58a, `generator` templates and rules and `eval`; which
/// of their versions a row ran under is not published.
enum AIConfigurator {
  /// The default number of different prompts of aiperf, which the newer runs were driven by.
  private static let datasetEntries = 100

  /// The older template swept lengths in powers of two, the newer one in thousands.
  private static func isNewTemplate(_ point: MeasuredPoint) -> Bool {
    point.inputTokens % 1_000 == 0
  }

  static func apply(to settings: inout RunSettings, of point: MeasuredPoint) {
    let clients = point.concurrency ?? 1
    switch point.engine {
    case "tensorrt-llm":
      settings.policy = "whole-prompts"
      settings.tokenBudget = clients + point.inputTokens + 1_500
      settings.usableFraction = 0.8
    case "vllm":
      settings.plansAhead = false
      // Started inside Dynamo without a budget, vLLM falls back to its smallest default.
      settings.tokenBudget = max(2_048, clients)
      if isNewTemplate(point) {
        settings.promptVariants = datasetEntries
        if point.weights == "fp8" { settings.keyValueCache = "fp8" }
      }
    case "sglang":
      // Mixed chunks came with the new template.
      if isNewTemplate(point) { settings.policy = "chunked-prefill" }
      settings.tokenBudget = max(clients, point.inputTokens + 1_500)
    default: break
    }
    settings.maximumSequences = settings.maximumSequences ?? max(clients, 1)
  }
}
