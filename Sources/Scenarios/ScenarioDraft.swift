package import Diagnostics
internal import Units

/// A scenario file to begin with: what options said, in the order in which a scenario is thought
/// of, with words on each part and on what else can be said.
///
///     let draft = ScenarioDraft(name: "chat", settings: try options.overrides())
///     try draft.text()     // a file that `check` and `run` accept as it stands
///
/// What nobody said is a usual value, and says so.
package struct ScenarioDraft {
  private let name: String
  private let settings: [ConfigOverride]

  package init(name: String, settings: [ConfigOverride]) {
    self.name = name
    self.settings = settings
  }

  /// A part of the file, the words above it, and its value where nobody says one.
  private struct Part {
    let key: String
    let words: String
    var usual: String?
  }

  private static let parts = [
    Part(
      key: "model", words: "Name of a built-in model, a config.json, or a name on the hub.",
      usual: "meta-llama/Llama-3.1-8B"),
    Part(
      key: "hardware", words: "Name of a built-in machine, or a profile of your own.",
      usual: "h200-sxm"),
    Part(key: "engine", words: "What serves it: vllm, sglang, tensorrt-llm.", usual: "vllm"),
    Part(key: "replicas", words: "Copies of the model behind one router."),
    Part(key: "parallelism", words: "How one copy is divided between accelerators."),
    Part(key: "quantization", words: "Formats other than the checkpoint's own."),
    Part(key: "workload", words: "Who asks for how much. More requests make figures surer."),
    Part(key: "objectives", words: "What a request must get to count as good."),
  ]

  private static let usualLoad: [(path: [String], value: String)] = [
    (["workload", "requests"], "2000"),
    (["workload", "arrivals"], "{process: poisson, rate: 2 req/s}"),
    (["workload", "input"], "1000"),
    (["workload", "output"], "250"),
  ]

  /// What else a scenario may say, as it would stand there.
  private static let further: [(key: String, line: String)] = [
    ("replicas", "replicas: 2"),
    ("parallelism", "parallelism: {tensor: 2}"),
    ("quantization", "quantization: {weights: fp8, kv_cache: fp8}"),
    ("scheduler", "scheduler: {token_budget: 8192, maximum_sequences: 256}"),
    ("memory", "memory: {usable_fraction: 0.9}"),
    ("prefix_cache", "prefix_cache: true"),
    ("objectives", "objectives: {ttft: 2 s, tpot: 50 ms, attainment: 0.99}"),
    ("require", "require: ['ttft.p99 < 2 s', 'cost.output < 5 USD/Mtok']"),
    ("price", "price: owned"),
    ("seed", "seed: 2"),
  ]

  /// - Throws: `InvalidInput` for settings that cannot be put into a file.
  package func text() throws -> String {
    let root = try ConfigSource(file: name, kind: "scenario")
      .parse("schema: \(ScenarioReader.schema)\nname: \(name)", overrides: usual + settings)
    let entries = root.mapping().entries()
    let known = Self.parts.compactMap { part in entries.first { $0.key == part.key } }
    let others = entries.filter { entry in
      !["schema", "name"].contains(entry.key) && !Self.parts.contains { $0.key == entry.key }
    }
    var lines = [
      "# Written by `windtunnel init`. `windtunnel check` finds what is wrong with it,",
      "# `windtunnel run` simulates it, `windtunnel compare` tries other machines.",
      "schema: \(ScenarioReader.schema)", "name: \(YAMLWriter.scalar(name))",
    ]
    for (key, value) in known + others {
      lines.append("")
      if let part = Self.parts.first(where: { $0.key == key }) { lines.append("# \(part.words)") }
      lines += YAMLWriter.lines(key, value) { isUsual($0) ? "usual value: put yours here" : nil }
    }
    let keys = Set(entries.map(\.key))
    lines += ["", "# What else can be said; take the `#` away where it is wanted."]
    lines += Self.further.filter { !keys.contains($0.key) }.map { "# \($0.line)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private var usual: [ConfigOverride] {
    let load = Self.usualLoad.filter { isUsual($0.path.joined(separator: ".")) }
    return Self.parts.compactMap { part in
      part.usual.map { ConfigOverride(path: [part.key], value: $0, place: "") }
    } + load.map { ConfigOverride(path: $0.path, value: $0.value, place: "") }
  }

  /// Whether nobody said anything of a value or of a part of it.
  private func isUsual(_ path: String) -> Bool {
    guard
      Self.parts.contains(where: { $0.key == path && $0.usual != nil })
        || Self.usualLoad.contains(where: { $0.path.joined(separator: ".") == path })
    else { return false }
    return !settings.contains { setting in
      let said = setting.path.joined(separator: ".")
      return said == path || path.hasPrefix(said + ".") || said.hasPrefix(path + ".")
        || said == "workload.trace" && path != "workload.requests" && path.hasPrefix("workload.")
    }
  }
}
