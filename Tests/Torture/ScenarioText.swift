import Statistics

/// The text of a random scenario, one key a line, so that any of them can be left out.
enum ScenarioText {
  static func lines(_ random: inout RandomStream, forSearch: Bool = false) -> [String] {
    var draw = Draw(random: random)
    defer { random = draw.random }
    var lines = machine(&draw) + pools(&draw, forSearch)
    lines += scheduling(&draw)
    let fails = draw.chance(0.25)
    if fails { lines.append(availability(&draw)) }
    let hasObjectives = forSearch || draw.chance(0.3)
    if hasObjectives {
      lines.append(
        "objectives: {ttft: \(draw.pick([1, 5, 30])) s, tpot: \(draw.pick([20, 50, 200])) ms}")
    }
    if draw.chance(0.15) { lines.append("require: ['ttft.p99 < 500 ms', 'rejected <= 0']") }
    if draw.chance(0.1) { lines.append("price: owned") }
    if draw.chance(0.1) { lines.append("bill: \(draw.pick(["accelerator", "server", "rack"]))") }
    lines.append("seed: \(draw.whole(1...100_000))")
    return lines + workload(&draw)
  }

  // MARK: Parts

  private static func machine(_ draw: inout Draw) -> [String] {
    var lines = ["schema: windtunnel/scenario/1"]
    if draw.chance(0.05) {
      return lines + [
        "model: meta-llama/Llama-2-70b-hf", "hardware: groq-lpu", "engine: groq",
        "parallelism: {chips: \(draw.pick([576, 640, 720]))}",
      ]
    }
    if draw.chance(0.03) {
      return lines + [
        "model: meta-llama/Llama-3.3-70B-Instruct", "hardware: gb200-nvl72",
        "engine: tensorrt-llm", "parallelism: {tensor: \(draw.pick([4, 8]))}",
        "feed_forward: {hardware: groq-3-lpx, chips: \(draw.pick([64, 256, 512]))}",
      ]
    }
    let model = draw.pick(Inventory.models)
    lines += [
      "model: \(model)", "hardware: \(draw.pick(Inventory.machines))",
      "engine: \(draw.pick(Inventory.engines))",
    ]
    let large = model.contains("DeepSeek") || model.contains("70B")
    let tensor = draw.pick(large ? [4, 8] : [1, 1, 2, 4])
    let isMixture = Inventory.mixtures.contains(model)
    switch draw.whole(0...5) {
    case 0: lines.append("parallelism: {attention_data: \(draw.pick(large ? [8] : [2, 4, 8]))}")
    case 1 where isMixture:
      let ranks = draw.pick(large ? [8] : [2, 4])
      lines.append(
        "parallelism: {attention_data: \(ranks), expert: \(ranks), "
          + "redundant_experts: \(draw.pick([0, 0, ranks]))}")
    case 2: lines.append("parallelism: {tensor: \(tensor), pipeline: 2}")
    default: lines.append("parallelism: {tensor: \(tensor)}")
    }
    if draw.chance(0.2) {
      lines.append("quantization: {weights: \(draw.pick(["bf16", "fp8", "int4"]))}")
    }
    if draw.chance(0.2) {
      let drafter = draw.pick(["mtp", "lookup"])
      lines.append(
        "speculation: {method: \(drafter), acceptance: \(draw.pick(["[0.8]", "[0.8, 0.6]"]))}")
    }
    if draw.chance(0.05) { lines.append("adapters: {rank: 16, count: \(draw.whole(1...8))}") }
    if isMixture, draw.chance(0.3) { lines.append("experts: {skew: \(draw.pick([0, 1, 3]))}") }
    return lines
  }

  private static func pools(_ draw: inout Draw, _ forSearch: Bool) -> [String] {
    if !forSearch, draw.chance(0.25) {
      let prefill = "prefill: {replicas: \(draw.whole(1...2))}"
      let decode = "decode: {replicas: \(draw.whole(1...3))}"
      return ["pools: {\(prefill), \(decode)}"]
        + (draw.chance(0.5) ? ["transfer: {bandwidth: 50 GB/s, latency: 10 us}"] : [])
    }
    var lines: [String] = []
    if draw.chance(0.5) { lines.append("replicas: \(draw.whole(1...6))") }
    if draw.chance(0.4) {
      lines.append(
        "routing: "
          + draw.pick([
            "round-robin", "least-requests", "least-tokens", "least-cache", "session", "prefix",
          ]))
    }
    return lines
  }

  private static func scheduling(_ draw: inout Draw) -> [String] {
    var lines: [String] = []
    if draw.chance(0.4) {
      lines.append("prefix_cache: \(draw.pick(["true", "true", "false", "{host_memory: 200 GB}"]))")
    }
    if draw.chance(0.35) {
      var keys = ["policy: \(draw.pick(["chunked-prefill", "prefill-first", "whole-prompts"]))"]
      if draw.chance(0.6) { keys.append("maximum_sequences: \(draw.whole(1...64))") }
      if draw.chance(0.3) { keys.append("token_budget: \(draw.pick([256, 2_048, 8_192]))") }
      if draw.chance(0.3) { keys.append("plan_ahead: \(draw.pick(["true", "false"]))") }
      if draw.chance(0.2) { keys.append("reserved_answer_share: \(draw.pick([0.1, 0.5, 1]))") }
      if draw.chance(0.1) { keys.append("gather_prompts: {tokens: 4096, steps: 8}") }
      lines.append("scheduler: {\(keys.joined(separator: ", "))}")
    }
    if draw.chance(0.2) { lines.append("memory: {tokens: \(draw.pick([2_000, 8_000, 100_000]))}") }
    if draw.chance(0.1) { lines.append("maximum_context: \(draw.pick([2_048, 4_096]))") }
    return lines
  }

  private static func availability(_ draw: inout Draw) -> String {
    var keys = ["on_failure: \(draw.pick(["retry", "lose"]))"]
    if draw.chance(0.7) {
      keys.append("mean_time_between_failures: \(draw.pick([1, 5, 20, 200])) s")
      keys.append("restart: \(draw.pick([0.01, 0.5, 5])) s")
    }
    if draw.chance(0.4) {
      let kind = draw.pick(["failure", "maintenance"])
      keys.append(
        "outages: [{replica: 0, at: \(draw.pick([0.1, 1, 3])) s, for: 1 s, kind: \(kind)}]")
    }
    if draw.chance(0.2) { keys.append("retries: \(draw.whole(0...5))") }
    return "availability: {\(keys.joined(separator: ", "))}"
  }

  // MARK: Traffic

  private static func workload(_ draw: inout Draw) -> [String] {
    var lines = ["workload:", "  judge: whole"]
    if draw.chance(0.12) {
      let trace = draw.pick(Inventory.traces)
      return lines + [
        "  requests: \(draw.whole(1...60))", "  arrivals: {process: trace, file: \(trace)}",
      ]
    }
    lines += ["  requests: \(draw.whole(1...60))", "  arrivals: \(arrivals(&draw))"]
    if draw.chance(0.2) {
      lines.append("  classes:")
      for name in ["a", "b"] {
        lines.append("    - {name: \(name), share: \(draw.whole(1...3)), \(lengths(&draw))}")
      }
      return lines
    }
    lines += ["  input: \(draw.whole(1...3_000))", "  output: \(draw.whole(1...300))"]
    switch draw.whole(0...9) {
    case 6:
      lines.append(
        "  answering: {strategy: revision, rounds: \(draw.whole(1...4))}")
    case 7:
      lines.append("  answering: {strategy: debate, agents: 3, rounds: \(draw.whole(1...3))}")
    case 0: lines.append("  shared_prefix: {tokens: \(draw.whole(1...2_000)), variants: 3}")
    case 1: lines.append("  sessions: {turns: \(draw.whole(1...5)), think_time: 1 s}")
    case 2: lines.append("  answering: {strategy: vote, samples: \(draw.whole(1...6))}")
    case 3:
      lines.append(
        "  answering: {strategy: best, samples: \(draw.whole(1...4)), verdict: 8, instruction: 20}")
    case 4:
      lines.append("  answering: {strategy: tree, width: 2, branches: 2, depth: 2, verdict: 4}")
    case 5: lines.append("  cached_share: 0.5")
    default: break
    }
    return lines
  }

  private static func lengths(_ draw: inout Draw) -> String {
    let mean = draw.whole(1...2_000)
    let input = draw.pick([
      "\(mean)", "{distribution: lognormal, mean: \(mean), cv: 1.5}",
      "{distribution: uniform, minimum: 1, maximum: \(mean)}",
    ])
    return "input: \(input), output: \(draw.whole(1...200))"
  }

  private static func arrivals(_ draw: inout Draw) -> String {
    switch draw.whole(0...5) {
    case 0: "{process: offline}"
    case 5: "{process: diurnal, rate: \(draw.whole(1...9)) req/s, swing: 0.5, period: 20 s}"
    case 1: "{process: closed-loop, clients: \(draw.whole(1...30))}"
    case 2: "{process: poisson, rate: \(draw.whole(1...40)) req/s}"
    case 3: "{process: gamma, rate: \(draw.whole(1...20)) req/s, cv: \(draw.pick([0.5, 3]))}"
    default:
      "{process: stages, stages: [{rate: \(draw.whole(1...9)) req/s, duration: 2 s}, "
        + "{rate: 20 req/s, duration: 3 s}]}"
    }
  }
}

/// Random choices.
struct Draw {
  var random: RandomStream

  mutating func chance(_ probability: Double) -> Bool { random.uniform() < probability }
  mutating func whole(_ range: ClosedRange<Int>) -> Int { random.integer(in: range) }
  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[random.integer(in: 0...choices.count - 1)]
  }
}

/// What scenarios are made of: dense and mixed models, hybrids of attention and recurrent layers,
/// models with layers for their own guesses.
enum Inventory {
  static let mixtures = [
    "Qwen/Qwen3-30B-A3B", "openai/gpt-oss-20b", "deepseek-ai/DeepSeek-V3",
    "Qwen/Qwen3-Next-80B-A3B-Instruct",
  ]
  static let models =
    mixtures + [
      "meta-llama/Llama-3.1-8B", "google/gemma-3-27b-it", "meta-llama/Llama-3.1-70B",
    ]
  static let machines = ["h200-sxm", "b200-sxm", "a100-sxm", "gb200-nvl72"]
  static let engines = ["vllm", "sglang", "tensorrt-llm"]
  static let traces = [
    "scenarios/traces/AzureLLMInferenceTrace_code.csv",
    "scenarios/traces/mooncake_conversation_first1000.jsonl",
  ]
}
