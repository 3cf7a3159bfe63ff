import Hardware
import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

struct RemoteFeedForwardTests {
  private func remote(chips: Int = 256) throws -> RemoteFeedForward {
    RemoteFeedForward(
      hardware: try HardwareCatalogue.load(nameOrPath: "groq-3-lpx"), chips: chips,
      linkBytesPerSecond: 400e9, linkLatencySeconds: 2e-6)
  }

  private func design(
    _ architecture: Architecture, _ remote: RemoteFeedForward?, ranks: Int = 1
  ) -> ReplicaDesign {
    ReplicaDesign(
      architecture: architecture, hardware: SampleMachine.profile,
      precision: Precision(weights: .fp8, keyValueCache: .bf16),
      layout: ParallelLayout(tensor: ranks), host: .none, remoteFeedForward: remote)
  }

  @Test func workedExample() throws {
    let model = try ModelCatalogue.load(nameOrPath: "Llama-3.1-70B")
    let layer = try #require(
      design(model, try remote()).remoteFeedForwardLayer(of: model.groups[0]))
    func costs(_ tokens: Double) -> [OperatorCost] {
      layer.operators.map { $0.cost(tokens: tokens) }
    }
    let many = costs(64)
    #expect(many.map(\.name) == ["send_hidden", "remote_feed_forward", "receive_hidden"])
    #expect(abs(many[0].seconds - 4.62e-6) < 0.01e-6)
    #expect(abs(many[1].seconds - 33.6e-6) < 0.1e-6)
    #expect(abs(many.reduce(0) { $0 + $1.seconds } - 42.8e-6) < 0.1e-6)
    // A single token is bound by the latency: 7 us · 704.6 / 855.6.
    #expect(abs(costs(1)[1].seconds - 5.765e-6) < 0.01e-6)
    for cost in many + costs(1) {
      #expect(cost.seconds >= cost.speedOfLightSeconds)
    }
  }

  @Test func theWeightsLiveOnTheChips() throws {
    for model in SampleModels.all + [try ModelCatalogue.load(nameOrPath: "Mixtral-8x7B")] {
      let remote = try remote()
      let own = LayerGraph(design(model, nil)).weightBytes
      let without = LayerGraph(design(model, remote)).weightBytes
      let moved = remote.weightBytes(model, .fp8)
      #expect(abs(without + moved - own) <= 1e-9 * own, "\(model.name)")
    }
  }

  @Test func chipsNeededHoldTheFeedForwards() throws {
    let model = try ModelCatalogue.load(nameOrPath: "Llama-3.1-70B")
    // 80 · 704.6 MB / 500 MB.
    #expect(try remote().chipsNeeded(model, .fp8) == 113)
    #expect(try remote().chipsNeeded(model, .fp8, usableFraction: 0.5) == 226)
    #expect(try remote().chipsNeeded(model, .bf16) == 226)
  }

  @Test func aStepHasTheRemoteOperatorsInPlaceOfItsOwn() throws {
    let model = SampleModels.mixture()
    let shape = StepShape(decodingSequences: 8, contextPerSequence: 100)
    for ranks in [1, 2] {
      let step = StepBreakdown(design(model, try remote(), ranks: ranks), shape: shape)
      let names = step.operators.map(\.name)
      #expect(names.contains("remote_feed_forward"))
      #expect(names.contains("gather_feed_forward") == (ranks > 1))
      #expect(!names.contains("experts"))
      #expect(!names.contains("router"))
      #expect(names.contains("decode_attention"))
    }
  }

  /// Attention ranks share the chips: they wait for the tokens of all.
  @Test func attentionRanksShareTheChips() throws {
    var design = design(try ModelCatalogue.load(nameOrPath: "Llama-3.1-70B"), try remote())
    var alone = StepModel(design)
    let own = alone.tokens(64).interconnect
    design.layout.attentionData = 4
    var shared = StepModel(design)
    #expect(shared.tokens(64).interconnect == 0)
    #expect(abs(shared.jointCost(tokens: 64).seconds - own) < 1e-9)
    #expect(shared.jointCost(tokens: 256).seconds > 3 * own)
  }

  @Test func moreTokensAreNeverFasterAndMoreChipsNeverSlower() throws {
    for model in SampleModels.all {
      for (few, many) in [(64, 128), (3, 300)] {
        var slow = StepModel(design(model, try remote(chips: few)))
        var fast = StepModel(design(model, try remote(chips: many)))
        for tokens in [1, 10, 100, 1000] {
          #expect(fast.tokens(tokens).femtoseconds <= slow.tokens(tokens).femtoseconds)
          #expect(slow.tokens(tokens + 1).femtoseconds >= slow.tokens(tokens).femtoseconds)
        }
      }
    }
  }
}
