import Hardware
import ModelArchitecture
import OperatorCosts
import Scenarios
import TestSupport
import Testing

/// A step on a shipped machine: what its figures are is found by making each another one, by
/// another way than the program does: one after the other, with the simulation's own price list.
struct FigureCase: CustomTestStringConvertible, Sendable {
  var model: String
  var machine: String
  var engine = "vllm"
  var keys = ""

  var testDescription: String { "\(model) on \(machine) with \(engine) \(keys)" }

  /// On the fewest accelerators that hold it; nil where none of these layouts does.
  func deployment() -> Deployment? {
    let layouts = keys.isEmpty ? [1, 2, 4, 8].map { "parallelism: {tensor: \($0)}" } : [keys]
    return layouts.lazy.compactMap {
      try? SampleScenario.deployment($0, model: model, hardware: machine, engine: engine)
    }.first
  }

  private static let machines = HardwareCatalogue.names.filter { !$0.hasPrefix("groq") }
  private static let engines = EngineCatalogue.names.filter { $0 != "groq" }

  /// Every model, every machine and every engine at least once.
  static let some: [FigureCase] = {
    var cases = layouts
    for (index, model) in ModelCatalogue.writers.enumerated() {
      cases += first(
        machines.indices.map { (model, machines[(index + $0) % machines.count]) }, index)
    }
    let covered = Set(cases.map(\.machine))
    for (index, machine) in machines.enumerated() where !covered.contains(machine) {
      cases += first(small.map { ($0, machine) }, index)
    }
    return cases
  }()

  /// A few of them, for every day.
  static let few = some.enumerated().filter { $0.offset % 5 == 0 }.map(\.element)

  /// The first of several that can be deployed.
  private static func first(_ pairs: [(String, String)], _ index: Int) -> [FigureCase] {
    let engine = engines[index % engines.count]
    let found = pairs.lazy.map { FigureCase(model: $0.0, machine: $0.1, engine: engine) }
      .first { $0.deployment() != nil }
    return found.map { [$0] } ?? []
  }

  /// One of which fits on any machine.
  private static let small = ["meta-llama/Llama-3.1-8B", "Qwen/Qwen2.5-7B", "openai/gpt-oss-20b"]

  /// Every model on every machine that holds it, with the engines in turn.
  static let all: [FigureCase] =
    !LongTests.areEnabled
    ? []
    : ModelCatalogue.writers.indices.flatMap { model in
      machines.indices.map { machine in
        FigureCase(
          model: ModelCatalogue.writers[model], machine: machines[machine],
          engine: engines[(model + machine) % engines.count])
      }
    }.filter { $0.deployment() != nil }

  private static let layouts = [
    FigureCase(
      model: "deepseek-ai/DeepSeek-V3.2", machine: "h200-sxm", engine: "sglang",
      keys: "parallelism: {attention_data: 16, expert: 16}"),
    FigureCase(
      model: "deepseek-ai/DeepSeek-V3.2", machine: "gb200-nvl72",
      keys: "parallelism: {tensor: 2, attention_data: 4, expert: 8}"),
    FigureCase(
      model: "meta-llama/Llama-3.1-405B", machine: "h100-sxm",
      keys: "parallelism: {tensor: 8, pipeline: 2}"),
    FigureCase(
      model: "meta-llama/Llama-3.1-70B", machine: "h200-sxm",
      keys: "feed_forward: {hardware: groq-3-lpx, chips: 512}\nparallelism: {tensor: 4}"),
    FigureCase(
      model: "meta-llama/Llama-2-70b-hf", machine: "groq-lpu", engine: "groq",
      keys: "parallelism: {chips: 576}\nquantization: {weights: int8}"),
    FigureCase(
      model: "google/gemma-3-27b-it", machine: "groq-3-lpx", engine: "groq",
      keys: "parallelism: {chips: 600}\nquantization: {weights: fp8, kv_cache: fp8}"),
  ]
}

@Suite struct StepFiguresTests {
  private static let decode = StepShape(decodingSequences: 3, contextPerSequence: 700)
  private static let prompt = StepShape(
    decodingSequences: 0, contextPerSequence: 0, promptTokens: 900)

  @Test func everyModelMachineAndEngineIsLookedAt() {
    #expect(Set(FigureCase.some.map(\.model)).isSuperset(of: ModelCatalogue.writers))
    #expect(Set(FigureCase.some.map(\.machine)) == Set(HardwareCatalogue.names))
    #expect(Set(FigureCase.some.map(\.engine)) == Set(EngineCatalogue.names))
  }

  @Test(arguments: LongTests.areEnabled ? FigureCase.some : FigureCase.few)
  func theFiguresOfAStepAreThoseThatChangeIt(_ example: FigureCase) throws {
    try Self.check(example)
  }

  @Test(.enabled(if: LongTests.areEnabled), arguments: FigureCase.all)
  func theFiguresOfAnyStepAreThoseThatChangeIt(_ example: FigureCase) throws {
    try Self.check(example)
  }

  private static func check(_ example: FigureCase) throws {
    let deployment = try #require(example.deployment(), "no layout holds it")
    for shape in [decode, prompt] {
      let found = deployment.figures(behind: [StepSample(pool: 0, shape: shape, weight: 1)])
      let behind = found.filter { $0.share != nil }.map(Self.name)
      let change = Changes(deployment, shape)
      for (name, share) in change.all {
        // In between is rounding to whole femtoseconds.
        if share > 1e-5 { #expect(behind.contains(name), "\(name) is missing: \(share)") }
        if share < 1e-9 { #expect(!behind.contains(name), "\(name) changes nothing") }
      }
      #expect(Set(behind).isSubset(of: Set(change.all.map(\.name))))
    }
  }

  private static func name(_ figure: FigureBehind) -> String {
    switch figure.origin {
    case .machine(let place): "\(place) \(figure.path)"
    case .engine: "engine \(figure.path)"
    }
  }

  /// Kernels that score which tokens a query reads.
  @Test func theSparseIndexerIsBehindItsStep() throws {
    let deployment = try SampleScenario.deployment(
      "parallelism: {tensor: 8}", model: "deepseek-ai/DeepSeek-V3.2")
    func paths(_ shape: StepShape) -> [String] {
      deployment.figures(behind: [StepSample(pool: 0, shape: shape, weight: 1)])
        .filter { $0.share != nil }.map(\.path)
    }
    #expect(paths(Self.decode).contains("efficiencies.attention_decode.fp8"))
    #expect(!paths(Self.decode).contains("efficiencies.attention_prefill.fp8"))
    #expect(paths(Self.prompt).contains("efficiencies.attention_prefill.fp8"))
  }

  /// The efficiency of reading contexts is behind all of attention but its floor.
  @Test func aShareIsThatOfTheOperatorsTime() throws {
    let deployment = try SampleScenario.deployment("")
    let shape = StepShape(decodingSequences: 32, contextPerSequence: 2_000)
    let step = StepBreakdown(deployment.pools[0].design, shape: shape)
    let attention = try #require(step.operators.first { $0.name == "decode_attention" })
    let path = "efficiencies.attention_decode.bf16"
    let figure = try #require(
      deployment.figures(behind: [StepSample(pool: 0, shape: shape, weight: 1)])
        .first { $0.path == path })
    // The path has both, the floor too.
    #expect(abs((figure.share ?? 0) - attention.seconds / step.seconds) < 1e-4)
    #expect(figure.leading?.part == "memory")
  }

  /// Whatever has a status and a source has a number that can be changed.
  @Test(arguments: HardwareCatalogue.names) func everyFigureHasANumber(_ name: String) throws {
    let machine = try HardwareCatalogue.load(nameOrPath: name)
    let paths = Set(machine.numbersByPath.map(\.path))
    #expect(paths == Set(machine.provenances.map(\.path)))
  }

  @Test(arguments: EngineCatalogue.names) func everySettingCanBeChanged(_ name: String) throws {
    let engine = try EngineCatalogue.load(nameOrPath: name)
    for setting in engine.settings {
      #expect(engine.changed(setting.path, by: 0.01) != nil, "\(setting.path)")
    }
  }
}

/// How much longer a step takes with each figure of its machines and engine worse.
private struct Changes {
  private(set) var all: [(name: String, share: Double)] = []
  private static let worse = 1e-4

  init(_ deployment: Deployment, _ shape: StepShape) {
    let time = Self.femtoseconds(deployment, shape)
    func share(_ other: Deployment?, nudge: Double) -> Double {
      guard let other else { return 0 }
      return abs(Double(Self.femtoseconds(other, shape) - time)) / Double(time) / nudge
    }
    for (place, machine) in deployment.machines.enumerated() {
      for (path, indices) in machine.numbersByPath {
        let other = machine.worse(by: Self.worse, at: indices)
        let changed = deployment.changed(machines: { $0 == machine ? other : $0 })
        all.append(("\(place) \(path)", share(changed, nudge: Self.worse)))
      }
    }
    for setting in deployment.engine.settings {
      guard let (engine, isInProportion) = deployment.engine.changed(setting.path, by: Self.worse)
      else { continue }
      all.append(
        (
          "engine \(setting.path)",
          share(deployment.changed(engine: engine), nudge: isInProportion ? Self.worse : 1)
        ))
    }
  }

  /// As the simulation prices it.
  private static func femtoseconds(_ deployment: Deployment, _ shape: StepShape) -> Int64 {
    let design = deployment.pools[0].design
    var model = StepModel(design)
    var load = RankLoad()
    load.sequences = shape.decodingSequences
    load.promptCount = shape.prompts
    let computed = shape.promptTokens > 0 ? load.sequences : model.padded(load.sequences)
    load.tokens = computed * model.verifiedTokens + shape.promptTokens
    load.sampled = load.sequences * model.verifiedTokens + shape.prompts
    for (view, visibility) in model.visibilities.enumerated() {
      load.views.tokens[view] = Int64(
        shape.decodingSequences * visibility.visible(at: shape.contextPerSequence)
          * model.contextUnitsPerToken)
    }
    if shape.promptTokens > 0 {
      load.prompts = model.prefill(new: shape.promptTokens, prior: shape.promptContext)
    }
    guard model.attentionRanks > 1 else { return model.price(load).first }
    let own = model.ownPrice(load)
    return model.joinedPrice(own, load: load, tokens: load.tokens * model.attentionRanks).first
  }
}
