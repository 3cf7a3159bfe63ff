import Hardware
import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

struct TwoBatchTests {
  private func design(overlaps: Bool, host: HostCosts = .none) throws -> ReplicaDesign {
    ReplicaDesign(
      architecture: try ModelCatalogue.load(nameOrPath: "DeepSeek-V3"),
      hardware: SampleMachine.profile,
      precision: Precision(weights: .fp8, keyValueCache: .bf16),
      layout: ParallelLayout(attentionData: 32, expert: 32), host: host, overlapsBatches: overlaps)
  }

  private func load(sequences: Int, context: Int) -> RankLoad {
    var load = RankLoad()
    (load.tokens, load.sampled, load.sequences) = (sequences, sequences, sequences)
    load.views.tokens[0] = Int64(sequences * context)
    load.views.growth[0] = Int64(sequences)
    return load
  }

  @Test func theLongerOfComputingAndTravelling() throws {
    let graph = LayerGraph(try design(overlaps: true))
    var model = StepModel(try design(overlaps: true))
    for (sequences, context, travels) in [(256, 10, true), (256, 40_000, false)] {
      let load = load(sequences: sequences, context: context)
      let own = model.ownPrice(load)
      let price = model.joinedPrice(own, load: load, tokens: 32 * sequences)
      let half = PartCost(graph.tokenCosts(tokens: sequences / 2)).seconds
      let joint = graph.jointCosts(tokens: 16 * sequences)
      let exchange = joint.filter { $0.bottleneck == .interconnect }.reduce(0) { $0 + $1.seconds }
      let experts = joint.reduce(0) { $0 + $1.seconds } - exchange
      let whole = PartCost(graph.tokenCosts(tokens: sequences)).seconds
      let held = joint.reduce(0) { $0 + $1.heldSeconds }
      let compute =
        Double(own.first) * 1e-15 - whole + 2 * half + model.decodeFixed.seconds
        + 2 * (experts + held)
      let expected = max(compute, 2 * exchange) + exchange / 58
      #expect(abs(Double(price.first) * 1e-15 / expected - 1) < 1e-9)
      #expect(price.waitsForExchange == travels)
    }
  }

  @Test func twoBatchesAreOnlyTakenWhenTheyAreQuicker() throws {
    var one = StepModel(try design(overlaps: false))
    var two = StepModel(try design(overlaps: true))
    for sequences in [1, 2, 8, 64, 512] {
      let load = load(sequences: sequences, context: 1)
      let alone = one.joinedPrice(one.ownPrice(load), load: load, tokens: 32 * sequences)
      let cut = two.joinedPrice(two.ownPrice(load), load: load, tokens: 32 * sequences)
      #expect(cut.first <= alone.first)
      #expect((cut.first < alone.first) == (sequences > 64), "\(sequences)")
    }
  }

  /// Law: n steps at once are n single steps, through the step where computing takes over.
  @Test(arguments: [HostCosts.none, .serial(step: 1e-3)])
  func aRunIsItsSingleSteps(_ host: HostCosts) throws {
    var model = StepModel(try design(overlaps: true, host: host))
    var load = load(sequences: 256, context: 1)
    var own = model.ownPrice(load)
    let first = model.joinedPrice(own, load: load, tokens: 8192)
    #expect(first.waitsForExchange && first.steadySteps > 1)
    let (jump, left) = (max(0, first.steadySteps - 50), min(50, first.steadySteps))
    // Close to where computing takes over, since nothing happens before.
    load.views.tokens &+= load.views.growth &* jump
    for step in jump..<jump + left + 2 {
      own = model.ownPrice(load)
      let price = model.joinedPrice(own, load: load, tokens: 8192)
      if step < first.steadySteps {
        #expect(price.first == first.first + first.growth * step)
      } else {
        #expect(!price.waitsForExchange && price.growth > 0)
      }
      load.views.tokens &+= load.views.growth
    }
  }

  @Test func timeIsAccountedWhenTheLinksSetThePace() throws {
    var model = StepModel(try design(overlaps: true))
    let load = load(sequences: 256, context: 10)
    let price = model.joinedPrice(model.ownPrice(load), load: load, tokens: 8192)
    var total = PartCost()
    model.account(
      price, steps: 3, elapsed: 3 * price.first, decodes: true, views: load.views, to: &total)
    let sum = total.compute + total.memory + total.interconnect + total.host
    #expect(abs(sum / (3 * Double(price.first) * 1e-15) - 1) < 1e-9)
    #expect(abs(total.host) < 1e-9)
    #expect(total.interconnect > 0)
  }
}
