internal import OperatorCosts

/// Servers on one machine, as the scripts of InferenceX start them. What a script leaves out is the
/// engine's default.
///
/// Source: SemiAnalysisAI/InferenceX, `benchmarks/single_node/*.sh`, and `perf-changelog.yaml` for
/// what they had before, as stored in 2026-11.
extension InferenceX {
  /// What a script says.
  private struct Script {
    /// Most tokens of a step, or of a chunk of prompts; nil where the engine has its own.
    var tokenBudget: Int?
    var usableFraction: Double
    var maximumSequences: Int?
    /// Decode steps after which SGLang looks for requests (`--scheduler-recv-interval`).
    var stepsBetweenLooks: Int?
  }

  static func applyVLLM(to settings: inout RunSettings, of point: MeasuredPoint) {
    let script = vLLM(point)
    settings.plansAhead = true
    settings.tokenBudget = script.tokenBudget
    settings.usableFraction = script.usableFraction
    settings.maximumSequences = script.maximumSequences
  }

  static func applySGLang(to settings: inout RunSettings, of point: MeasuredPoint) {
    let script = sglang(point)
    settings.tokenBudget = script.tokenBudget
    settings.usableFraction = script.usableFraction
    settings.maximumSequences = script.maximumSequences
    settings.gathering = script.stepsBetweenLooks.map(looking)
  }

  /// A request that comes between two looks waits for half of the steps in the mean, and those that
  /// come meanwhile wait with it. Time to first token is above that of a server that looks in
  /// every step by 7 steps of 10, and by 19 of 30.
  private static func looking(every steps: Int) -> (tokens: Int, steps: Int) {
    (1_000_000, steps / 2)
  }

  /// Whether vLLM and SGLang keep keys and values of 8 bits: where a script asks for it, or the
  /// checkpoint does.
  static func scriptSetsSmallCache(_ point: MeasuredPoint) -> Bool {
    let isAMD = point.hardware.hasPrefix("mi")
    if point.engine == "sglang" {
      return !(point.model.hasPrefix("deepseek") && point.hardware.hasPrefix("h"))
    }
    if point.model.hasPrefix("gpt-oss") { return !isAMD }
    if point.model.hasPrefix("kimi") { return point.weights == "nvfp4" }
    if point.model.hasPrefix("minimax") {
      if point.weights == "nvfp4" { return true }
      // The scripts for the H100, MI300X and MI325X never did.
      return point.weights == "fp8" && point.day >= "2026-04"
        && ["b200-sxm", "h200-sxm", "mi355x"].contains(point.hardware)
    }
    return true
  }

  // MARK: vLLM

  private static func vLLM(_ point: MeasuredPoint) -> Script {
    let isAMD = point.hardware.hasPrefix("mi")
    if point.model.hasPrefix("minimax") { return miniMax(point) }
    if point.model.hasPrefix("kimi") {
      switch point.weights {
      case "int4" where isAMD: return Script(usableFraction: 0.95, maximumSequences: 256)
      case "int4": return Script(usableFraction: point.hardware.hasPrefix("b") ? 0.97 : 0.95)
      default: return Script(usableFraction: 0.9)
      }
    }
    if point.model.hasPrefix("gpt-oss"), isAMD { return Script(usableFraction: 0.95) }
    return Script(tokenBudget: isAMD ? 131_072 : 8_192, usableFraction: isAMD ? 0.94 : 0.9)
  }

  private static func miniMax(_ point: MeasuredPoint) -> Script {
    let isLater = point.day >= "2026-04"
    switch point.hardware {
    case "b200-sxm" where point.weights == "nvfp4": return Script(usableFraction: 0.9)
    case "b200-sxm" where isLater:
      return Script(tokenBudget: 2 * point.inputTokens, usableFraction: 0.9)
    case "h100-sxm": return Script(usableFraction: 0.9, maximumSequences: 256)
    case "mi355x" where isLater && point.weights == "fp8": return Script(usableFraction: 0.8)
    default: return Script(usableFraction: 0.95)
    }
  }

  // MARK: SGLang

  private static func sglang(_ point: MeasuredPoint) -> Script {
    let looks = (point.concurrency ?? 1) < 16 ? 10 : 30
    if point.hardware.hasPrefix("mi") { return sglangOnAMD(point) }
    if point.hardware.hasPrefix("h") {
      return point.model.hasPrefix("deepseek")
        ? Script(tokenBudget: 32_768, usableFraction: 0.82)
        : Script(tokenBudget: 16_384, usableFraction: 0.8, maximumSequences: 128)
    }
    guard point.model.hasPrefix("deepseek") else {
      return point.weights == "nvfp4"
        ? Script(tokenBudget: 32_768, usableFraction: 0.85, stepsBetweenLooks: 30)
        : Script(tokenBudget: 32_768, usableFraction: 0.82, stepsBetweenLooks: looks)
    }
    if point.weights == "nvfp4" {
      return Script(tokenBudget: 16_384, usableFraction: 0.85, stepsBetweenLooks: looks)
    }
    return point.workers[0].layout.tensor == 4
      ? Script(
        tokenBudget: 8_192, usableFraction: 0.95, maximumSequences: 32, stepsBetweenLooks: 10)
      : Script(tokenBudget: 32_768, usableFraction: 0.82, stepsBetweenLooks: looks)
  }

  private static func sglangOnAMD(_ point: MeasuredPoint) -> Script {
    let is355 = point.hardware == "mi355x"
    if point.model.hasPrefix("deepseek") {
      return Script(tokenBudget: is355 ? 196_608 : 131_072, usableFraction: 0.8)
    }
    if point.weights == "bf16" {
      return Script(usableFraction: 0.8, stepsBetweenLooks: is355 ? 30 : nil)
    }
    return Script(tokenBudget: 32_768, usableFraction: 0.8)
  }
}

extension MeasuredPoint {
  /// The date without the mark of one that is not exact: `2026-06` of `~2026-06`.
  var day: Substring { date.drop { !$0.isNumber } }
}
