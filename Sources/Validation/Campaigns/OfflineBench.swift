/// TensorRT-LLM's performance overview: trtllm-bench with every request there at the start, prompts
/// never cut, a budget with room for one of them and a full batch.
///
/// Source: NVIDIA/TensorRT-LLM, docs/source/performance/perf-overview.md and
/// tensorrt_llm/bench/build/tuning.py.
enum OfflineBench {
  static func apply(to settings: inout RunSettings, of point: MeasuredPoint) {
    settings.policy = "whole-prompts"
    settings.maximumSequences = 2_048
    settings.tokenBudget = max(8_192, point.inputTokens + 2_048)
    settings.usableFraction = 0.95
  }
}
