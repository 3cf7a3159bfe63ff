/// Who measured a point, which says how the engine was set up.
///
/// What is here was read in the campaigns' own scripts and configurations; it depends on the
/// engine, its weights and the shape of the load, never on what came out.
enum Campaign {
  /// InferenceMAX, later InferenceX (SemiAnalysis), of which NVIDIA's `aic-silicon` is a part.
  case inferenceX
  /// Runs of NVIDIA's aiconfigurator tooling.
  case aiconfigurator
  /// TensorRT-LLM's performance overview: trtllm-bench, all requests at once.
  case offlineBench
  /// LMBench runs of llm-d-planner: vLLM behind a Kubernetes service.
  case planner
  /// Anything else: the engine as it comes.
  case other

  init(_ point: MeasuredPoint) {
    switch point.family {
    case "inferencex", "aic-silicon": self = .inferenceX
    case "aic-gap": self = .aiconfigurator
    case "trtllm-perf-overview", "trtllm-online": self = .offlineBench
    case "llmd-lmbench": self = .planner
    default: self = .other
    }
  }

  func settings(of point: MeasuredPoint) -> RunSettings {
    var settings = RunSettings()
    settings.requests = point.requests ?? 10 * (point.concurrency ?? 1)
    settings.usesBlockScales = usesBlockScales(point)
    settings.keyValueCache = keyValueCache(of: point)
    if !point.speculative.isEmpty { settings.acceptance = Self.acceptance(of: point) }
    switch self {
    case .inferenceX: InferenceX.apply(to: &settings, of: point)
    case .aiconfigurator: AIConfigurator.apply(to: &settings, of: point)
    case .offlineBench: OfflineBench.apply(to: &settings, of: point)
    case .planner: settings.usableFraction = Self.fractionOfPlanner
    case .other: break
    }
    settings.promptVariants = point.promptVariants ?? settings.promptVariants
    settings.maximumSequences = point.maximumSequences ?? settings.maximumSequences
    settings.tokenBudget = point.tokenBudget ?? settings.tokenBudget
    settings.usableFraction = point.memoryFraction ?? settings.usableFraction
    return settings
  }

  /// DeepSeek and Qwen publish 8-bit checkpoints with 128 x 128 blocks; NVIDIA's and AMD's own have
  /// one scale for a matrix.
  private func usesBlockScales(_ point: MeasuredPoint) -> Bool {
    // NVIDIA's overview runs its own conversion of Qwen.
    if self == .offlineBench { return point.model.hasPrefix("deepseek") }
    return ["deepseek", "qwen3", "kimi", "glm", "minimax"].contains { point.model.hasPrefix($0) }
  }

  /// TensorRT-LLM keeps 8-bit keys and values wherever the checkpoint says so, which all of
  /// NVIDIA's quantised ones do; others need a flag, which InferenceX sets. On Hopper gpt-oss keeps
  /// 16 bits.
  private func keyValueCache(of point: MeasuredPoint) -> String {
    guard point.keyValueCache.isEmpty else { return point.keyValueCache }
    let isOfGPTOSSOnHopper = point.model.hasPrefix("gpt-oss") && point.hardware.hasPrefix("h")
    let hasFlag = self == .inferenceX && InferenceX.setsSmallCache(point)
    let isSmall =
      point.weights != "bf16" && !isOfGPTOSSOnHopper && (point.engine == "tensorrt-llm" || hasFlag)
    return isSmall ? "fp8" : "bf16"
  }

  /// What the start-up logs of the same project were told (`measurements/memory`).
  private static let fractionOfPlanner = 0.95

  /// Next-token layers of DeepSeek: 2.5 tokens a step with three guesses on prompts with a chat
  /// template (InferenceX, pull request 649), so each is right 69 times in 100.
  private static let rightGuesses = 0.69
  /// Text that repeats itself, as answers to random tokens without a template do: 3.55 of 4.
  private static let rightGuessesOfRepetition = 0.92

  private static func acceptance(of point: MeasuredPoint) -> [Double] {
    let hasNoTemplate =
      point.mode == .disaggregated && point.hardware.hasPrefix("mi")
      && point.date.drop { !$0.isNumber } < "2026-02-05"
    return [Double](
      repeating: hasNoTemplate ? rightGuessesOfRepetition : rightGuesses,
      count: InferenceX.guesses(of: point))
  }
}
