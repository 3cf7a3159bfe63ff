import Hardware
import ModelArchitecture
import OperatorCosts
import Statistics
import TestSupport

/// Models on the shipped dataflow machines.
enum DataflowDesigns {
  static let policy = MemoryPolicy(usableFraction: 1, reservedBytes: 0, blockTokens: 16)

  static func design(
    _ model: String, on hardware: String = "groq-lpu", chips: Int, weights: WeightFormat = .int8,
    cache: KeyValueFormat = .bf16, host: HostCosts = .none
  ) throws -> ReplicaDesign {
    ReplicaDesign(
      architecture: try ModelCatalogue.load(nameOrPath: model),
      hardware: try HardwareCatalogue.load(nameOrPath: hardware),
      precision: Precision(weights: weights, keyValueCache: cache),
      layout: ParallelLayout(pipeline: chips), host: host)
  }

  static func llama2(
    chips: Int = 576, weights: WeightFormat = .int8, host: HostCosts = .none
  ) throws -> ReplicaDesign {
    try design("Llama-2-70b", chips: chips, weights: weights, host: host)
  }

  /// A sample model in random formats on a random number of chips, with as many as 400 sequences.
  static func random(seed: UInt64) throws -> (design: ReplicaDesign, random: RandomStream) {
    var random = RandomStream(seed: seed, name: "dataflow")
    func pick<Element>(_ choices: [Element]) -> Element {
      choices[random.integer(in: 0...choices.count - 1)]
    }
    let design = ReplicaDesign(
      architecture: pick(SampleModels.all),
      hardware: try HardwareCatalogue.load(nameOrPath: pick(["groq-lpu", "groq-3-lpx"])),
      precision: Precision(
        weights: pick(WeightFormat.allCases), keyValueCache: pick(KeyValueFormat.allCases)),
      layout: ParallelLayout(pipeline: pick([1, 2, 5, 64, 300])),
      host: pick([.none, .serial(step: 1e-3, sequence: 1e-6, prefill: 2e-6)]))
    return (design, random)
  }

  /// Sequences of equal context in every view of a model.
  static func views(_ model: StepModel, sequences: Int, context: Int) -> ContextViews {
    var views = ContextViews()
    for (index, view) in model.visibilities.enumerated() {
      views.tokens[index] = Int64(sequences * view.visible(at: context))
      views.growth[index] = view == .full ? Int64(sequences) : 0
    }
    return views
  }
}

extension StepModel {
  /// One step of decoding sequences and one prompt chunk.
  mutating func price(sequences: Int, context: Int, prompt: Int = 0, prior: Int = 0) -> StepPrice {
    price(
      tokens: sequences + prompt, sampled: sequences + (prompt > 0 ? 1 : 0), sequences: sequences,
      views: DataflowDesigns.views(self, sequences: sequences, context: context),
      prompts: prompt > 0 ? prefill(new: prompt, prior: prior) : PartCost(),
      promptCount: prompt > 0 ? 1 : 0)
  }
}
