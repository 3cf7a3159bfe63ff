import Hardware
import ModelArchitecture
import Statistics
import TestSupport
import Testing

@testable import OperatorCosts

/// A sample model on a random layout, with random routing, speculation and overlap.
private struct RandomLayout: CustomStringConvertible {
  let seed: UInt64
  let design: ReplicaDesign
  let random: RandomStream

  init(seed: UInt64) {
    let sample = RandomDesign(seed: seed)
    var random = sample.random
    func pick<Element>(_ choices: [Element]) -> Element {
      choices[random.integer(in: 0...choices.count - 1)]
    }
    var design = sample.design
    let tensor = pick([1, 2, 4])
    let groups = pick([1, 2, 4, 8])
    let isMixture = design.architecture.name == "mixture"
    design.layout = ParallelLayout(
      tensor: tensor, attentionData: groups, pipeline: pick([1, 1, 2, 3]),
      expert: isMixture ? pick([1, 2, 4, 8].filter { (tensor * groups).isMultiple(of: $0) }) : 1,
      context: design.architecture.name == "latent" ? pick([1, tensor]) : 1)
    if design.layout.expert > 1 { design.layout.redundantExperts = pick([0, 8]) }
    design.routing = pick([.tokenChoice(skew: 0), .measured, .expertChoice])
    design.speculation = pick([
      nil, Speculation(drafter: .lookup, acceptance: [0.7, 0.5]),
      Speculation(drafter: .nextTokenLayers, acceptance: [0.8]),
      Speculation(
        drafter: .model(DraftModel(architecture: SampleModels.mixture(), weights: .fp8)),
        acceptance: [0.8, 0.6]),
    ])
    design.overlapsBatches = pick([false, true])
    self.design = design
    self.seed = seed
    self.random = random
  }

  var description: String {
    "seed \(seed): \(design.architecture.name), \(design.layout), \(design.routing), "
      + "\(String(describing: design.speculation)), overlaps \(design.overlapsBatches)"
  }
}

/// What holds on every layout.
struct LayoutLawTests {
  private func load(_ shape: StepShape, _ model: inout StepModel) -> RankLoad {
    var load = RankLoad()
    let tokens = shape.decodingSequences * model.verifiedTokens
    load.tokens = tokens + shape.promptTokens
    load.sampled = tokens
    load.sequences = shape.decodingSequences
    if shape.promptTokens > 0 {
      load.sampled += 1
      load.promptCount = 1
      load.prompts = model.prefill(new: shape.promptTokens, prior: shape.promptContext)
    }
    for (view, visibility) in model.visibilities.enumerated() {
      let visible = visibility.visible(at: shape.contextPerSequence)
      load.views.tokens[view] = Int64(
        shape.decodingSequences * visible * model.contextUnitsPerToken)
      load.views.growth[view] = Int64(shape.decodingSequences * model.contextUnitsPerStep)
    }
    return load
  }

  private func price(_ load: RankLoad, _ model: inout StepModel) -> StepPrice {
    guard model.attentionRanks > 1 else {
      return model.price(
        tokens: load.tokens, sampled: load.sampled, sequences: load.sequences, views: load.views,
        prompts: load.prompts, promptCount: load.promptCount)
    }
    let own = model.ownPrice(load)
    return model.joinedPrice(own, load: load, tokens: load.tokens * model.attentionRanks)
  }

  /// Law L9, and the table that people read against the price that the simulation uses.
  @Test func everyLayoutIsPricedAsItsOperatorsAndNoFasterThanLight() {
    for seed in LongTests.seeds(short: 150, long: 3_000) {
      let sample = RandomLayout(seed: seed)
      var random = sample.random
      var model = StepModel(sample.design)
      let shape = StepShape(
        decodingSequences: random.integer(in: 1...200),
        contextPerSequence: random.integer(in: 1...4000),
        promptTokens: random.integer(in: 0...1) * random.integer(in: 1...3000),
        promptContext: random.integer(in: 0...3000))
      let breakdown = StepBreakdown(sample.design, shape: shape)
      for cost in breakdown.operators {
        #expect(
          RooflineTests.isNoFasterThanLight(cost),
          "\(sample): \(cost.name) \(cost.seconds) < \(cost.speedOfLightSeconds)")
      }
      let load = load(shape, &model)
      let seconds = Double(price(load, &model).first) * 1e-15
      #expect(seconds >= breakdown.seconds * (1 - 1e-9), "\(sample), \(shape)")
      // A femtosecond for every operator, and for every kernel and part of a context token.
      let parts = (0..<4).reduce(0) { $0 + load.views.tokens[$1] }
      let rounding = Double(parts) * 4e-15 + 1e-12
      #expect(
        seconds <= breakdown.seconds * (1 + 1e-9) + rounding,
        "\(sample), \(shape): \(seconds), \(breakdown.seconds)")
    }
  }

  @Test func moreSequencesAreNeverFaster() {
    for seed in LongTests.seeds(short: 60, long: 1_000) {
      let sample = RandomLayout(seed: seed)
      var design = sample.design
      design.overlapsBatches = false
      var random = sample.random
      var model = StepModel(design)
      let few = random.integer(in: 1...300)
      let context = random.integer(in: 1...2000)
      let times = [few, few + random.integer(in: 1...100)].map { count in
        let shape = StepShape(decodingSequences: count, contextPerSequence: context)
        return price(load(shape, &model), &model).first
      }
      #expect(times[0] <= times[1], "\(sample), from \(few): \(times)")
    }
  }

  @Test func aRunIsItsSingleSteps() {
    for seed in LongTests.seeds(short: 60, long: 1_000) {
      let sample = RandomLayout(seed: seed)
      var random = sample.random
      var model = StepModel(sample.design)
      let shape = StepShape(
        decodingSequences: random.integer(in: 1...100),
        contextPerSequence: random.integer(in: 1...2000))
      var load = load(shape, &model)
      let first = price(load, &model)
      for step in 0..<min(20, first.steadySteps) {
        #expect(price(load, &model).first == first.first + first.growth * step, "\(sample)")
        load.views.tokens &+= load.views.growth
      }
    }
  }

  @Test func allRanksTogetherHoldTheModel() {
    for seed in LongTests.seeds(short: 60, long: 1_000) {
      let sample = RandomLayout(seed: seed)
      var design = sample.design
      design.speculation = nil
      let layout = design.layout
      let held = LayerGraph(design).weightBytes * Double(layout.accelerators)
      design.layout = ParallelLayout()
      let whole = LayerGraph(design).weightBytes
      #expect(held >= whole * (1 - 1e-12), "\(sample)")
    }
  }
}
