import Hardware
import ModelArchitecture
import Statistics
import TestSupport
import Testing

@testable import OperatorCosts

/// Replicas whose attention ranks batch separately and step together.
struct JointStepTests {
  private func design(
    _ layout: ParallelLayout, model: Architecture = SampleModels.mixture(), host: HostCosts = .none
  ) -> ReplicaDesign {
    ReplicaDesign(
      architecture: model, hardware: SampleMachine.profile,
      precision: Precision(weights: .fp8, keyValueCache: .bf16), layout: layout, host: host)
  }

  private func load(tokens: Int) -> RankLoad {
    var load = RankLoad()
    (load.tokens, load.sampled, load.sequences) = (tokens, tokens, tokens)
    load.views.tokens[0] = Int64(tokens * 1000)
    load.views.growth[0] = Int64(tokens)
    return load
  }

  @Test func theSlowestRankSetsThePace() {
    var model = StepModel(design(ParallelLayout(attentionData: 2, expert: 2)))
    let small = model.ownPrice(load(tokens: 8))
    let large = model.ownPrice(load(tokens: 24))
    #expect(large.first > small.first)
    let joined = model.joinedPrice(large, load: load(tokens: 24), tokens: 32)
    #expect(joined.first == large.first + model.jointCost(tokens: 32).femtoseconds)
    #expect(joined.growth == large.growth)
  }

  @Test func theHostOfTheSlowestRankComesOnTop() {
    let host = HostCosts.serial(step: 1e-3, sequence: 1e-6)
    let layout = ParallelLayout(attentionData: 2, expert: 2)
    var model = StepModel(design(layout, host: host))
    var without = StepModel(design(layout))
    let own = model.ownPrice(load(tokens: 24))
    #expect(own.first == without.ownPrice(load(tokens: 24)).first)
    let joined = model.joinedPrice(own, load: load(tokens: 24), tokens: 32)
    let bare = without.joinedPrice(own, load: load(tokens: 24), tokens: 32)
    #expect(joined.first - bare.first == host.femtoseconds(sequences: 24, prompts: 0))
  }

  @Test func oneAttentionRankJoinsNothing() {
    for tensor in [1, 2, 4] {
      var model = StepModel(design(ParallelLayout(tensor: tensor)))
      #expect(model.attentionRanks == 1)
      #expect(model.jointCost(tokens: 100) == PartCost())
      let load = load(tokens: 24)
      let own = model.ownPrice(load)
      let joined = model.joinedPrice(own, load: load, tokens: 24)
      let price = model.price(
        tokens: 24, sampled: 24, sequences: 24, views: load.views, prompts: PartCost(),
        promptCount: 0)
      #expect(joined.first == price.first)
      #expect(joined.fixed == price.fixed)
    }
  }

  /// Each expert layer of the joint part against its operators.
  @Test func theJointPartIsTheSumOfItsOperators() {
    let layouts = [
      ParallelLayout(attentionData: 4), ParallelLayout(attentionData: 4, expert: 4),
      ParallelLayout(tensor: 2, attentionData: 2, expert: 2),
      ParallelLayout(tensor: 2, attentionData: 8, expert: 8),
    ]
    for layout in layouts {
      var model = StepModel(design(layout))
      let graph = LayerGraph(design(layout))
      for tokens in [1, 40, 3000, 100_000] {
        let names = graph.jointCosts(tokens: tokens).map(\.name)
        #expect(
          names
            == (layout.expert == 1
              ? ["gather_tokens", "experts", "scatter_tokens"]
              : ["expert_dispatch", "experts", "expert_combine"]))
        let sum = PartCost(graph.jointCosts(tokens: tokens))
        #expect(model.jointCost(tokens: tokens).femtoseconds == sum.femtoseconds)
        // Again, from the table or the last price.
        #expect(model.jointCost(tokens: tokens).femtoseconds == sum.femtoseconds)
      }
    }
  }

  @Test func allRanksTogetherDoTheWorkOfOne() {
    let alone = LayerGraph(design(ParallelLayout()))
    let whole = PartCost(alone.tokenCosts(tokens: 64)).flops
    for layout in [
      ParallelLayout(attentionData: 4), ParallelLayout(attentionData: 4, expert: 4),
      ParallelLayout(tensor: 2, attentionData: 2, expert: 2),
    ] {
      let graph = LayerGraph(design(layout))
      let own = PartCost(graph.tokenCosts(tokens: 64 / layout.attentionData)).flops
      let joint = PartCost(graph.jointCosts(tokens: 64)).flops
      let ranks = Double(layout.ranksPerStage)
      // The router is on every tensor rank.
      let router = Double(2 * 64 * 512 * 8 * (layout.tensor - 1))
      #expect(abs((own + joint) * ranks / (whole + router) - 1) < 1e-9, "\(layout)")
    }
  }

  @Test func theWorkOfAStepIsTheMeanOfItsRanks() {
    var model = StepModel(design(ParallelLayout(attentionData: 2, expert: 2)))
    let (light, heavy) = (load(tokens: 8), load(tokens: 24))
    let own = (model.ownPrice(light), model.ownPrice(heavy))
    let price = model.joinedPrice(own.1, load: heavy, tokens: 32)
    var all = CombinedLoad()
    all.add(own.0, views: light.views)
    all.add(own.1, views: heavy.views)
    let steps: Int64 = 10
    let elapsed = steps * price.first + price.growth * steps * (steps - 1) / 2
    var total = PartCost()
    model.account(
      price, steps: steps, elapsed: elapsed, decodes: true, views: heavy.views, to: &total)
    model.accountWork(slowest: own.1, views: heavy.views, all: all, steps: steps, to: &total)
    let context = model.decodePerContextToken[0]
    let read = 10 * (8_000 + 24_000) + 45 * (8 + 24)
    let expected =
      10 * (own.0.fixed.flops + own.1.fixed.flops) / 2 + 10 * model.jointCost(tokens: 32).flops
      + Double(read) / 2 * context.flops
    #expect(abs(total.flops / expected - 1) < 1e-12)
    let parts = total.compute + total.memory + total.interconnect + total.host
    #expect(abs(parts / (Double(elapsed) * 1e-15) - 1) < 1e-12)
  }
}
